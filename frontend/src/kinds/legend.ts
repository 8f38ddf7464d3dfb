// SPDX-License-Identifier: Apache-2.0
/** What a colour, or a scale of colours, means in the panes of a card. Colours are CSS colours. */
import {cssColor, type Color} from '../pixels/color.js';
import {colormap, colormapSize, type Colormap} from '../pixels/colormaps.js';
import {brokenColor, ignoredColor, ignoredStripe, infinityStripe} from '../pixels/no-value.js';
import {middleGround} from '../pixels/ground.js';
import {outcomeColors} from '../pixels/outcomes.js';
import {beyondColor} from './beyond.js';

export type LegendEntry =
  | {readonly type: 'text'; readonly text: string}
  /** `stripe` is of the hatching that stands for no value, or for what lies beyond a scale. */
  | {
      readonly type: 'swatch';
      readonly color: string;
      readonly stripe?: string;
      readonly text: string;
    }
  | {readonly type: 'line'; readonly dashed: boolean; readonly text: string}
  /** White in the middle; the colours of the rim are clockwise from the right. */
  | {readonly type: 'disc'; readonly rim: readonly string[]; readonly text: string}
  /** Colours and ticks are from low to high. */
  | {readonly type: 'scale'; readonly colors: readonly string[]; readonly ticks: readonly string[]};

/** What the two of a comparison are called, in the middle of a sentence. */
export interface PairNames {
  readonly a: string;
  readonly b: string;
  /** The same as labels. */
  readonly titleOfA: string;
  readonly titleOfB: string;
  /** A is the ground truth, so that what differs is wrong. */
  readonly isJudged: boolean;
}

export function legendText(text: string): LegendEntry {
  return {type: 'text', text};
}

export function legendSwatch(color: Color, text: string): LegendEntry {
  return {type: 'swatch', color: cssColor(color), text};
}

/** What stands for no value is hatched. */
export function noValueLegend(text: string): LegendEntry {
  return stripedLegend(ignoredColor, ignoredStripe, text);
}

/** An infinity, at the end of the colours that it lies beyond. */
export function infinityLegend(end: Color, text: string): LegendEntry {
  return stripedLegend(end, infinityStripe, text);
}

/** Where there is nothing to compare with. */
export function notJudgedLegend(text: string): LegendEntry {
  return legendSwatch(ignoredColor, text);
}

/** Where one has no value that the other has. */
export function brokenLegend(text: string): LegendEntry {
  return legendSwatch(brokenColor, text);
}

/** What lies beyond the scale of colours, which ends in `end`. */
export function beyondLegend(end: Color, text: string): LegendEntry {
  return stripedLegend(end, beyondColor, text);
}

function stripedLegend(color: Color, stripe: Color, text: string): LegendEntry {
  return {type: 'swatch', color: cssColor(color), stripe: cssColor(stripe), text};
}

const STOPS = 16;

export function legendScale(map: Colormap, ticks: readonly string[]): LegendEntry {
  const colors = Array.from({length: STOPS}, (_, stop) => {
    const at = 3 * Math.round((stop / (STOPS - 1)) * (colormapSize - 1));
    return `rgb(${map.subarray(at, at + 3).join(' ')})`;
  });
  return {type: 'scale', colors, ticks};
}

/** Which of two is closer to the ground truth: red B, blue A. */
export function closerLegend(a: string, b: string): readonly LegendEntry[] {
  return [
    legendText(`closer: ${b}`),
    legendScale(colormap('RdBu', true), ['', '', '']),
    legendText(a),
  ];
}

/** What the ground stands for where errors are drawn on it. */
export function groundLegend(text: string): LegendEntry {
  return legendSwatch(middleGround, text);
}

export function outcomeLegend({a, b, isJudged}: PairNames): readonly LegendEntry[] {
  if (!isJudged) {
    return [
      legendSwatch(outcomeColors.truePositive, 'both'),
      legendSwatch(outcomeColors.falsePositive, `only ${b}`),
      legendSwatch(outcomeColors.falseNegative, `only ${a}`),
    ];
  }
  return [
    legendSwatch(outcomeColors.truePositive, 'right (true positive)'),
    legendSwatch(outcomeColors.falsePositive, 'false alarm (false positive)'),
    legendSwatch(outcomeColors.falseNegative, 'missed (false negative)'),
  ];
}
