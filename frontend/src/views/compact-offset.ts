// SPDX-License-Identifier: Apache-2.0
/** Differences of steps where there is little room. */

const UNITS: readonly (readonly [bigint, string])[] = [
  [10n ** 12n, 'T'],
  [10n ** 9n, 'G'],
  [10n ** 6n, 'M'],
  [1000n, 'k'],
];

/** `−9.9k`, cut and not rounded: there is little room, and the whole number is in the title. */
export function compactOffset(offset: bigint): string {
  const size = offset < 0n ? -offset : offset;
  const [unit, letter] = UNITS.find(([least]) => size >= least) ?? [1n, ''];
  const tenths = (size * 10n) / unit;
  const digits = tenths < 100n && unit > 1n ? `${tenths / 10n}.${tenths % 10n}` : `${size / unit}`;
  return `${offset < 0n ? '\u2212' : '+'}${digits}${letter}`;
}
