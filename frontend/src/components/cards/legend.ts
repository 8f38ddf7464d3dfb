// SPDX-License-Identifier: Apache-2.0
import {cssColor} from '../../pixels/color.js';
import {colormap, colormapSize, type Colormap} from '../../pixels/colormaps.js';
import {versusColors} from '../../kinds/mask/versus.js';
import {outcomeColors} from '../../pixels/outcomes.js';
import {styleOf} from '../../kinds/mask/palette.js';
import type {Display, Picture} from '../../kinds/types.js';
import {isolated} from '../shared/isolated.js';
import {formatNumber} from '../shared/numbers.js';
import {differenceOf, type SceneView} from './scene-building.js';

/** What a colour, or a scale of colours, means in the panes of a card. */
export type LegendEntry =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'swatch'; readonly color: string; readonly text: string}
  | {readonly type: 'line'; readonly dashed: boolean; readonly text: string}
  /** `gradient` is CSS; the ticks are from low to high. */
  | {readonly type: 'scale'; readonly gradient: string; readonly ticks: readonly string[]};

export interface LegendRequest {
  readonly view: SceneView;
  readonly display: Display;
  readonly truth: Picture;
  /** The first run, and how this step and the marked one are called. */
  readonly names: {readonly first: string; readonly now: string; readonly marked: string};
}

export function legendOf({view, display, truth, names}: LegendRequest): readonly LegendEntry[] {
  if (view.mode !== 'difference') {
    return [...lineLegend(view, truth), ...valueLegend(display, truth)];
  }
  if (view.difference === 'runs') {
    return versusLegend(truth, `${isolated(names.first)} (A)`, 'this run (B)');
  }
  if (view.difference === 'steps') {
    return versusLegend(truth, names.now, names.marked);
  }
  if (view.difference === 'ssim' && truth.kind === 'image') {
    const {colormap: map, reversed} = display.heatmap;
    return [text('SSIM'), scale(colormap(map, reversed), ['−1', '0', '1'])];
  }
  const how = differenceOf(view, truth);
  switch (how.type) {
    case 'image': {
      const full = `${formatNumber(100 / (how.how === 'squared' ? Math.sqrt(how.gain) : how.gain))} %`;
      if (how.how === 'signed') {
        return [
          text('prediction − ground truth'),
          scale(colormap('greys'), [`−${full}`, `+${full}`]),
        ];
      }
      return [
        text(how.how === 'squared' ? 'Δ²' : '|Δ|'),
        scale(colormap('greys'), ['0', `${full} of full scale`]),
      ];
    }
    case 'mask': {
      if (how.how === 'wrong') {
        return [
          text(
            `wrong pixels, in the colour of the ${how.by === 'truth' ? 'true' : 'predicted'} class`,
          ),
        ];
      }
      const name = truth.kind === 'mask' ? styleOf(truth.palette, how.id).name : String(how.id);
      return [text(name), ...outcomes()];
    }
    case 'heatmap': {
      if (how.how === 'threshold') {
        return [text(`at least ${formatNumber(how.threshold)}`), ...outcomes()];
      }
      const unit =
        how.how !== 'relative' && truth.kind === 'heatmap' && truth.unit !== undefined
          ? ` ${truth.unit}`
          : '';
      const high = formatNumber(how.limit ?? 1);
      if (how.how === 'absolute') {
        return [text('|error|'), scale(colormap('magma'), ['0', high + unit])];
      }
      return [
        text(how.how === 'relative' ? 'error / |ground truth|' : 'prediction − ground truth'),
        scale(colormap('RdBu'), [`−${high}`, '0', `+${high}${unit}`]),
      ];
    }
  }
}

/** Only where lines are drawn: on a base, or always in overlay mode. */
function lineLegend({mode, overlay, display}: SceneView, truth: Picture): readonly LegendEntry[] {
  const hasBorders =
    truth.kind === 'mask' || (truth.kind === 'heatmap' && display.threshold !== null);
  if (!hasBorders || (mode !== 'overlay' && !(overlay.on && overlay.outlines))) {
    return [];
  }
  return [
    {type: 'line', dashed: false, text: 'ground truth'},
    ...(overlay.outlines ? [{type: 'line', dashed: true, text: 'prediction'} as const] : []),
  ];
}

function valueLegend({heatmap}: Display, truth: Picture): readonly LegendEntry[] {
  if (truth.kind !== 'heatmap') {
    return [];
  }
  if (heatmap.threshold !== null) {
    return [
      {
        type: 'swatch',
        color: cssColor(heatmap.thresholdColor),
        text: `at least ${formatNumber(heatmap.threshold)}`,
      },
    ];
  }
  const [low, high] = heatmap.range ?? truth.range;
  const unit = truth.unit === undefined ? '' : ` ${truth.unit}`;
  return [
    scale(colormap(heatmap.colormap, heatmap.reversed), [
      formatNumber(low),
      formatNumber(high) + unit,
    ]),
  ];
}

function outcomes(): readonly LegendEntry[] {
  return [
    {type: 'swatch', color: cssColor(outcomeColors.truePositive), text: 'true positive'},
    {type: 'swatch', color: cssColor(outcomeColors.falsePositive), text: 'false positive'},
    {type: 'swatch', color: cssColor(outcomeColors.falseNegative), text: 'false negative'},
  ];
}

function versusLegend(truth: Picture, a: string, b: string): readonly LegendEntry[] {
  if (truth.kind !== 'mask') {
    return [text(`closer: ${b}`), scale(colormap('RdBu', true), ['', '', '']), text(a)];
  }
  return [
    {type: 'swatch', color: cssColor(versusColors.bothRight), text: 'both right'},
    {type: 'swatch', color: cssColor(versusColors.onlyA), text: `only ${a}`},
    {type: 'swatch', color: cssColor(versusColors.onlyB), text: `only ${b}`},
    {type: 'swatch', color: cssColor(versusColors.bothWrong), text: 'both wrong'},
  ];
}

function text(words: string): LegendEntry {
  return {type: 'text', text: words};
}

const STOPS = 16;

function scale(map: Colormap, ticks: readonly string[]): LegendEntry {
  const colors = Array.from({length: STOPS}, (_, stop) => {
    const at = 3 * Math.round((stop / (STOPS - 1)) * (colormapSize - 1));
    return `rgb(${map.subarray(at, at + 3).join(' ')})`;
  });
  return {type: 'scale', gradient: `linear-gradient(to right, ${colors.join(', ')})`, ticks};
}
