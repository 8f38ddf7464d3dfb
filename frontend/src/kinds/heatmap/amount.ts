// SPDX-License-Identifier: Apache-2.0
/** Draws a picture of amounts, which begin at 0, in the colours of errors. */
import {colormap, type ColormapName} from '../../pixels/colormaps.js';
import {drawLut} from '../../pixels/lut-operation.js';
import type {SampleOperation} from '../../pixels/operation.js';
import {asIntegers} from '../../pixels/raster.js';
import {legendScale, type LegendEntry} from '../legend.js';
import type {Tables} from '../tables.js';
import {heatmapLut} from './colors.js';
import {NUMBERS_ONLY} from './non-numbers.js';
import type {HeatmapPicture} from './picture.js';

const AMOUNTS: ColormapName = 'magma';

/** `limit` is the amount at full colour. */
export function drawAmount(
  picture: HeatmapPicture,
  limit: number,
  tables: Tables,
): SampleOperation {
  const {range} = picture;
  const raster = asIntegers(picture.raster);
  const lut = tables.get(`amount ${raster.bits} ${range.join()} ${limit}`, () =>
    heatmapLut(
      {raster, range},
      {
        range: [0, limit],
        exceeds: {below: false, above: false},
        nonNumbers: NUMBERS_ONLY,
        colormap: AMOUNTS,
        reversed: false,
        threshold: null,
        thresholdColor: 0,
      },
    ),
  );
  return drawLut(raster, lut);
}

export function amountLegend(ticks: readonly [string, string]): LegendEntry {
  return legendScale(colormap(AMOUNTS), ticks);
}
