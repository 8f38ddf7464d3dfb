// SPDX-License-Identifier: Apache-2.0
/** Exposure, range and gamma of an image: their sliders, and one table per picture. */
import {storedValues} from '../../pixels/lut.js';
import type {ImageDisplay} from './picture.js';
import type {Raster} from '../../pixels/raster.js';
import {clamp} from '../../clamp.js';
import {EXPOSURE} from '../../sliders.js';
import {formatChange, formatNumber} from '../../texts/numbers.js';
import type {KindSlider} from '../kind.js';

export const EXPOSURE_SLIDER: KindSlider = {
  ...EXPOSURE,
  label: 'Exposure',
  ends: [-6, 6],
  step: 0.5,
  text: formatChange,
  spokenText: (stops) => `${stops} stops`,
};

export const GAMMA_SLIDER: KindSlider = {
  id: 'gamma',
  initial: 1,
  bounds: [0.1, 10],
  label: 'Gamma',
  ends: [0.25, 4],
  step: 0.1,
  isLogarithmic: true,
  text: formatNumber,
};

/**
 * The shown 8-bit value of every stored one: 255 clamp(2^exposure (x - low) / (high - low), 0, 1)^(1 / gamma), where x is the
 * stored value as a fraction of full scale. Applied to what was stored, not to linear light, so 0 and 1 mean "as it is".
 */
export function toneTable(bits: Raster['bits'], display: ImageDisplay): Uint8Array {
  const table = new Uint8Array(storedValues(bits));
  const [low, high] = display.range;
  const factor = 2 ** display.exposure / (high - low);
  for (let value = 0; value < table.length; value++) {
    const x = (value / (table.length - 1) - low) * factor;
    // An empty range (low = high) is a step from black to white.
    const clamped = Number.isNaN(x) ? 0 : clamp(x, 0, 1);
    table[value] = Math.round(255 * clamped ** (1 / display.gamma));
  }
  return table;
}
