// SPDX-License-Identifier: Apache-2.0
import {beforeEach, expect, it} from 'vitest';
import {View} from './view.js';

let view: View;
let steps: number[];
let scales: number[];

beforeEach(() => {
  const root = {style: {setProperty: () => undefined}, classList: {toggle: () => true}};
  view = new View(root as unknown as HTMLElement, 3);
  steps = [];
  scales = [];
  view.onStep(() => steps.push(view.step));
  view.onChange(() => scales.push(view.scale));
  view.show();
});

it('tells its listeners what is shown at first', () => {
  expect(steps).toEqual([2]);
  expect(scales).toEqual([1]);
});

it('tells of the step where that changes alone', () => {
  view.goTo(1);
  view.goTo(-1);
  expect(steps).toEqual([2, 1, 0]);
  expect(scales).toEqual([1]);
});

it('does not tell of the step while something is dragged', () => {
  view.zoomBy(2);
  view.panBy(0.1, 0.1);
  view.setSwipes(true);
  view.moveDivider(0.3);
  view.fit();
  expect(steps).toEqual([2]);
  expect(scales).toEqual([1, 2, 2, 2, 2, 1]);
});
