// SPDX-License-Identifier: Apache-2.0
/** A timeline of one run and five steps. */
import type {Timeline} from '../../src/store/page.js';

export const STEPS = ['0', '10', '20', '30', '40'];
export const TIMELINE: Timeline = {
  steps: STEPS,
  fractions: [0, 0.25, 0.5, 0.75, 1],
  index: 4,
  step: '40',
  wallTime: null,
  curves: [
    {
      run: 'a',
      color: 'red',
      dashed: false,
      ends: ['0', '40'],
      steps: STEPS,
      x: [0, 0.25, 0.5, 0.75, 1],
      y: [0.1, 0.8, 0.2, 0.8, 0.9],
      averaged: STEPS.map(() => undefined),
    },
  ],
  dips: [{step: '20', fraction: 0.5, value: 0.2, color: 'red'}],
  tag: 'val',
  sample: null,
  metric: 'iou',
  lowerIsBetter: false,
  marked: null,
  sampled: [],
};
