// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Curve} from '../../store/models.js';
import {HEIGHT, beginsHigh, curvePath, heightScale, valueNear} from './curve-paths.js';

function curve(x: readonly number[], y: readonly number[]): Curve {
  return {run: 'r', color: 'red', dashed: false, x, y};
}

describe('curves', () => {
  it('share one scale, the highest value near the top', () => {
    const heightOf = heightScale([curve([0, 1], [0, 5]), curve([0, 1], [10, 5])]);

    expect(heightOf(10)).toBeLessThan(heightOf(5));
    expect(heightOf(10)).toBeGreaterThan(0);
    expect(heightOf(0)).toBeLessThan(HEIGHT);
  });

  it('that do not change lie in the middle', () => {
    expect(heightScale([curve([0, 1], [3, 3])])(3)).toBe(HEIGHT / 2);
    expect(heightScale([])(3)).toBe(HEIGHT / 2);
  });

  it('run from left to right', () => {
    expect(curvePath(curve([0, 0.5, 1], [1, 2, 3]), (value) => value)).toBe(
      'M0.0 1.0L500.0 2.0L1000.0 3.0',
    );
  });

  it('tell the value at the nearest place that has one', () => {
    expect(valueNear(curve([0, 0.5], [1, 2]), 0.2)).toBe(1);
    expect(valueNear(curve([0, 0.5], [1, 2]), 0.9)).toBe(2);
    expect(valueNear(curve([], []), 0.9)).toBeNull();
  });

  it('leave the lower corner free when they begin high', () => {
    const curves = [curve([0, 1], [9, 1]), curve([0, 1], [8, 1])];

    expect(beginsHigh(curves, heightScale(curves))).toBe(true);
    expect(beginsHigh([], heightScale([]))).toBe(false);
  });
});
