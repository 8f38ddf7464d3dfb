// SPDX-License-Identifier: Apache-2.0
import type {Digest} from '../../api/wire.js';
import type {StoredPicture} from '../../decode/stored.js';
import type {Painter} from '../../paint/scene.js';
import type {Raster} from '../../render/types.js';
import {PENDING, ready, type Resource} from '../../store/resource.js';

/** Decodes one PNG, away from the main thread. */
export type Decode = (picture: StoredPicture, blob: Uint8Array<ArrayBuffer>) => Promise<Raster>;

/** Bytes of decoded pictures kept for cards that scroll back into sight and for steps that are played again. */
const KEPT_BYTES = 256 * 2 ** 20;

/**
 * What all panes of the page share: one painter, and one decoded copy of each picture. Decoding is asked for by reading;
 * whoever got `pending` hears of the end through `watch`.
 */
export class Studio {
  readonly #rasters = new Map<Digest, Resource<Raster>>();
  readonly #watchers = new Set<(digest: Digest) => void>();
  #bytes = 0;

  constructor(
    readonly painter: Painter,
    readonly decode: Decode,
    readonly limit = KEPT_BYTES,
  ) {}

  raster(picture: StoredPicture, blob: Uint8Array<ArrayBuffer>): Resource<Raster> {
    const held = this.#rasters.get(picture.digest);
    if (held !== undefined) {
      // The map's order is the order of last use.
      this.#rasters.delete(picture.digest);
      this.#rasters.set(picture.digest, held);
      return held;
    }
    this.#rasters.set(picture.digest, PENDING);
    this.decode(picture, blob).then(
      (raster) => {
        this.#settle(picture.digest, ready(raster));
      },
      (error: unknown) => {
        this.#settle(picture.digest, {state: 'error', message: error instanceof Error ? error.message : String(error)});
      },
    );
    return PENDING;
  }

  /** Calls `watcher` with the digest of each picture that was decoded or failed, until the returned function is called. */
  watch(watcher: (digest: Digest) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #settle(digest: Digest, result: Resource<Raster>): void {
    this.#rasters.set(digest, result);
    this.#bytes += bytesOf(result);
    for (const [old, resource] of this.#rasters) {
      if (this.#bytes <= this.limit) break;
      if (old === digest || resource.state === 'pending') continue;
      this.#bytes -= bytesOf(resource);
      this.#rasters.delete(old);
    }
    for (const watcher of this.#watchers) watcher(digest);
  }
}

function bytesOf(resource: Resource<Raster>): number {
  return resource.state === 'ready' ? resource.value.data.byteLength : 0;
}
