// SPDX-License-Identifier: Apache-2.0
/**
 * Labels: small numbers that are equal where pictures agree, whatever integers they were stored as. Classes of masks, or "at least
 * the threshold" of heatmaps.
 */
import type {Table} from './operation.js';
import type {Raster} from './raster.js';

/** A raster with the label of each stored value. */
export interface Labelled {
  readonly raster: Raster;
  readonly labels: Uint32Array;
}

// Three pictures of 16 bits have up to 3 * 2^16 classes, so labels need more than 16 bits. They are ints in the shader.

/** Label of pixels that are not judged: an ignored class, a stored value without a class, NaN. */
export const noLabel = 0x7fffffff;

/** Set in the label of a class that is not shown. */
export const hiddenLabel = 0x40000000;

export function labelTable({labels}: Labelled): Table {
  return {type: 'labels', table: labels};
}
