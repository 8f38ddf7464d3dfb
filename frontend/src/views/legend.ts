// SPDX-License-Identifier: Apache-2.0
/** What the colours and lines of a card mean. */
import type {Display, Picture} from '../kinds/kind.js';
import {beyondLegend, legendText, type LegendEntry, type PairNames} from '../kinds/legend.js';
import {kindOf} from '../kinds/registry.js';
import {modeOf} from '../modes/registry.js';
import {isVersus, type ViewState} from '../store/view.js';
import {formatNumber, formatPercent} from '../texts/numbers.js';
import {gainOf, type Gain} from './gain.js';
import type {SamplePictures} from './sample-pictures.js';
import {isFaded, isLaid, isThickened, type SceneView} from './scene-building.js';
import {pairNames} from './side-names.js';

/** What the scales of most differences end in. */
const FULL = 0xf5f5f5;

export interface LegendRequest {
  readonly view: Omit<SceneView, 'gain'>;
  /** Undefined where nothing is multiplied. */
  readonly gain?: Gain | undefined;
  readonly display: Display;
  readonly hasInput?: boolean;
  readonly truth: Picture;
  readonly names: PairNames;
}

/** The legend of all that a card shows; empty until there is a ground truth. */
export function sampleLegend(
  view: ViewState,
  sample: SamplePictures,
  display: Display,
): readonly LegendEntry[] {
  const truth = sample.truth.picture;
  return truth === undefined
    ? []
    : legendOf({
        view,
        gain: gainOf(view, sample),
        hasInput: sample.input !== undefined,
        display,
        truth,
        names: pairNames(view),
      });
}

/** Whether colours span what each sample has itself, such as its gain, so that one legend can't hold for all. */
export function spansOwn(legend: readonly LegendEntry[]): boolean {
  return legend.some(({type}) => type === 'scale' || type === 'disc');
}

export function legendOf(request: LegendRequest): readonly LegendEntry[] {
  return [...colorsOf(request), ...gainLegend(request)];
}

function gainLegend({view, gain: found}: LegendRequest): readonly LegendEntry[] {
  if (found === undefined || !modeOf(view).compares) {
    return [];
  }
  const {gain, isAutomatic, beyond = 0} = found;
  const text = `×${gain < 1 ? `1/${1 / gain}` : formatNumber(gain)}${isAutomatic ? ' (automatic)' : ''}`;
  return [
    legendText(text),
    ...(beyond > 0
      ? [beyondLegend(FULL, `${formatPercent(beyond)} of the pixels are beyond the scale`)]
      : []),
  ];
}

/** What pictures that lie on their input leave out. */
function floatingLegend({view, truth, hasInput, display}: LegendRequest): readonly LegendEntry[] {
  const {base, outlines} = view.overlay;
  const kind = kindOf(truth);
  const lies = isLaid(view, truth, hasInput === true) || modeOf(view).settings.includes('opacity');
  return lies && hasInput === true && base === 'input' && !outlines
    ? (kind.floatingLegend?.(truth, display[kind.name]) ?? [])
    : [];
}

/** How two pictures are blended, in place of colours that no pane shows. */
function fadeOf({view, truth, hasInput, names}: LegendRequest): string | undefined {
  const {base, opacity} = view.overlay;
  if (isFaded(view, truth)) {
    return fadeText(names.titleOfA, names.titleOfB, opacity);
  }
  if (!isLaid(view, truth, hasInput === true) || kindOf(truth).hasOutlines(view)) {
    return undefined;
  }
  const below = base === 'input' && hasInput === true ? 'Input' : names.titleOfA;
  return fadeText(below, names.titleOfB, opacity);
}

/** `opacity` is that of what is above, 0 to 1. */
export function fadeText(below: string, above: string, opacity: number): string {
  return `${below} ◂ ${Math.round(100 * opacity)} ▸ ${above}`;
}

function colorsOf(request: LegendRequest): readonly LegendEntry[] {
  const {display, truth, names, gain: {gain} = {gain: 1}} = request;
  const view = {...request.view, gain};
  const kind = kindOf(truth);
  if (!modeOf(view).compares) {
    const lines = modeOf(view).lines({
      overlay: view.overlay,
      isLaid: isLaid(view, truth, request.hasInput === true),
      hasBorders: kind.hasOutlines(view),
      differsText: kind.differsText(truth, kind.chooseDifference(view, truth), names),
      names,
    });
    const fade = fadeOf(request);
    const thick = modeOf(view).outlinesDifference ? thickLegend(view, truth) : [];
    return fade === undefined
      ? [
          ...lines,
          ...thick,
          ...floatingLegend(request),
          ...kind.valueLegend(truth, display[kind.name]),
        ]
      : [legendText(fade), ...lines, ...thick];
  }
  const versus = isVersus(view);
  return [
    ...(versus
      ? kind.versusLegend(`${names.a} (A)`, `${names.b} (B)`)
      : kind.differenceLegend(truth, view, names)),
    ...kind.gapLegend(truth, display[kind.name], names, versus ? null : view),
    ...thickLegend(view, truth),
  ];
}

function thickLegend(view: SceneView, truth: Picture): readonly LegendEntry[] {
  return isThickened(view, truth) ? [legendText('thin ones thickened')] : [];
}
