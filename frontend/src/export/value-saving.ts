// SPDX-License-Identifier: Apache-2.0
/** Saves the values of one picture by themselves: no overlay, no colours, no scaling. */
import type {Picture} from '../kinds/kind.js';
import {kindOf} from '../kinds/registry.js';
import type {ValueFormat} from '../views/value-items.js';
import {download} from './download.js';
import {fileName} from './file-name.js';
import {writeNpy} from './npy.js';
import {writePng} from './png-writing.js';

/** `parts` say whose picture it is. Returns the file's name. */
export async function saveValues(
  picture: Picture,
  format: ValueFormat,
  parts: readonly string[],
): Promise<string> {
  const name = fileName(parts, format);
  download(format === 'npy' ? writeNpy(kindOf(picture).values(picture)) : await png(picture), name);
  return name;
}

async function png(picture: Picture): Promise<Blob> {
  const pixels = kindOf(picture).pngPixels(picture);
  if (pixels === undefined) {
    throw new Error('a PNG does not hold these values: save them as .npy');
  }
  return writePng(pixels);
}
