// SPDX-License-Identifier: Apache-2.0
/** Whether integers that were logged as an image look like class ids. */
import type {DecodedRaster} from '../pixels/raster.js';

/** A mask has few classes; of more values it may be a photograph. */
const MOST_CLASSES = 32;
/** Ids beyond this are too many to tell from grey levels. */
const LARGEST_ID = 63;
/** What most data sets ignore. */
const IGNORED = 255;

/** True for two or more small integers, and not many. */
export function looksLikeClasses({channels, bits, data}: DecodedRaster): boolean {
  if (channels !== 1 || bits === 32) {
    return false;
  }
  const found = new Set<number>();
  for (const value of data) {
    if (value > LARGEST_ID && value !== IGNORED) {
      return false;
    }
    found.add(value);
  }
  return found.size > 1 && found.size <= MOST_CLASSES;
}
