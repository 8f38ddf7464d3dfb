// SPDX-License-Identifier: Apache-2.0
/** Computes SSIM maps for one element, each once. */
import type {ReactiveControllerHost} from 'lit';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {Similarity} from '../kinds/image/ssim.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';

/** SSIM maps of pairs of images, computed once each in a worker; the element updates when one is there. */
export class Similarities {
  readonly #maps = new WeakMap<
    DecodedRaster,
    WeakMap<DecodedRaster, {found: Similarity | undefined}>
  >();
  #isDirty = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether a map came since this was last asked. */
  takeDirty(): boolean {
    const isDirty = this.#isDirty;
    this.#isDirty = false;
    return isDirty;
  }

  read(decoder: PictureDecoder, truth: Picture, prediction: Picture): Similarity | undefined {
    let ofTruth = this.#maps.get(truth.raster);
    if (ofTruth === undefined) {
      this.#maps.set(truth.raster, (ofTruth = new WeakMap()));
    }
    const known = ofTruth.get(prediction.raster);
    if (known !== undefined) {
      return known.found;
    }
    const slot: {found: Similarity | undefined} = {found: undefined};
    ofTruth.set(prediction.raster, slot);
    decoder.ssim(truth.raster, prediction.raster).then(
      (found) => {
        slot.found = found;
        this.#isDirty = true;
        this.host.requestUpdate();
      },
      () => {
        // Only when the page's pixels are disposed of: there is nothing left to show it on.
      },
    );
    return undefined;
  }
}
