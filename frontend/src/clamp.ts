// SPDX-License-Identifier: Apache-2.0
/** A value kept within bounds. */

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
