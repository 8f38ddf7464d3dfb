// SPDX-License-Identifier: Apache-2.0
/** Which records a store keeps something of. */

/** Less the oldest, so that `limit` are left; but what is wanted stays, or it would be fetched again for ever. */
export function withoutOldest<T>(
  entries: readonly (readonly [string, T])[],
  wanted: ReadonlySet<string>,
  limit: number,
): readonly (readonly [string, T])[] {
  const others = entries.filter(([key]) => !wanted.has(key));
  const room = Math.max(0, limit - (entries.length - others.length));
  const gone = new Set(others.slice(0, Math.max(0, others.length - room)).map(([key]) => key));
  return entries.filter(([key]) => !gone.has(key));
}
