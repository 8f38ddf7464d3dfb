// SPDX-License-Identifier: Apache-2.0
/** Keys pressed together, as commands name them and as keyboards do. */

/** The part of a keyboard event that tells which keys were pressed. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** `Shift+ArrowLeft`, `Ctrl+k` (also for the Mac's command key), `?`. Shift is named only where it doesn't change the character. */
export function chordOf({key, ctrlKey, metaKey, altKey, shiftKey}: KeyPress): string {
  const isLetter = /^\p{L}$/u.test(key);
  const isNamed = key.length > 1;
  const base = key === ' ' ? 'Space' : isLetter ? key.toLowerCase() : key;
  const parts = [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && (isLetter || isNamed || key === ' ') ? ['Shift'] : []),
    base,
  ];
  return parts.join('+');
}

const SYMBOLS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Shift: '⇧',
  Escape: 'Esc',
  '-': '−',
};

/** A chord's keys as written on a keyboard, to be shown each in its own box. */
export function keyLabels(chord: string): readonly string[] {
  // A plus sign at the end is a key.
  const keys = chord.split(/\+(?!$)/);
  return keys.map((key) => SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
