// SPDX-License-Identifier: Apache-2.0
/** The colours of a heatmap's values. Apart from what the values mean, which workers load too. */
import {opaque} from '../../pixels/color.js';
import {colorAt, colormap} from '../../pixels/colormaps.js';
import {buildLut, type Lut} from '../../pixels/lut.js';
import {ignoredColor, ignoredStripe, infinityStripe} from '../../pixels/no-value.js';
import type {Range} from '../../pixels/raster.js';
import {BEYOND, beyondStripe} from '../beyond.js';
import type {HeatmapDisplay} from './picture.js';
import {heatmapValue, type Levels} from './values.js';

/** The colours of all levels; of `display`, its threshold does not count. */
export function heatmapLut(levels: Levels, display: HeatmapDisplay): Lut {
  const map = colormap(display.colormap, display.reversed);
  const [low, high] = display.range ?? levels.range;
  return buildLut(levels.raster.bits, (stored) => {
    const value = heatmapValue(levels, stored);
    if (Number.isNaN(value)) {
      return [opaque(ignoredColor), opaque(ignoredStripe)];
    }
    const color = colorAt(map, fraction(value, low, high));
    if (!Number.isFinite(value)) {
      return [color, opaque(infinityStripe)];
    }
    return [color, isBeyond(value, [low, high]) ? beyondStripe : color];
  });
}

/** Whether a range that is shown leaves a value out, by more than storing rounds. */
export function isBeyond(value: number, [low, high]: Range): boolean {
  const slack = (high - low) * (BEYOND - 1);
  return value < low - slack || value > high + slack;
}

/** Where a value lies in a range, not clamped; in an empty range (low = high) its value is the middle. */
function fraction(value: number, low: number, high: number): number {
  if (high > low) {
    return (value - low) / (high - low);
  }
  return value === low ? 0.5 : Number(value > low);
}
