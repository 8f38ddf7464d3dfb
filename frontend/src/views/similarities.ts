// SPDX-License-Identifier: Apache-2.0
/** Computes SSIM maps for one element, each once. */
import type {ReactiveControllerHost} from 'lit';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';

/** SSIM maps of pairs of images, computed once each in a worker; the element updates when one is there. */
export class Similarities {
  readonly #maps = new WeakMap<
    DecodedRaster,
    WeakMap<DecodedRaster, {map: HeatmapPicture | undefined}>
  >();
  #isDirty = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether a map came since this was last asked. */
  takeDirty(): boolean {
    const isDirty = this.#isDirty;
    this.#isDirty = false;
    return isDirty;
  }

  read(decoder: PictureDecoder, truth: Picture, prediction: Picture): HeatmapPicture | undefined {
    let ofTruth = this.#maps.get(truth.raster);
    if (ofTruth === undefined) {
      this.#maps.set(truth.raster, (ofTruth = new WeakMap()));
    }
    const known = ofTruth.get(prediction.raster);
    if (known !== undefined) {
      return known.map;
    }
    const slot: {map: HeatmapPicture | undefined} = {map: undefined};
    ofTruth.set(prediction.raster, slot);
    decoder.ssim(truth.raster, prediction.raster).then(
      ({picture}) => {
        slot.map = picture;
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
