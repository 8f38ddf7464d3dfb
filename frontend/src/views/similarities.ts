// SPDX-License-Identifier: Apache-2.0
import type {ReactiveControllerHost} from 'lit';
import type {Pixels} from '../decode/pixels.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {Picture} from '../kinds/kind.js';
import type {Raster} from '../pixels/raster.js';

/** SSIM maps of pairs of images, computed once each in a worker; the element updates when one is there. */
export class Similarities {
  readonly #maps = new WeakMap<Raster, WeakMap<Raster, {map: HeatmapPicture | undefined}>>();
  #news = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether a map came since this was last asked. */
  takeNews(): boolean {
    const news = this.#news;
    this.#news = false;
    return news;
  }

  read(pixels: Pixels, truth: Picture, prediction: Picture): HeatmapPicture | undefined {
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
    pixels.ssim(truth.raster, prediction.raster).then(
      ({picture}) => {
        slot.map = picture;
        this.#news = true;
        this.host.requestUpdate();
      },
      () => {
        // Only when the page's pixels are disposed of: there is nothing left to show it on.
      },
    );
    return undefined;
  }
}
