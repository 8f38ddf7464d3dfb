// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {INITIAL_VIEW, type Sort} from '../store/view.js';
import {
  CHANGE_COLUMN,
  columnSort,
  FLAG_COLUMN,
  runColumn,
  SAMPLE_COLUMN,
  sortBy,
} from './table-sorting.js';

const PLAIN: Sort = INITIAL_VIEW.sort;
const WORST_OF_A: Sort = {...PLAIN, by: 'worst', run: 'a'};

describe('a click on a header', () => {
  it('sorts by its column, then the other way round', () => {
    expect(sortBy(PLAIN, runColumn('a'), false)).toMatchObject({by: 'worst', run: 'a'});
    expect(sortBy(WORST_OF_A, runColumn('a'), false)).toMatchObject({by: 'best', run: 'a'});
    expect(sortBy(WORST_OF_A, runColumn('b'), false)).toMatchObject({by: 'worst', run: 'b'});
  });

  it('leaves by id to the order of the dataset', () => {
    expect(sortBy({...PLAIN, by: 'id'}, SAMPLE_COLUMN, false).by).toBe('dataset');
  });

  it('drops the second key', () => {
    const sort: Sort = {...WORST_OF_A, then: {by: 'id', run: null}};

    expect(sortBy(sort, FLAG_COLUMN, false)).toEqual({by: 'flagged', run: null, then: null});
  });

  it('with Shift is the second key, and leaves the first', () => {
    const flagged: Sort = {...PLAIN, by: 'flagged'};

    expect(sortBy(flagged, runColumn('a'), true)).toEqual({then: {by: 'worst', run: 'a'}});
    expect(sortBy({...flagged, then: {by: 'worst', run: 'a'}}, runColumn('a'), true)).toEqual({
      then: {by: 'best', run: 'a'},
    });
  });

  it('with Shift on the first key turns that round', () => {
    expect(sortBy(WORST_OF_A, runColumn('a'), true)).toEqual({by: 'best', run: 'a'});
  });

  it('with Shift is the first key where there is none', () => {
    expect(sortBy(PLAIN, CHANGE_COLUMN, true)).toEqual({by: 'regressed', run: null});
  });
});

describe('the sort of a column', () => {
  it('says whether values go up or down', () => {
    expect(columnSort(WORST_OF_A, runColumn('a'), false)?.direction).toBe('ascending');
    expect(columnSort(WORST_OF_A, runColumn('a'), true)?.direction).toBe('descending');
    expect(columnSort(WORST_OF_A, runColumn('b'), false)).toBeUndefined();
  });

  it('says which key it is', () => {
    const sort: Sort = {...PLAIN, by: 'flagged', then: {by: 'best', run: 'a'}};

    expect(columnSort(sort, FLAG_COLUMN, false)?.place).toBe(1);
    expect(columnSort(sort, runColumn('a'), false)).toEqual({direction: 'descending', place: 2});
  });

  it('is none in the order of the dataset', () => {
    expect(columnSort(PLAIN, SAMPLE_COLUMN, false)).toBeUndefined();
  });
});
