// SPDX-License-Identifier: Apache-2.0
// Differences of heatmaps in their own units. Both pictures have one size. Where the truth is NaN there is nothing to compare
// with: grey. Where only one of the two is a number, or they are different infinities, the prediction is broken: magenta.
import {opaque, type Rgba} from '../../pixels/color.js';
import {largestNumber, valueTable} from './values.js';
import {notJudged} from '../../pixels/labels.js';
import type {HeatmapPicture} from '../types.js';

export type HeatmapDifferenceKind = 'signed' | 'absolute' | 'relative';

export const brokenColor = 0xff00ff;
export const broken: Rgba = opaque(brokenColor);

/**
 * With e = prediction - truth (relative: e / |truth|, infinite where the truth is 0 and the prediction is not): signed and
 * relative show 1/2 + e / (2 limit) on the map, absolute shows |e| / limit.
 */
export function paintHeatmapDifference(
  truth: HeatmapPicture,
  prediction: HeatmapPicture,
  how: HeatmapDifferenceKind,
  limit: number,
  colors: Uint32Array,
): Uint32Array {
  const wantedStored = truth.raster.data;
  const gotStored = prediction.raster.data;
  const wantedValues = valueTable(truth);
  const gotValues = valueTable(prediction);
  const nanStored = largestNumber(truth.raster.bits) + 3;
  const last = colors.length - 1;
  const out = new Uint32Array(gotStored.length);
  for (let i = 0; i < out.length; i++) {
    if (wantedStored[i] === nanStored) {
      out[i] = notJudged;
      continue;
    }
    const wanted = wantedValues[wantedStored[i]!]!;
    const got = gotValues[gotStored[i]!]!;
    const error = wanted === got ? 0 : got - wanted;
    if (!Number.isFinite(error)) {
      out[i] = broken;
      continue;
    }
    const scaled = (how === 'relative' && error !== 0 ? error / Math.abs(wanted) : error) / limit;
    const position = how === 'absolute' ? Math.abs(scaled) : 0.5 + 0.5 * scaled;
    out[i] = colors[Math.round(last * Math.min(Math.max(position, 0), 1))]!;
  }
  return out;
}

/**
 * Who is closer to the truth: 1/2 + gain (|b - truth| - |a - truth|) / (2 limit) on a diverging map. The upper end means A, the
 * lower end B. A value that is not finite where the truth is counts as infinitely wrong; two of those are equal.
 */
export function paintHeatmapVersus(
  truth: HeatmapPicture,
  a: HeatmapPicture,
  b: HeatmapPicture,
  gain: number,
  limit: number,
  colors: Uint32Array,
): Uint32Array {
  const wantedValues = valueTable(truth);
  const aValues = valueTable(a);
  const bValues = valueTable(b);
  const nanStored = largestNumber(truth.raster.bits) + 3;
  const last = colors.length - 1;
  const out = new Uint32Array(truth.raster.data.length);
  for (let i = 0; i < out.length; i++) {
    const stored = truth.raster.data[i]!;
    if (stored === nanStored) {
      out[i] = notJudged;
      continue;
    }
    const wanted = wantedValues[stored]!;
    const aError = distance(wanted, aValues[a.raster.data[i]!]!);
    const bError = distance(wanted, bValues[b.raster.data[i]!]!);
    const advantage = aError === bError ? 0 : bError - aError;
    const position = 0.5 + (0.5 * gain * advantage) / limit;
    out[i] = colors[Math.round(last * Math.min(Math.max(position, 0), 1))]!;
  }
  return out;
}

function distance(wanted: number, got: number): number {
  if (wanted === got) {
    return 0;
  }
  const difference = Math.abs(got - wanted);
  return Number.isNaN(difference) ? Infinity : difference;
}
