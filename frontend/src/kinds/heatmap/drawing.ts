// SPDX-License-Identifier: Apache-2.0
/** One heatmap in colours: through its colour map, or in one colour where it reaches a threshold. */
import {opaque, transparent} from '../../pixels/color.js';
import {groundLut} from '../../pixels/ground.js';
import type {Labelled} from '../../pixels/labels.js';
import {drawLut} from '../../pixels/lut-operation.js';
import type {Lut} from '../../pixels/lut.js';
import {identity} from '../../pixels/memo.js';
import type {SampleOperation} from '../../pixels/operation.js';
import type {Tables} from '../tables.js';
import {heatmapLut} from './colors.js';
import {drawExact, labelReached, shownLevels} from './exact.js';
import type {HeatmapDisplay, HeatmapPicture} from './picture.js';
import {thresholdLabels, type Levels} from './values.js';

export function drawHeatmap(
  picture: HeatmapPicture,
  display: HeatmapDisplay,
  tables: Tables,
): SampleOperation {
  const {threshold, thresholdColor} = display;
  if (threshold === null) {
    return drawNumbers(picture, display, tables);
  }
  const {raster, labels} = thresholded(picture, threshold, tables);
  const key = `heatmap above ${thresholdColor} ${identity(labels)}`;
  const colors = tables.get(key, () =>
    labels.map((label) => (label === 1 ? opaque(thresholdColor) : transparent)),
  );
  return drawLut(raster, {solid: colors, stripe: colors});
}

/** In the greys of a ground, whatever threshold there is. */
export function drawHeatmapGround(
  picture: HeatmapPicture,
  display: HeatmapDisplay,
  tables: Tables,
): SampleOperation {
  return drawNumbers(picture, display, tables, (lut) =>
    tables.get(`ground ${identity(lut.solid)}`, () => groundLut(lut)),
  );
}

/** Through the colour map, whatever threshold there is. */
function drawNumbers(
  {raster, range}: HeatmapPicture,
  display: HeatmapDisplay,
  tables: Tables,
  recolor = (lut: Lut) => lut,
): SampleOperation {
  if (raster.bits === 32) {
    const lut = lutOf(shownLevels, {...display, range: [0, 1]}, tables);
    return drawExact(raster, display.range ?? range, recolor(lut));
  }
  return drawLut(raster, recolor(lutOf({raster, range}, display, tables)));
}

function lutOf(levels: Levels, display: HeatmapDisplay, tables: Tables): Lut {
  const {range, colormap: map, reversed} = display;
  const key = `heatmap colours ${levelsKey(levels)} ${range?.join()} ${map} ${reversed}`;
  return tables.get(key, () => heatmapLut(levels, display));
}

/** 1 where a picture is at least the threshold. */
export function thresholded(picture: HeatmapPicture, threshold: number, tables: Tables): Labelled {
  return labelReached(picture, threshold, (levels) =>
    tables.get(`heatmap threshold ${levelsKey(levels)} ${threshold}`, () =>
      thresholdLabels(levels, threshold),
    ),
  );
}

function levelsKey({raster, range}: Levels): string {
  return `${raster.bits} ${range.join()}`;
}
