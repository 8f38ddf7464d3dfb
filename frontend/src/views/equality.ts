// SPDX-License-Identifier: Apache-2.0
/** Deep equality of plain values, so that elements update only for what changed. */

/**
 * Whether two plain values say the same. Typed arrays and functions are equal only to themselves, so pixels are never compared
 * one by one.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
    return false;
  }
  if (a instanceof Set || b instanceof Set) {
    return (
      a instanceof Set &&
      b instanceof Set &&
      a.size === b.size &&
      [...a].every((member) => b.has(member))
    );
  }
  if (Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) {
    return false;
  }
  return keys.every(
    (key) => key in b && isEqual(a[key as keyof typeof a], b[key as keyof typeof b]),
  );
}

/** For properties that are recreated at every update, mostly with equal contents. */
export function hasChanged(value: unknown, old: unknown): boolean {
  return !isEqual(value, old);
}
