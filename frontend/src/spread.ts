// SPDX-License-Identifier: Apache-2.0
/** Some of a list. */

/** At most `most` of `list`, evenly spread, the first and the last among them. */
export function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) {
    return list;
  }
  if (most <= 1) {
    return list.slice(-1);
  }
  return Array.from(
    {length: most},
    (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))]!,
  );
}
