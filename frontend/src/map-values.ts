// SPDX-License-Identifier: Apache-2.0
/** Records by names of the log. */

/** A record of what `map` makes of each value, without a prototype: names of the log may be those of its members. */
export function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Readonly<Record<string, U>> {
  return Object.assign(
    Object.create(null) as Record<string, U>,
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)])),
  );
}
