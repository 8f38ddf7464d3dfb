// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {legendText, type LegendEntry} from '../kinds/legend.js';
import type {SeenClass} from '../views/seen-classes.js';
import {layOutLegend, type LegendRows} from './legend-rows.js';

const measure = (text: string): number => 7 * text.length;

function classes(count: number, pixels: (id: number) => number = () => 1): readonly SeenClass[] {
  return Array.from({length: count}, (_, id) => ({
    style: {id, name: `class ${id}`, color: id, ignored: false},
    pixels: pixels(id),
  }));
}

function texts(rows: LegendRows): readonly string[] {
  return rows.flatMap((row) => row.map(({entry}) => ('text' in entry ? entry.text : 'a scale')));
}

it('names all classes in their order where there is room', () => {
  const rows = layOutLegend({compared: [], own: [], classes: classes(5, (id) => id)}, 200, measure);
  expect(rows.map((row) => row.length)).toEqual([2, 2, 1]);
  expect(texts(rows)).toEqual(['class 0', 'class 1', 'class 2', 'class 3', 'class 4']);
});

it('names the largest of many classes, in their order, and says how many are left out', () => {
  const many = classes(300, (id) => (id === 250 ? 1000 : 300 - id));
  const rows = layOutLegend({compared: [], own: [], classes: many}, 400, measure);
  const names = texts(rows);
  expect(rows.length).toBe(6);
  expect(names.slice(0, 3)).toEqual(['class 0', 'class 1', 'class 2']);
  expect(names.at(-2)).toBe('class 250');
  expect(names.at(-1)).toBe(`and ${300 - (names.length - 1)} more classes`);
});

it('puts no entry beyond the width, however long its name', () => {
  const long = legendText('wrong '.repeat(40));
  const scale: LegendEntry = {type: 'scale', colors: ['#000', '#fff'], ticks: ['−1', '+1 m']};
  const [named] = classes(1);
  const style = {...named!.style, name: 'x'.repeat(300)};
  const rows = layOutLegend(
    {compared: [long, scale], own: [], classes: [{style, pixels: 1}]},
    240,
    measure,
  );
  expect(rows.map((row) => row.length)).toEqual([1, 1, 1]);
  expect(texts(rows).every((text) => measure(text) <= 240)).toBe(true);
  expect(texts(rows).at(-1)).toContain('…');
});

it('has no rows where there is nothing to say', () => {
  expect(layOutLegend({compared: [], own: [], classes: []}, 240, measure)).toEqual([]);
});
