// SPDX-License-Identifier: Apache-2.0
/** A controller that decodes what one element shows, and updates the element when it is there. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import {CALLED_OFF} from '../decode/called-off.js';
import {contentKey} from '../decode/stored.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';
import {PENDING, ready, type Resource} from '../store/resource.js';
import {errorMessage} from '../error-message.js';
import {oncePerFrame} from '../once-per-frame.js';

interface Subscription {
  result: Resource<DecodedRaster>;
  /** Whether the element shows it, and updates when it is there. */
  shown: boolean;
  readonly abort: AbortController;
  /** Calls back once it is decoded, though nobody waits for it. */
  readonly follow: (done: () => void) => void;
}

/**
 * The decoded pictures that one element shows. Reading asks for decoding; the element updates when it ends. What a collection
 * did not read is released, and its decoding dropped if no other element wants it and it has not begun. Where it has, the
 * element updates as well: what was passed by is shown if what is wanted is not there yet.
 */
export class DecodedPictures implements ReactiveController {
  #subscriptions = new Map<string, Subscription>();
  #kept = new Map<string, Subscription>();
  #isDirty = true;
  /** Pictures of several steps may come within a frame: one of them is seen. */
  readonly #updateHost: () => void;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
    this.#updateHost = oncePerFrame(() => host.requestUpdate());
  }

  hostConnected(): void {
    this.#isDirty = true;
    this.host.requestUpdate();
  }

  /** Whether something was decoded since the last collection. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** Runs `reading`, which reads all that is shown. */
  collect<T>(reading: () => T): T {
    this.#isDirty = false;
    this.#kept = this.#subscriptions;
    this.#subscriptions = new Map();
    const result = reading();
    for (const [key, subscription] of this.#kept) {
      if (!this.#subscriptions.has(key)) {
        this.#release(subscription);
      }
    }
    this.#kept = new Map();
    return result;
  }

  hostDisconnected(): void {
    for (const subscription of this.#subscriptions.values()) {
      callOff(subscription);
    }
    this.#subscriptions = new Map();
  }

  /** Where it `waits`, it is decoded once all that does not is. */
  read(
    decoder: PictureDecoder,
    picture: FetchedPicture,
    blob: Uint8Array<ArrayBuffer>,
    waits = false,
  ): Resource<DecodedRaster> {
    const subscription = this.#subscribed(decoder, picture, blob, waits);
    if (!waits && subscription.result.state === 'pending') {
      decoder.hasten(picture);
    }
    if (subscription.result.state === 'ready') {
      // What is shown is in use, and must stay decoded longer than what is only expected.
      decoder.peek(picture);
    }
    subscription.shown = true;
    return subscription.result;
  }

  /** Decodes a picture that will probably be read next. */
  expect(decoder: PictureDecoder, picture: FetchedPicture, blob: Uint8Array<ArrayBuffer>): void {
    this.#subscribed(decoder, picture, blob, true);
  }

  #subscribed(
    decoder: PictureDecoder,
    picture: FetchedPicture,
    blob: Uint8Array<ArrayBuffer>,
    expected: boolean,
  ): Subscription {
    const key = contentKey(picture);
    const subscription =
      this.#subscriptions.get(key) ??
      this.#kept.get(key) ??
      this.#subscribe(decoder, picture, blob, expected);
    this.#subscriptions.set(key, subscription);
    return subscription;
  }

  #subscribe(
    decoder: PictureDecoder,
    picture: FetchedPicture,
    blob: Uint8Array<ArrayBuffer>,
    expected: boolean,
  ): Subscription {
    const held = decoder.peek(picture);
    const subscription: Subscription = {
      result: held === undefined ? PENDING : ready(held),
      shown: false,
      abort: new AbortController(),
      follow: (done) => decoder.follow(picture, done),
    };
    if (held === undefined) {
      decoder.raster(picture, blob, subscription.abort.signal, expected).then(
        (raster) => {
          this.#settle(subscription, ready(raster));
        },
        (error: unknown) => {
          if (subscription.abort.signal.aborted) {
            return;
          }
          this.#settle(subscription, {
            state: 'error',
            message: errorMessage(error),
          });
        },
      );
    }
    return subscription;
  }

  #release(subscription: Subscription): void {
    const {result, shown, follow} = subscription;
    if (shown && result.state === 'pending') {
      follow(() => this.#change());
    }
    callOff(subscription);
  }

  #settle(subscription: Subscription, result: Resource<DecodedRaster>): void {
    subscription.result = result;
    if (subscription.shown) {
      this.#change();
    }
  }

  #change(): void {
    this.#isDirty = true;
    this.#updateHost();
  }
}

function callOff({result, abort}: Subscription): void {
  if (result.state === 'pending') {
    abort.abort(CALLED_OFF);
  }
}
