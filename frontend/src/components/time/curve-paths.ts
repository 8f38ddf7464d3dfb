// SPDX-License-Identifier: Apache-2.0

import type {Curve} from '../../store/models.js';

/** The box curves are drawn in; it is stretched to the timeline. */
export const WIDTH = 1000;
export const HEIGHT = 100;
const MARGIN = 6;

/** From values to heights in the box; one scale for all curves. */
export function heightScale(curves: readonly Curve[]): (value: number) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const {y} of curves) {
    for (const value of y) {
      if (value < low) {
        low = value;
      }
      if (value > high) {
        high = value;
      }
    }
  }
  const span = high - low;
  if (!(span > 0)) {
    return () => HEIGHT / 2;
  }
  return (value) => HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN);
}

export function curvePath({x, y}: Curve, heightOf: (value: number) => number): string {
  return x
    .map(
      (at, i) => `${i === 0 ? 'M' : 'L'}${(at * WIDTH).toFixed(1)} ${heightOf(y[i]!).toFixed(1)}`,
    )
    .join('');
}

/** Whether most curves begin in the upper half, so that the lower left corner is the free one. */
export function beginsHigh(curves: readonly Curve[], heightOf: (value: number) => number): boolean {
  const starts = curves.flatMap(({y}) => y.slice(0, 1)).map(heightOf);
  return starts.filter((height) => height < HEIGHT / 2).length > starts.length / 2;
}

/** The curve's value at the place nearest to `fraction`. */
export function valueNear({x, y}: Curve, fraction: number): number | null {
  let nearest = -1;
  for (let i = 0; i < x.length; i++) {
    if (nearest < 0 || Math.abs(x[i]! - fraction) <= Math.abs(x[nearest]! - fraction)) {
      nearest = i;
    }
  }
  return y[nearest] ?? null;
}
