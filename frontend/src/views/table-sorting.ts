// SPDX-License-Identifier: Apache-2.0
/** What clicks on the headers of a table sort by. */
import type {Order, Sort, SortKey} from '../store/view.js';

/** The orders that a column's header goes through, and the run whose scores they are of. */
export interface SortColumn {
  readonly orders: readonly [Order, ...Order[]];
  readonly run: string | null;
}

export const FLAG_COLUMN: SortColumn = {orders: ['flagged'], run: null};
export const SAMPLE_COLUMN: SortColumn = {orders: ['id', 'dataset'], run: null};
export const LEAD_COLUMN: SortColumn = {orders: ['lead'], run: null};
export const CHANGE_COLUMN: SortColumn = {orders: ['regressed', 'improved'], run: null};

export const INSTABILITY_COLUMN: SortColumn = {orders: ['unstable'], run: null};

export function runColumn(run: string): SortColumn {
  return {orders: ['worst', 'best'], run};
}

/** The change of the sort that a click asks for; `adds`: of the second key. */
export function sortBy(sort: Sort, column: SortColumn, adds: boolean): Partial<Sort> {
  if (!adds || isBy(sort, column) || sort.by === 'dataset') {
    return {...nextKey(sort, column), ...(!adds && {then: null})};
  }
  return {then: nextKey(sort.then, column)};
}

function nextKey(key: SortKey | null, {orders, run}: SortColumn): SortKey {
  const place = key !== null && isBy(key, {orders, run}) ? orders.indexOf(key.by) : -1;
  return {by: orders[(place + 1) % orders.length]!, run};
}

function isBy(key: SortKey, {orders, run}: SortColumn): boolean {
  return orders.includes(key.by) && key.run === run;
}

/** How a column is sorted by a key. */
export interface ColumnSort {
  readonly direction: 'ascending' | 'descending';
  /** Whether it is the first or the second key. */
  readonly place: 1 | 2;
}

/** Undefined where no key is of the column. */
export function columnSort(
  sort: Sort,
  column: SortColumn,
  lowerIsBetter: boolean,
): ColumnSort | undefined {
  const keys = [sort, ...(sort.then === null ? [] : [sort.then])];
  const place = keys.findIndex((key) => key.by !== 'dataset' && isBy(key, column));
  const key = keys[place];
  return key && {direction: directionOf(key.by, lowerIsBetter), place: place === 0 ? 1 : 2};
}

function directionOf(by: Order, lowerIsBetter: boolean): ColumnSort['direction'] {
  switch (by) {
    case 'dataset':
    case 'id':
      return 'ascending';
    case 'worst':
    case 'regressed':
      return lowerIsBetter ? 'descending' : 'ascending';
    case 'best':
    case 'improved':
      return lowerIsBetter ? 'ascending' : 'descending';
    case 'runs':
    case 'lead':
    case 'unstable':
    case 'flagged':
    case 'confusion':
      return 'descending';
  }
}
