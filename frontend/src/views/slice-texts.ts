// SPDX-License-Identifier: Apache-2.0
/** Slices of samples in words, and which of many are shown. */
import type {Slice} from '../store/slices.js';
import {formatNumber} from '../texts/numbers.js';
import type {NumberScope} from '../texts/scoped-number.js';

/** More rows would push the samples out of sight. */
export const MOST_SLICES = 12;

/** All in their order; of more than fit the largest. */
export function shownSlices(slices: readonly Slice[]): readonly Slice[] {
  if (slices.length <= MOST_SLICES) {
    return slices;
  }
  const largest = [...slices].sort((a, b) => b.samples.length - a.samples.length);
  const shown = new Set(largest.slice(0, MOST_SLICES));
  return slices.filter((slice) => shown.has(slice));
}

/** `rain`, `0.25 to 0.5`, or `without weather`. */
export function sliceText({attribute, value}: Pick<Slice, 'attribute' | 'value'>): string {
  if (value === null) {
    return `without ${attribute}`;
  }
  if (typeof value === 'object') {
    return `${formatNumber(value.low)} to ${formatNumber(value.high)}`;
  }
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

/** A range holds its upper end only where no other follows it. */
export function sliceScope({
  attribute,
  value,
}: Pick<Slice, 'attribute' | 'value'>): NonNullable<NumberScope['slice']> {
  return {
    attribute,
    value: typeof value === 'object' && value !== null ? [value.low, value.high] : value,
  };
}
