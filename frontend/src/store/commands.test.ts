// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {chordOf, keyLabels} from './chords.js';
import {commandFor, searchCommands} from './command-search.js';
import {COMMANDS} from './commands.js';
import type {CommandScope} from './command.js';
import {INITIAL_VIEW} from './view.js';

const SCOPE: CommandScope = {
  steps: ['0', '10'],
  dips: [{step: '10'}],
  step: '0',
  runs: [],
  isOverlaid: false,
  shownRuns: [],
  openRows: [],
  subject: null,
  pointed: null,
};

function press(key: string, ...modifiers: ('ctrl' | 'meta' | 'alt' | 'shift')[]) {
  return {
    key,
    ctrlKey: modifiers.includes('ctrl'),
    metaKey: modifiers.includes('meta'),
    altKey: modifiers.includes('alt'),
    shiftKey: modifiers.includes('shift'),
  };
}

describe('the table of commands', () => {
  it('has no key and no id twice', () => {
    const keys = COMMANDS.flatMap((command) => command.keys);
    const ids = COMMANDS.map(({id}) => id);

    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['next step', press('ArrowRight'), {type: 'moveStep', by: 1}],
    ['a jump', press('ArrowRight', 'shift'), {type: 'moveStep', by: 10}],
    ['the first step', press('Home'), {type: 'firstStep'}],
    ['the newest step', press('End'), {type: 'lastStep'}],
    ['play', press(' '), {type: 'play', playing: true}],
    ['difference', press('5'), {type: 'mode', mode: 'difference'}],
    ['overlay', press('o'), {type: 'overlay', change: {on: true}}],
    ['overlay with caps lock', press('O'), {type: 'overlay', change: {on: true}}],
    ['opacity', press(']'), {type: 'overlay', change: {opacity: 0.7}}],
    ['help', press('?', 'shift'), {type: 'dialog', dialog: 'help'}],
    ['the filter', press('/'), {type: 'focusFilter'}],
    ['the palette on a Mac', press('k', 'meta'), {type: 'dialog', dialog: 'palette'}],
    ['the next dip', press('n'), {type: 'step', step: '10'}],
  ] as const)('has a key for %s', (_, keys, intent) => {
    expect(commandFor(keys)?.intent(INITIAL_VIEW, SCOPE)).toEqual(intent);
  });

  it('resizes the pictures of the tag in sight, from the size that they have', () => {
    const scope = {...SCOPE, subject: {tag: 't', sample: 's'}};
    const layouts = [{tag: 't', layout: null, size: 'L', run: null} as const];
    const less = commandFor(press('-', 'ctrl'))!;
    const more = commandFor(press('+', 'ctrl', 'shift'))!;

    expect(more.intent(INITIAL_VIEW, scope)).toEqual({
      type: 'layout',
      tag: 't',
      change: {size: 'L'},
    });
    expect(less.intent({...INITIAL_VIEW, layouts}, scope)).toMatchObject({change: {size: 'M'}});
    // RunStep the end of the sizes the key does nothing, and not what the browser does.
    expect(more.intent({...INITIAL_VIEW, layouts}, scope)).toMatchObject({change: {size: 'L'}});
    expect(less.intent(INITIAL_VIEW, SCOPE)).toBeNull();
  });

  it("leaves the browser's own keys alone", () => {
    expect(commandFor(press('r', 'ctrl'))).toBeUndefined();
    expect(commandFor(press('ArrowLeft', 'ctrl'))).toBeUndefined();
  });

  it('leaves keys of the full view alone while there is none', () => {
    expect(commandFor(press('Escape'))?.intent(INITIAL_VIEW, SCOPE)).toBeNull();
    expect(commandFor(press('ArrowDown'))?.intent(INITIAL_VIEW, SCOPE)).toBeNull();
  });

  it('finds commands by the beginnings of their words, in any order', () => {
    expect(searchCommands('fir wor').map(({id}) => id)).toContain('sort-worst');
    expect(searchCommands('orst')).toEqual([]);
    expect(searchCommands('')).toHaveLength(COMMANDS.length);
  });
});

describe('chordOf', () => {
  it('names Shift only where it does not change the character', () => {
    expect(chordOf(press('>', 'shift'))).toBe('>');
    expect(chordOf(press('G', 'shift'))).toBe('Shift+g');
    expect(chordOf(press('ArrowUp', 'shift', 'alt'))).toBe('Alt+Shift+ArrowUp');
  });
});

describe('keyLabels', () => {
  it('writes keys as they are on a keyboard', () => {
    expect(keyLabels('Shift+ArrowLeft')).toEqual(['⇧', '←']);
    expect(keyLabels('+')).toEqual(['+']);
    expect(keyLabels('Ctrl+k')).toEqual(['Ctrl', 'K']);
    expect(keyLabels('Ctrl++')).toEqual(['Ctrl', '+']);
    expect(keyLabels('Ctrl+-')).toEqual(['Ctrl', '−']);
  });
});
