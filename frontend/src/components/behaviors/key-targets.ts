// SPDX-License-Identifier: Apache-2.0
/**
 * Which keys a focused field, slider or button needs for itself. The app asks before a key
 * becomes a command.
 */
import {chordOf, type KeyPress} from '../../store/chords.js';

/** The part of an element that tells which keys it needs for itself. */
export interface KeyTarget {
  readonly localName: string;
  readonly type?: string;
  readonly isContentEditable?: boolean;
}

const TEXT_TYPES = new Set([
  'text',
  'search',
  'number',
  'email',
  'url',
  'password',
  'date',
  'time',
]);
const PRESSES = new Set(['Space', 'Enter']);
const MOVES = new Set([
  ...PRESSES,
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/** Whether no command may take the key: what has the focus needs it, or it was pressed in a dialog. Escape leaves a field. */
export function isTaken(event: KeyboardEvent): boolean {
  const path = event.composedPath();
  const [target] = path;
  if (target instanceof HTMLElement && needsKey(target, event)) {
    if (event.key === 'Escape') {
      target.blur();
    }
    return true;
  }
  return path.some((one) => one instanceof HTMLDialogElement);
}

/** Whether the element that has the focus needs the key, so that no command may take it. */
export function needsKey(
  {localName, type = '', isContentEditable = false}: KeyTarget,
  press: KeyPress,
): boolean {
  const chord = chordOf(press);
  if (chord.startsWith('Ctrl+')) {
    return false;
  }
  const isText =
    isContentEditable ||
    localName === 'textarea' ||
    (localName === 'input' && TEXT_TYPES.has(type));
  if (isText) {
    return true;
  }
  switch (localName) {
    // A letter picks an option by its name.
    case 'select':
      return chord !== 'Escape';
    case 'input':
      return type === 'checkbox' ? PRESSES.has(chord) : MOVES.has(chord);
    case 'button':
    case 'a':
    case 'summary':
      return PRESSES.has(chord);
    default:
      return false;
  }
}

/** Whether the key is one of the browser's or the page's: those of an element have no modifiers. */
export function hasModifier({ctrlKey, metaKey, altKey, shiftKey}: KeyPress): boolean {
  return ctrlKey || metaKey || altKey || shiftKey;
}
