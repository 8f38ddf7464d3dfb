// SPDX-License-Identifier: Apache-2.0
/**
 * Decodes pictures in workers and keeps the results up to a limit. The page has one decoder for
 * all panes.
 */
import {asIntegers, type DecodedRaster, type Raster} from '../pixels/raster.js';
import {CALLED_OFF} from './called-off.js';
import {WorkerPool, type Priority, type WorkerLike} from './worker-pool.js';
import {createWorker as createDefaultWorker} from './create-worker.js';
import {crop} from './encoded.js';
import {contentKey, wholeOf, type StoredPicture} from './stored.js';
import type {ComputedDifference} from '../kinds/computed.js';
import type {Picture} from '../kinds/kind.js';
import type {MeasuredValues} from '../kinds/measured.js';
import {clamp} from '../clamp.js';

export interface PictureDecoderOptions {
  /** Bound of the decoded pictures that are kept. */
  readonly maxBytes?: number;
  /** Starts a worker; a test gives its own. */
  readonly createWorker?: () => WorkerLike;
  readonly workers?: number;
}

interface Decoding {
  readonly result: Promise<DecodedRaster>;
  readonly abort: AbortController;
  readonly priority: Priority;
  /** How many callers still want it. */
  wanted: number;
}

const defaultMaxBytes = 256 * 2 ** 20;

/** More workers than this only compete with the page and the server for the machine. */
const mostWorkers = 4;

/**
 * The decoded pictures of the page: each content is decoded once, however many panes, steps or runs show it, and kept
 * while there is room; those used longest ago go first.
 */
export class PictureDecoder {
  readonly #kept = new Map<string, DecodedRaster>();
  readonly #decoding = new Map<string, Decoding>();
  readonly #pool: WorkerPool;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor({
    maxBytes = defaultMaxBytes,
    createWorker = createDefaultWorker,
    workers = poolSize(),
  }: PictureDecoderOptions = {}) {
    this.#maxBytes = maxBytes;
    this.#pool = new WorkerPool(createWorker, workers);
    this.#pool.prepare();
  }

  /** The raster if it is decoded already. */
  peek(picture: StoredPicture): DecodedRaster | undefined {
    const key = contentKey(picture);
    const raster = this.#kept.get(key);
    if (raster !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, raster);
    }
    return raster;
  }

  /**
   * Decodes `blob`, unless that was done or is under way. Rejects with an `AbortError` when `signal` fires, and the decoding
   * itself is dropped once no caller waits for it; with an `Error` of one sentence for a blob that is not what `picture` says.
   * Pictures that are only expected wait for all that are shown.
   */
  async raster(
    picture: StoredPicture,
    blob: Uint8Array,
    signal?: AbortSignal,
    expected = false,
  ): Promise<DecodedRaster> {
    signal?.throwIfAborted();
    const held = this.peek(picture);
    if (held !== undefined) {
      return held;
    }
    const decoding = this.#decodingOf(picture, blob);
    if (!expected) {
      this.hasten(picture);
    }
    return this.#join(decoding, signal);
  }

  /** As `raster`, where numbers of 32 bits have no place. */
  async integers(picture: StoredPicture, blob: Uint8Array): Promise<Raster> {
    return asIntegers(await this.raster(picture, blob));
  }

  /** Lets what was only expected wait no longer; of a part, the whole that it is cut from. */
  hasten(picture: StoredPicture): void {
    const decoding = this.#decoding.get(contentKey(picture));
    if (decoding === undefined) {
      return;
    }
    decoding.priority.urgent = true;
    if (picture.crop !== undefined) {
      this.hasten(wholeOf(picture));
    }
  }

  /** Calls `done` when a picture whose decoding is under way is decoded, also where nobody waits for it any more. */
  follow(picture: StoredPicture, done: () => void): void {
    this.#decoding.get(contentKey(picture))?.result.then(done, () => {
      // It was dropped, or can't be decoded.
    });
  }

  /** The difference of that id, the truth aligned to the prediction. */
  computeDifference(
    id: string,
    truth: DecodedRaster,
    prediction: DecodedRaster,
    signal?: AbortSignal,
  ): Promise<ComputedDifference> {
    return this.#pool.do(
      {type: 'compute', id, truth: asIntegers(truth), prediction: asIntegers(prediction)},
      signal,
    );
  }

  /** Metrics of two pictures by their ids; all that is shown goes before them. */
  async measure(
    ids: readonly string[],
    truth: Picture,
    prediction: Picture,
    signal?: AbortSignal,
  ): Promise<MeasuredValues> {
    const task = {type: 'measure', ids, truth, prediction} as const;
    return (await this.#pool.do(task, signal, {urgent: false})).values;
  }

  dispose(): void {
    this.#pool.dispose();
    this.#kept.clear();
    this.#bytes = 0;
  }

  #decodingOf(picture: StoredPicture, blob: Uint8Array): Decoding {
    const key = contentKey(picture);
    const underWay = this.#decoding.get(key);
    if (underWay !== undefined && !underWay.abort.signal.aborted) {
      return underWay;
    }
    const abort = new AbortController();
    const priority = {urgent: false};
    const result =
      picture.crop === undefined
        ? this.#pool.do({type: 'decode', picture, blob}, abort.signal, priority)
        : this.#cut(picture, picture.crop, blob, abort.signal);
    const decoding: Decoding = {result, abort, priority, wanted: 0};
    this.#decoding.set(key, decoding);
    const done = () => {
      if (this.#decoding.get(key) === decoding) {
        this.#decoding.delete(key);
      }
    };
    result.then((raster) => {
      done();
      this.#keep(key, raster);
    }, done);
    return decoding;
  }

  /** What several parts are cut from is decoded once; it is as urgent as the most urgent of them, which hastens it. */
  async #cut(
    picture: StoredPicture,
    {x, y}: NonNullable<StoredPicture['crop']>,
    blob: Uint8Array,
    signal: AbortSignal,
  ): Promise<DecodedRaster> {
    const {width, height} = picture;
    return crop(await this.raster(wholeOf(picture), blob, signal, true), {x, y, width, height});
  }

  #join(decoding: Decoding, signal: AbortSignal | undefined): Promise<DecodedRaster> {
    decoding.wanted++;
    if (signal === undefined) {
      return decoding.result;
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason as Error);
        if (--decoding.wanted === 0) {
          decoding.abort.abort(CALLED_OFF);
        }
      };
      signal.addEventListener('abort', leave, {once: true});
      decoding.result
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', leave));
    });
  }

  #keep(key: string, raster: DecodedRaster): void {
    if (this.#kept.has(key)) {
      return;
    }
    this.#kept.set(key, raster);
    this.#bytes += raster.data.byteLength;
    for (const [oldest, {data}] of this.#kept) {
      if (this.#bytes <= this.#maxBytes || oldest === key) {
        return;
      }
      this.#kept.delete(oldest);
      this.#bytes -= data.byteLength;
    }
  }
}

function poolSize(): number {
  return clamp(navigator.hardwareConcurrency - 1, 2, mostWorkers);
}
