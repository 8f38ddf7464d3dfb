// SPDX-License-Identifier: Apache-2.0
/**
 * Which picture of the full view keys make large.
 *
 * Tab goes from all alike to the first picture, from one to the next, and from the last on to what follows the pictures on the
 * page; Shift and Tab the same way back. Full stop and comma go round and never leave.
 */
import {isSameSide, type Side} from '../store/sides.js';

export interface LargeChange {
  /** `null` shows all alike. */
  readonly side: Side | null;
  /** Whether the key is done with; else it moves the focus as it does everywhere. */
  readonly staysHere: boolean;
}

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const ROUND: Readonly<Record<string, 1 | -1>> = {'.': 1, ',': -1};

/** `sides` are what the panes show, in their order; `undefined` for a key that changes nothing. */
export function largeAfter(
  sides: readonly Side[],
  large: Side | null,
  {key, shiftKey, ctrlKey, metaKey, altKey}: Key,
): LargeChange | undefined {
  if (ctrlKey || metaKey || altKey || sides.length < 2) {
    return undefined;
  }
  const at = large === null ? -1 : sides.findIndex((side) => isSameSide(side, large));
  const by = ROUND[key];
  if (by !== undefined) {
    const next = at < 0 && by < 0 ? sides.length - 1 : (at + by + sides.length) % sides.length;
    return {side: sides[next]!, staysHere: true};
  }
  if (key !== 'Tab') {
    return undefined;
  }
  const next = at + (shiftKey ? -1 : 1);
  return next < -1 || next >= sides.length
    ? {side: null, staysHere: false}
    : {side: sides[next] ?? null, staysHere: true};
}
