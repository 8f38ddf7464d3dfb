// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics that the page measures itself, each in the room of its kind (`Kind.measures`). Workers do it, so that what is listed here
 * is loaded without the rooms.
 */
import type {Metric} from '../api/types.js';
import {measureImages} from './image/measures.js';
import type {KindName, Picture, Pictures} from './kind.js';
import {measureMasks} from './mask/measures.js';

/** By the id of their `KindMeasure`. */
export type MeasuredValues = Readonly<Record<string, Metric>>;

type Measure<Name extends KindName> = (
  ids: readonly string[],
  truth: Pictures[Name],
  prediction: Pictures[Name],
) => MeasuredValues;

const MEASURES: {readonly [Name in KindName]?: Measure<Name>} = {
  image: measureImages,
  mask: measureMasks,
};

/** The metrics of those ids; `null` where they have no value, as between pictures of two sizes or kinds. */
export function measurePictures(
  ids: readonly string[],
  truth: Picture,
  prediction: Picture,
): MeasuredValues {
  const measure = MEASURES[truth.kind] as Measure<KindName> | undefined;
  const isOneSize =
    truth.raster.width === prediction.raster.width &&
    truth.raster.height === prediction.raster.height;
  const found =
    isOneSize && truth.kind === prediction.kind && measure !== undefined
      ? measure(ids, truth, prediction)
      : {};
  return Object.fromEntries(ids.map((id) => [id, found[id] ?? null]));
}
