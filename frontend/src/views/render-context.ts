// SPDX-License-Identifier: Apache-2.0
import type {Pixels} from '../decode/pixels.js';
import type {Painter} from '../kinds/scene.js';

/** What all panes of the page share: decoded pictures, and the painter that shows them. */
export interface Studio {
  readonly pixels: Pixels;
  readonly painter: Painter;
}
