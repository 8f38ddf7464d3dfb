// SPDX-License-Identifier: Apache-2.0
/** Optical flow: a displacement per pixel. */
import {optional, readRange} from '../../api/reading.js';
import {clamp} from '../../clamp.js';
import {cssColor, opaque} from '../../pixels/color.js';
import {colormap, denseColormap} from '../../pixels/colormaps.js';
import {middleGround} from '../../pixels/ground.js';
import type {Range, Raster} from '../../pixels/raster.js';
import {formatNumber} from '../../texts/numbers.js';
import {
  amountsThatDiffer,
  CHANGED,
  changedLegend,
  DIFFERS,
  drawChanged,
  drawDiffering,
} from '../differing.js';
import {boundOf, boundedText, UNKNOWN_DIFFERENCE, type Bound} from '../bounds.js';
import type {Kind, Pixel} from '../kind.js';
import {
  brokenLegend,
  closerLegend,
  legendScale,
  legendText,
  notJudgedLegend,
  noValueLegend,
} from '../legend.js';
import type {PixelValues} from '../pixel-values.js';
import {rangePhrase} from '../tag-phrases.js';
import {meanOver, numberLabels, numberText, storedAt} from '../values.js';
import {flowArrows} from './arrows.js';
import {
  drawEndPointError,
  drawFlowVersus,
  drawWheel,
  endPointError,
  LARGEST,
  UNKNOWN,
  vectorAt,
  wheel,
} from './draw.js';

/** (u, v) in pixels, u to the right and v down, stored over `range` with a code for unknown flow (docs/format.md). */
export interface FlowPicture {
  readonly kind: 'flow';
  readonly raster: Raster;
  /** From −a to a. */
  readonly range: Range;
  /** The length of full colour unless the display says otherwise, in pixels. */
  readonly magnitude: number;
  /** Share of the pixels that were clipped to `range`. */
  readonly clipped?: number | undefined;
}

export interface FlowDisplay {
  /** The length of full colour in all panes of a card, in pixels; null: each picture's own. */
  readonly magnitude: number | null;
  /** How many of the pictures hold unknown flow; absent: none. */
  readonly unknown?: number;
  /** Arrows are drawn over magnified pictures. */
  readonly arrows?: boolean;
}

export interface FlowDifference {
  readonly type: 'flow';
  /** Every pixel with at least `DIFFERS` of that error, in one colour; absent: the end-point error. */
  readonly how?: 'changed';
  /** The end-point error of full colour, in pixels. */
  readonly limit: number;
}

export interface FlowTagFacts {
  /** From 0 to the length of full colour, in pixels; absent: each sample says its own. */
  readonly range?: Range;
}

declare module '../kind.js' {
  interface TagFacts {
    readonly flow: FlowTagFacts;
  }
  interface Pictures {
    readonly flow: FlowPicture;
  }
  interface Display {
    readonly flow: FlowDisplay;
  }
  interface Differences {
    readonly flow: FlowDifference;
  }
}

/** Of the magnitude: the error at full colour. Errors as large as the motion itself are rare. */
const FULL_ERROR = 0.25;

/** As R1.0 of Baker et al. (IJCV 92, 2011) has it. */
const CHANGED_PIXELS = 1;

const ARROWS = {id: 'arrows', label: 'Arrows', hint: 'Draw motion as arrows on magnified flow'};

export const flow: Kind<'flow'> = {
  name: 'flow',
  defaultDisplay: {magnitude: null},
  isTranslucent: false,
  hasClasses: false,
  ownMetrics: {names: ['epe', 'ae'], whyNone: 'the flow of no pixel is known in both pictures'},
  controls: [],
  switches: [ARROWS],
  differences: [{id: 'endPointError', label: 'End-point error', isAmount: true}, CHANGED],
  defaultDifference: 'endPointError',

  readTag: (tag) => optional(tag, 'range', 'kind', readRange),
  describeTag: ({range}, place) => rangePhrase(range, place),
  build(facts, stored, raster) {
    if (raster.bits === 32) {
      return undefined;
    }
    const range = stored.range ?? [-1, 1];
    const [, longest] = stored.shown ?? facts.range ?? range;
    return {
      kind: 'flow',
      raster,
      range,
      magnitude: longest > 0 ? longest : 1,
      clipped: stored.clipped,
    };
  },

  display({choice: {on}}, pictures) {
    const magnitudes = pictures.map(({magnitude}) => magnitude);
    const unknown = new Set(pictures.filter(holdsUnknown).map(({raster}) => raster)).size;
    return {
      magnitude: pictures.length === 0 ? null : Math.max(...magnitudes),
      ...(unknown > 0 && {unknown}),
      ...(on?.includes(ARROWS.id) && {arrows: true}),
    };
  },
  draw: (picture, {magnitude}) => drawWheel(picture, magnitude ?? picture.magnitude),
  marks: (picture, {arrows, magnitude}, window) =>
    arrows ? flowArrows(picture, magnitude ?? picture.magnitude, window) : [],

  drawGround() {
    throw new Error('got flow as a ground, want an input or a kind that has borders');
  },

  errorSize: (truth, prediction, {how, limit}) =>
    how === 'changed'
      ? undefined
      : (pixel) => {
          const error = endPointError(truth, pixel, prediction, pixel) ?? NaN;
          return Number.isFinite(error) ? error / limit : NaN;
        },

  chooseDifference: ({difference, gain}, {magnitude}) =>
    difference === CHANGED.id
      ? {type: 'flow', how: 'changed', limit: CHANGED_PIXELS / DIFFERS}
      : {type: 'flow', limit: (magnitude * FULL_ERROR) / gain},
  drawDifference: (truth, prediction, {how, limit}) =>
    how === 'changed'
      ? drawChanged(
          drawEndPointError(truth, prediction, limit, amountsThatDiffer),
          opaque(middleGround),
        )
      : drawEndPointError(truth, prediction, limit, denseColormap(colormap('magma'))),
  drawDiffers: (truth, prediction, {limit}) =>
    drawDiffering(drawEndPointError(truth, prediction, limit, amountsThatDiffer)),
  differsText: (_, {limit}) => `by at least ${formatNumber(DIFFERS * limit)} px`,
  // Blue, the upper end of the reversed map, is A; red is B.
  drawVersus: (truth, a, b, gain) =>
    drawFlowVersus(
      truth,
      a,
      b,
      gain,
      truth.magnitude * FULL_ERROR,
      denseColormap(colormap('RdBu', true)),
    ),

  hasOutlines: () => false,
  drawOutlined() {
    throw new Error('got flow to outline, want a kind that has borders');
  },

  valueTexts(picture, pixel) {
    const vector = vectorAt(picture, indexOf(picture, pixel));
    if (vector === undefined) {
      return ['unknown'];
    }
    const digits = digitsOf(picture);
    const bounds = boundsAt(picture, pixel);
    const [u, v] = vector.map((value, i) => boundedText(bounds[i]!, numberText(value, digits))) as [
      string,
      string,
    ];
    const length = numberText(Math.hypot(...vector), digits);
    // Of a component that lies beyond the range, the vector is longer.
    const ofLength = bounds.some((bound) => bound !== '') ? '≥' : '';
    return [`u ${u}`, `v ${v}`, `${boundedText(ofLength, length)} px`];
  },
  isJudged: () => true,
  differenceText(truth, at, prediction, other) {
    const text = errorText(truth, at, prediction, other);
    return text === '' ? '' : `Δ ${text}`;
  },
  pixelLabels: (picture, pixel) => numberLabels(flow.valueTexts(picture, pixel)),
  differenceLabels(truth, at, prediction, other) {
    const text = errorText(truth, at, prediction, other);
    return numberLabels(text === '' ? [] : [text]);
  },

  valueLegend: (truth, {magnitude, arrows, unknown = 0}) => [
    {
      type: 'disc',
      rim: wheelColors(),
      text: `motion, full colour${arrows ? ' and longest arrow' : ''} at ${formatNumber(magnitude ?? truth.magnitude)} px`,
    },
    ...(unknown > 0 ? [noValueLegend('unknown')] : []),
  ],
  differenceLegend(truth, request, names) {
    const difference = flow.chooseDifference(request, truth);
    if (difference.how === 'changed') {
      return [changedLegend(flow.differsText(truth, difference, names), names)];
    }
    const {limit} = difference;
    const ticks = ['0', `${formatNumber(limit)} px`];
    return [legendText('end-point error'), legendScale(colormap('magma'), ticks)];
  },
  distance(a, b) {
    const pixels = a.raster.width * a.raster.height;
    const value = meanOver(pixels, (pixel) => endPointError(a, pixel, b, pixel) ?? NaN);
    return value === undefined
      ? undefined
      : {value, name: 'end-point error', unit: ' px', isShare: false};
  },
  versusLegend: closerLegend,
  gapLegend(truth, {unknown = 0}, names, request) {
    const isVersus = request === null;
    const how = request && flow.chooseDifference(request, truth).how;
    const isOfTruth = names.isJudged || isVersus;
    const inA = isOfTruth ? Number(holdsUnknown(truth)) : Math.min(unknown, 1);
    const inOthers = isOfTruth ? unknown - inA : unknown;
    return [
      ...(inA > 0 ? [notJudgedLegend(`${isVersus ? 'ground truth' : names.a} is unknown`)] : []),
      ...(inOthers > 0 && how !== null && how !== 'changed'
        ? [brokenLegend(`only ${names.b} is unknown`)]
        : []),
    ];
  },

  values: vectorValues,
  // Few programs read two channels of 16 bits as more than 8.
  fitsPng: () => false,
  pngPixels: () => undefined,
  numbers: () => undefined,
  rangeShown: () => undefined,
  thresholdScore: () => undefined,
  truthValues: () => undefined,
  thresholdSearch: () => undefined,
  confusion: () => undefined,
  classes: () => [],
  classStyle: () => undefined,

  colorKey: ({magnitude}) => magnitude,
  isShownAsStored: () => false,
};

function vectorValues(picture: FlowPicture): PixelValues {
  const {width, height} = picture.raster;
  const data = new Float32Array(2 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    data.set(vectorAt(picture, pixel) ?? [NaN, NaN], 2 * pixel);
  }
  return {data, shape: [height, width, 2]};
}

const rastersWithUnknown = new WeakMap<Raster, boolean>();

function holdsUnknown({raster}: FlowPicture): boolean {
  const found = rastersWithUnknown.get(raster) ?? raster.data.includes(UNKNOWN);
  rastersWithUnknown.set(raster, found);
  return found;
}

function indexOf({raster}: FlowPicture, {x, y}: Pixel): number {
  return y * raster.width + x;
}

function boundsAt(picture: FlowPicture, {x, y}: Pixel): readonly Bound[] {
  return storedAt(picture, x, y).map((code) => boundOf(code, LARGEST, picture.clipped));
}

/** As many as storing kept, and no more than anyone measures. */
function digitsOf({range}: FlowPicture): number {
  return clamp(Math.ceil(-Math.log10((2 * range[1]) / 65532)), 0, 3);
}

/** Empty where there is none, or nothing to compare. */
function errorText(truth: FlowPicture, at: Pixel, prediction: FlowPicture, other: Pixel): string {
  const bounds = [...boundsAt(truth, at), ...boundsAt(prediction, other)];
  if (bounds.some((bound) => bound !== '')) {
    return UNKNOWN_DIFFERENCE;
  }
  const error = endPointError(truth, indexOf(truth, at), prediction, indexOf(prediction, other));
  return error === undefined || error === 0 || error === Infinity
    ? ''
    : `${numberText(error, digitsOf(truth))} px`;
}

/** The wheel as the eye meets it in a picture: right is to the right, white does not move. */
function wheelColors(): readonly string[] {
  return [...wheel].map((color) =>
    cssColor(((color & 255) << 16) | (color & 0xff00) | ((color >>> 16) & 255)),
  );
}
