// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {fittingLabel} from './pixel-labels.js';

const LABELS = [['pedestrian'], ['11']];

it.each([
  [100, ['pedestrian']],
  [40, ['11']],
  [12, undefined],
])('writes the first label that can be read on a pixel of %i CSS pixels', (size, lines) => {
  expect(fittingLabel(LABELS, {width: size, height: size})?.lines).toEqual(lines);
});

it('writes no larger than text is read best', () => {
  expect(fittingLabel(LABELS, {width: 900, height: 900})?.font).toBe(13);
});
