// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {drawCurves, fractionOf, stepAt} from './curve-drawing.js';

const a = {run: 'a', color: 'red', steps: ['0', '50', '100'], values: [1, 3, 2]};

it('draws all curves to one scale', () => {
  const b = {run: 'b', color: 'blue', steps: ['0', '25'], values: [5, 1]};
  const drawing = drawCurves([a, b]);
  expect(drawing.range).toEqual([1, 5]);
  expect(drawing.steps).toEqual(['0', '25', '50', '100']);
  expect(drawing.paths.map(({points}) => points)).toEqual([
    [
      [
        {x: 0, y: 1},
        {x: 0.5, y: 0.5},
        {x: 1, y: 0.75},
      ],
    ],
    [
      [
        {x: 0, y: 0},
        {x: 0.25, y: 1},
      ],
    ],
  ]);
});

it('leaves a gap where nothing was measured', () => {
  const drawing = drawCurves([{...a, values: [1, null, 2]}]);
  expect(drawing.paths[0]!.points.map((line) => line.length)).toEqual([1, 1]);
});

it('has no range without values', () => {
  expect(drawCurves([{...a, values: [null, Number.NaN, null]}]).range).toBeNull();
});

it('finds the step at a place and the place of a step', () => {
  const drawing = drawCurves([a]);
  expect(stepAt(drawing, 0.6)).toBe('50');
  expect(fractionOf(drawing, '90')).toBe(1);
});
