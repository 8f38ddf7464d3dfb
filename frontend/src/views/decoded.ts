// SPDX-License-Identifier: Apache-2.0
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Pixels} from '../decode/pixels.js';
import {contentKey} from '../decode/stored.js';
import type {Raster} from '../pixels/raster.js';
import type {ShotPicture} from '../store/data.js';
import {PENDING, ready, type Resource} from '../store/resource.js';
import {errorMessage} from '../error-message.js';

interface Claim {
  result: Resource<Raster>;
  /** Whether the element shows it, and updates when it is there. */
  shown: boolean;
  readonly abort: AbortController;
}

/**
 * The decoded pictures that one element shows. Reading asks for decoding; the element updates when it ends. What a collection
 * did not read is let go, and its decoding dropped if nobody else wants it.
 */
export class Decoded implements ReactiveController {
  #claims = new Map<string, Claim>();
  #kept = new Map<string, Claim>();
  #news = true;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#news = true;
    this.host.requestUpdate();
  }

  /** Whether something was decoded since the last collection. */
  get hasNews(): boolean {
    return this.#news;
  }

  /** Runs `reading`, which reads all that is shown. */
  collect<T>(reading: () => T): T {
    this.#news = false;
    this.#kept = this.#claims;
    this.#claims = new Map();
    const result = reading();
    for (const [key, claim] of this.#kept) {
      if (!this.#claims.has(key)) {
        claim.abort.abort();
      }
    }
    this.#kept = new Map();
    return result;
  }

  hostDisconnected(): void {
    for (const claim of this.#claims.values()) {
      claim.abort.abort();
    }
    this.#claims = new Map();
  }

  read(pixels: Pixels, picture: ShotPicture, blob: Uint8Array<ArrayBuffer>): Resource<Raster> {
    const claim = this.#claimed(pixels, picture, blob, false);
    if (!claim.shown && claim.result.state === 'pending') {
      pixels.hasten(picture);
    }
    claim.shown = true;
    return claim.result;
  }

  /** Decodes what is likely to be read next. */
  expect(pixels: Pixels, picture: ShotPicture, blob: Uint8Array<ArrayBuffer>): void {
    this.#claimed(pixels, picture, blob, true);
  }

  #claimed(
    pixels: Pixels,
    picture: ShotPicture,
    blob: Uint8Array<ArrayBuffer>,
    expected: boolean,
  ): Claim {
    const key = contentKey(picture);
    const claim =
      this.#claims.get(key) ?? this.#kept.get(key) ?? this.#claim(pixels, picture, blob, expected);
    this.#claims.set(key, claim);
    return claim;
  }

  #claim(
    pixels: Pixels,
    picture: ShotPicture,
    blob: Uint8Array<ArrayBuffer>,
    expected: boolean,
  ): Claim {
    const held = pixels.peek(picture);
    const claim: Claim = {
      result: held === undefined ? PENDING : ready(held),
      shown: false,
      abort: new AbortController(),
    };
    if (held === undefined) {
      pixels.raster(picture, blob, claim.abort.signal, expected).then(
        (raster) => {
          this.#settle(claim, ready(raster));
        },
        (error: unknown) => {
          if (claim.abort.signal.aborted) {
            return;
          }
          this.#settle(claim, {
            state: 'error',
            message: errorMessage(error),
          });
        },
      );
    }
    return claim;
  }

  #settle(claim: Claim, result: Resource<Raster>): void {
    claim.result = result;
    if (!claim.shown) {
      return;
    }
    this.#news = true;
    this.host.requestUpdate();
  }
}
