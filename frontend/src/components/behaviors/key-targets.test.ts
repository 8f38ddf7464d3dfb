// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {needsKey, type KeyTarget} from './key-targets.js';

const press = (key: string, ctrlKey = false) => ({
  key,
  ctrlKey,
  metaKey: false,
  altKey: false,
  shiftKey: false,
});
const input = (type: string): KeyTarget => ({localName: 'input', type});

describe('needsKey', () => {
  it.each([
    ['letters, in a text field', input('search'), press('o'), true],
    ['arrows, on a slider', input('range'), press('ArrowLeft'), true],
    ['letters, on a slider', input('range'), press('o'), false],
    ['Space, on a check box', input('checkbox'), press(' '), true],
    ['arrows, on a check box', input('checkbox'), press('ArrowLeft'), false],
    ['arrows, on radio buttons', input('radio'), press('ArrowLeft'), true],
    ['Space, on a button', {localName: 'button'}, press(' '), true],
    ['arrows, on a button', {localName: 'button'}, press('ArrowLeft'), false],
    ['letters, in a list of options', {localName: 'select'}, press('o'), true],
    ['Ctrl+K, in a text field', input('text'), press('k', true), false],
    ['arrows, on a card', {localName: 'pairs-card'}, press('ArrowLeft'), false],
  ])('tells of %s', (_, target, keys, expected) => {
    expect(needsKey(target, keys)).toBe(expected);
  });
});
