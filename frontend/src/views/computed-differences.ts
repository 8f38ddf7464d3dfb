// SPDX-License-Identifier: Apache-2.0
/** Computes differences for one element, each once. */
import type {ReactiveControllerHost} from 'lit';
import {CALLED_OFF} from '../decode/called-off.js';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {ComputedDifference} from '../kinds/computed.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';

type Decoder = Pick<PictureDecoder, 'computeDifference'>;

interface Slot {
  found: ComputedDifference | undefined;
  /** Calls its computing off, while that has not begun. */
  readonly abort: AbortController;
}

/**
 * Differences of pairs of pictures, computed once each in a worker; the element updates when one is there. One that a
 * collection did not read is not computed, unless that has begun.
 */
export class ComputedDifferences {
  /** By the truth, by the prediction, by the id of the difference. */
  readonly #known = new WeakMap<DecodedRaster, WeakMap<DecodedRaster, Map<string, Slot>>>();
  readonly #pending = new Set<Slot>();
  #read = new Set<Slot>();
  #isDirty = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether one came since `takeDirty` was last asked. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** Whether one came since this was last asked. */
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
        slot.abort.abort(CALLED_OFF);
      }
    }
    return result;
  }

  read(
    decoder: Decoder,
    id: string,
    truth: Picture,
    prediction: Picture,
  ): ComputedDifference | undefined {
    const slots = this.#slotsOf(truth.raster, prediction.raster);
    const known = slots.get(id);
    const isCalledOff = known?.found === undefined && known?.abort.signal.aborted === true;
    const slot =
      known === undefined || isCalledOff ? this.#compute(decoder, id, truth, prediction) : known;
    slots.set(id, slot);
    this.#read.add(slot);
    return slot.found;
  }

  #slotsOf(truth: DecodedRaster, prediction: DecodedRaster): Map<string, Slot> {
    const ofTruth = this.#known.get(truth) ?? new WeakMap<DecodedRaster, Map<string, Slot>>();
    this.#known.set(truth, ofTruth);
    const slots = ofTruth.get(prediction) ?? new Map<string, Slot>();
    ofTruth.set(prediction, slots);
    return slots;
  }

  #compute(decoder: Decoder, id: string, truth: Picture, prediction: Picture): Slot {
    const slot: Slot = {found: undefined, abort: new AbortController()};
    this.#pending.add(slot);
    decoder
      .computeDifference(id, truth.raster, prediction.raster, slot.abort.signal)
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
