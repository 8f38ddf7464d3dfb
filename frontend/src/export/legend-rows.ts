// SPDX-License-Identifier: Apache-2.0
/** Lays the legend of a figure out in rows, and leaves classes out where there are too many. */
import {legendSwatch, type LegendEntry} from '../kinds/legend.js';
import {plural} from '../texts/numbers.js';
import type {SeenClass} from '../views/seen-classes.js';
import {fitted, type Measure} from './figure-text.js';

/** What a figure says of its colours. */
export interface FigureLegend {
  /** Of differences, on rows of their own. */
  readonly compared: readonly LegendEntry[];
  /** Of the pictures themselves. */
  readonly own: readonly LegendEntry[];
  readonly classes: readonly SeenClass[];
}

/** An entry and its place in the row. */
export interface PlacedEntry {
  readonly entry: LegendEntry;
  /** In pixels. */
  readonly left: number;
}

export type LegendRows = readonly (readonly PlacedEntry[])[];

/** Pixels that each mark is wide. */
export const MARKS = {text: 0, swatch: 10, line: 20, disc: 16, scale: 96} as const;
/** Between a mark and its text. */
export const NEAR = 6;
const APART = 14;

/** Rows that name classes, and as many of them as anyone reads. */
const MOST_ROWS = 6;
const MOST_CLASSES = 200;

/** `width` in pixels; `measure` is that of a text. */
export function layOutLegend(legend: FigureLegend, width: number, measure: Measure): LegendRows {
  return [
    ...rowsOf(legend.compared, width, measure),
    ...rowsWithClasses(legend.own, legend.classes, width, measure),
  ];
}

/** The largest classes of those that have no room for all, with how many are left out. */
function rowsWithClasses(
  own: readonly LegendEntry[],
  classes: readonly SeenClass[],
  width: number,
  measure: Measure,
): LegendRows {
  const bySize = [...classes].sort((a, b) => b.pixels - a.pixels);
  for (let most = Math.min(classes.length, MOST_CLASSES); most > 0; most--) {
    const named = new Set(bySize.slice(0, most));
    const entries = classes
      .filter((one) => named.has(one))
      .map(({style: {color, name}}) => legendSwatch(color, name));
    const rows = rowsOf([...own, ...entries, ...leftOut(classes.length - most)], width, measure);
    if (rows.length <= MOST_ROWS) {
      return rows;
    }
  }
  return rowsOf([...own, ...leftOut(classes.length)], width, measure);
}

function leftOut(classes: number): readonly LegendEntry[] {
  return classes === 0
    ? []
    : [{type: 'text', text: `and ${classes} more ${plural('class', classes)}`}];
}

function rowsOf(entries: readonly LegendEntry[], width: number, measure: Measure): LegendRows {
  const rows: PlacedEntry[][] = [];
  let end = Infinity;
  for (const whole of entries) {
    const entry = cut(whole, width, measure);
    const own = widthOf(entry, measure);
    if (end + own > width) {
      rows.push([]);
      end = 0;
    }
    rows.at(-1)!.push({entry, left: end});
    end += own + APART;
  }
  return rows;
}

function widthOf(entry: LegendEntry, measure: Measure): number {
  const mark = MARKS[entry.type];
  if (entry.type === 'scale') {
    return mark + 2 * NEAR + measure(entry.ticks[0] ?? '') + measure(entry.ticks.at(-1) ?? '');
  }
  return mark + (mark === 0 ? 0 : NEAR) + measure(entry.text);
}

/** No name takes a row that others fit into. */
const WIDEST_NAME = 180;

function cut(entry: LegendEntry, width: number, measure: Measure): LegendEntry {
  if (entry.type === 'scale') {
    return entry;
  }
  const room = entry.type === 'swatch' ? Math.min(width, WIDEST_NAME) : width;
  return {...entry, text: fitted(measure, entry.text, room - MARKS[entry.type] - NEAR)};
}
