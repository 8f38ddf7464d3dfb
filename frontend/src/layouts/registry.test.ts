// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {LAYOUTS, layoutOf, pictureWidthOf, sizeBeside, sizeOf} from './registry.js';

const nothing = {layouts: []};
const chosen = {layouts: [{tag: 't', layout: 'cards', size: 'L', run: null} as const]};

describe('the layout of a tag', () => {
  it('is chosen by itself from the number of runs', () => {
    expect([0, 1, 4].map((runs) => layoutOf(nothing, 't', runs).id)).toEqual(
      Array(3).fill('cards'),
    );
    expect([5, 20].map((runs) => layoutOf(nothing, 't', runs).id)).toEqual(['matrix', 'matrix']);
  });

  it('is the one that was chosen, for that tag only', () => {
    expect(sizeOf(chosen, 't')).toBe('L');
    expect(sizeOf(chosen, 'u')).toBe('M');
    expect(layoutOf(chosen, 't', 20).id).toBe('cards');
  });

  it('has its own size until one is chosen', () => {
    const sheet = {layouts: [{tag: 't', layout: 'sheet', size: null, run: null} as const]};
    expect(sizeOf(sheet, 't')).toBe('S');
    expect(pictureWidthOf(sheet, 't', 1)).toBe(120);
    expect(sizeOf({layouts: [{...sheet.layouts[0]!, size: 'L'}]}, 't')).toBe('L');
    expect(sizeOf(nothing, 't')).toBe('M');
  });

  it('has a picture width for each size, in ascending order', () => {
    for (const {sizes} of LAYOUTS) {
      expect(sizes.S).toBeLessThan(sizes.M);
      expect(sizes.M).toBeLessThan(sizes.L);
    }
    expect(pictureWidthOf(chosen, 't', 1)).toBe(340);
  });

  it('has no name twice', () => {
    expect(new Set(LAYOUTS.map(({id}) => id)).size).toBe(LAYOUTS.length);
    expect(new Set(LAYOUTS.map(({element}) => element)).size).toBe(LAYOUTS.length);
  });
});

describe('sizes', () => {
  it('go by steps, and stop at their ends', () => {
    expect(sizeBeside('S', 1)).toBe('M');
    expect(sizeBeside('L', 1)).toBe('L');
    expect(sizeBeside('S', -2)).toBe('S');
  });
});
