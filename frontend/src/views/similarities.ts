// SPDX-License-Identifier: Apache-2.0
/** Computes SSIM maps for one element, each once. */
import type {ReactiveControllerHost} from 'lit';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {Similarity} from '../kinds/image/ssim.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';

interface Slot {
  found: Similarity | undefined;
  /** Calls its computing off, while that has not begun. */
  readonly abort: AbortController;
}

/**
 * SSIM maps of pairs of images, computed once each in a worker; the element updates when one is there. A map that a
 * collection did not read is not computed, unless that has begun.
 */
export class Similarities {
  readonly #maps = new WeakMap<DecodedRaster, WeakMap<DecodedRaster, Slot>>();
  readonly #pending = new Set<Slot>();
  #read = new Set<Slot>();
  #isDirty = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether a map came since this was last asked. */
  takeDirty(): boolean {
    const isDirty = this.#isDirty;
    this.#isDirty = false;
    return isDirty;
  }

  /** Runs `reading`, which reads all that is shown. */
  collect<T>(reading: () => T): T {
    this.#read = new Set();
    const result = reading();
    for (const slot of this.#pending) {
      if (!this.#read.has(slot)) {
        slot.abort.abort();
      }
    }
    return result;
  }

  read(
    decoder: Pick<PictureDecoder, 'ssim'>,
    truth: Picture,
    prediction: Picture,
  ): Similarity | undefined {
    let ofTruth = this.#maps.get(truth.raster);
    if (ofTruth === undefined) {
      this.#maps.set(truth.raster, (ofTruth = new WeakMap()));
    }
    const known = ofTruth.get(prediction.raster);
    const isCalledOff = known?.found === undefined && known?.abort.signal.aborted === true;
    const slot =
      known === undefined || isCalledOff ? this.#compute(decoder, truth, prediction) : known;
    ofTruth.set(prediction.raster, slot);
    this.#read.add(slot);
    return slot.found;
  }

  #compute(decoder: Pick<PictureDecoder, 'ssim'>, truth: Picture, prediction: Picture): Slot {
    const slot: Slot = {found: undefined, abort: new AbortController()};
    this.#pending.add(slot);
    decoder
      .ssim(truth.raster, prediction.raster, slot.abort.signal)
      .then(
        (found) => {
          slot.found = found;
          this.#isDirty = true;
          this.host.requestUpdate();
        },
        () => {
          // It was called off, or the page's pixels are disposed of: there is nothing left to show it on.
        },
      )
      .finally(() => this.#pending.delete(slot));
    return slot;
  }
}
