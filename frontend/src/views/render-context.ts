// SPDX-License-Identifier: Apache-2.0
/** What all panes of the page share. */
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {Painter} from '../kinds/scene.js';

/** What all panes of the page share: decoded pictures, and the painter that shows them. */
export interface RenderContext {
  readonly decoder: PictureDecoder;
  readonly painter: Painter;
}
