// SPDX-License-Identifier: Apache-2.0
/** By what the differences of a card are multiplied, the same in all of its panes. */
import {BEYOND} from '../kinds/beyond.js';
import {amountReader, type ComputedDifference} from '../kinds/computed.js';
import type {Picture} from '../kinds/kind.js';
import {isSameKind, kindOf} from '../kinds/registry.js';
import {alignPicture} from '../pixels/align.js';
import {firstIndex} from '../pixels/distribution.js';
import {LastResults} from '../pixels/memo.js';
import {drawsDifference, modeOf} from '../modes/registry.js';
import {isVersus, type ViewState} from '../store/view.js';
import type {SamplePictures} from './sample-pictures.js';
import {computedChoice, differenceOf, type SceneView} from './scene-building.js';

export interface Gain {
  readonly gain: number;
  readonly isAutomatic: boolean;
  /** Share of the pixels that are beyond the scale; undefined where that was not counted. */
  readonly beyond: number | undefined;
}

type GainView = Omit<SceneView, 'gain'> & Pick<ViewState, 'gain'>;

/** Automatic gains are powers of two from 2^FIRST to 2^LAST: the last shows one level of 255 in half of full colour. */
const FIRST = -6;
const LAST = 7;
/** Of numbers of 32 bits, which no storing has rounded: enough for one bit of 1 beside 10^38. */
const LAST_EXACT = 150;
const POWERS = Float64Array.from({length: LAST_EXACT - FIRST + 1}, (_, i) => 2 ** (i + FIRST));
/** Of all pixels that a card shows, an automatic gain leaves at most so many beyond the scale. */
const MOST_BEYOND = 0.01;
/** More pixels of a picture are not looked at. */
const MOST_PIXELS = 2 ** 16;

/** Of one prediction: by exponent from FIRST on, the pixels that a gain of 2^exponent leaves beyond the scale. */
interface Counts {
  readonly beyond: Uint32Array;
  readonly wrong: number;
  readonly pixels: number;
  /** Its differences are those of the numbers that were logged, however small. */
  readonly isExact: boolean;
}

/** Undefined where no difference is drawn that is an amount. */
export function gainOf(view: GainView, {runs}: Pick<SamplePictures, 'runs'>): Gain | undefined {
  if (!drawsDifference(view)) {
    return undefined;
  }
  const counts = runs.flatMap(({pictures}) => {
    const {truth, a, b} = pictures;
    if (modeOf(view).compares && a !== undefined && computedChoice(view, a) !== undefined) {
      return [pictures.computed && amountCounts(pictures.computed)];
    }
    return isVersus(view)
      ? [a, b].map((picture) => countsOf(view, truth, picture))
      : [countsOf(view, a, b)];
  });
  const counted = counts.filter((one) => one !== undefined);
  if (counted.length === 0) {
    return undefined;
  }
  const pixels = sum(counted.map((one) => one.pixels));
  const beyond = (exponent: number) =>
    sum(counted.map((one) => one.beyond[exponent - FIRST]!)) / Math.max(pixels, 1);
  // How much closer one of two is, no more than the larger error, is not what was counted.
  const said = (exponent: number) => (isVersus(view) ? undefined : beyond(exponent));
  if (view.gain !== null) {
    const exponent = Math.log2(view.gain);
    const isCounted = Number.isInteger(exponent) && exponent >= FIRST && exponent <= LAST_EXACT;
    return {
      gain: view.gain,
      isAutomatic: false,
      beyond: isCounted ? said(exponent) : undefined,
    };
  }
  const exponent = automaticExponent(counted, beyond);
  return {gain: 2 ** exponent, isAutomatic: true, beyond: said(exponent)};
}

const countsOfAmounts = new LastResults<Counts>();

/** Of amounts that are at full colour where they are 1. */
function amountCounts(computed: ComputedDifference): Counts {
  const {picture} = computed;
  return countsOfAmounts.get(picture, [], () => ({
    ...count(amountReader(computed), picture.raster.data.length),
    isExact: false,
  }));
}

function automaticExponent(
  counted: readonly Counts[],
  beyond: (exponent: number) => number,
): number {
  const wrong = sum(counted.map((one) => one.wrong)) / sum(counted.map((one) => one.pixels));
  if (!(wrong > 0)) {
    return 0;
  }
  const isExact = counted.every((one) => one.isExact);
  const highest = (start: number, most: number) => {
    let exponent = start;
    while (exponent > FIRST && beyond(exponent) > most) {
      exponent--;
    }
    return exponent;
  };
  if (!isExact) {
    return highest(LAST, MOST_BEYOND);
  }
  // Where fewer are wrong than may be beyond, no gain is too large: the largest one that shows how wrong they are.
  return wrong > MOST_BEYOND
    ? highest(LAST_EXACT, MOST_BEYOND)
    : Math.max(LAST, highest(LAST_EXACT, 0));
}

/** Panes ask again whenever anything about them changes. */
const known = new LastResults<Counts | undefined>();

function countsOf(
  view: GainView,
  truth: Picture | undefined,
  prediction: Picture | undefined,
): Counts | undefined {
  if (truth === undefined || prediction === undefined || !isSameKind(truth, prediction)) {
    return undefined;
  }
  const how = differenceOf({...view, gain: 1}, truth);
  return known.get(prediction, [truth, JSON.stringify(how)], () => {
    const aligned = alignPicture(truth, prediction.raster);
    const size = kindOf(truth).errorSize(aligned, prediction, how);
    const isExact = truth.raster.bits === 32 && prediction.raster.bits === 32;
    return size && {...count(size, prediction.raster.width * prediction.raster.height), isExact};
  });
}

function count(size: (pixel: number) => number, total: number): Omit<Counts, 'isExact'> {
  // By the lowest power that leaves a pixel beyond the scale; the last count is of those that none does.
  const first = new Uint32Array(POWERS.length + 1);
  // Odd, so that it is never a multiple of an even width.
  const stride = Math.ceil(total / MOST_PIXELS) | 1;
  let pixels = 0;
  let wrong = 0;
  for (let pixel = 0; pixel < total; pixel += stride) {
    const error = size(pixel);
    if (Number.isNaN(error)) {
      continue;
    }
    pixels++;
    if (error > 0) {
      wrong++;
      first[firstIndex(POWERS.length, (i) => error * POWERS[i]! > BEYOND)]!++;
    }
  }
  const beyond = first.subarray(0, POWERS.length);
  for (let at = 1; at < beyond.length; at++) {
    beyond[at]! += beyond[at - 1]!;
  }
  return {beyond, wrong, pixels};
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
