// SPDX-License-Identifier: Apache-2.0
import type {ReactiveControllerHost} from 'lit';
import {beforeEach, describe, expect, it, vi} from 'vitest';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {FetchedPicture} from '../store/data.js';
import {DecodedPictures} from './decoded-pictures.js';

const BLOB = new Uint8Array(1);
const RASTER = {width: 1, height: 1, channels: 1, bits: 8, data: new Uint8Array(1)} as const;

function picture(digest: string): FetchedPicture {
  return {digest, width: 1, height: 1, channels: 1, bits: 8, layout: 'plain', blob: BLOB};
}

/** Tells what is asked of it, and decodes when told to. */
class Decoder {
  readonly asked: string[] = [];
  readonly #done = new Map<string, () => void>();

  readonly used: string[] = [];

  peek({digest}: FetchedPicture) {
    this.used.push(digest);
    return undefined;
  }

  follow = () => undefined;

  raster({digest}: FetchedPicture, _: unknown, __: unknown, expected: boolean) {
    this.asked.push(expected ? `${digest} later` : digest);
    return new Promise((resolve) => this.#done.set(digest, () => resolve(RASTER)));
  }

  hasten({digest}: FetchedPicture) {
    this.asked.push(`${digest} now`);
  }

  async decode(digest: string) {
    this.#done.get(digest)?.();
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('DecodedPictures', () => {
  let updates = 0;
  let pictures: DecodedPictures;
  let decoder: Decoder;

  beforeEach(() => {
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frame());
    updates = 0;
    decoder = new Decoder();
    pictures = new DecodedPictures({
      addController: () => undefined,
      requestUpdate: () => updates++,
    } as Partial<ReactiveControllerHost> as ReactiveControllerHost);
    return () => vi.unstubAllGlobals();
  });

  const read = (digest: string, waits: boolean) =>
    pictures.collect(() =>
      pictures.read(decoder as unknown as PictureDecoder, picture(digest), BLOB, waits),
    );

  it('lets what waits be decoded after all else, and shows it when it is there', async () => {
    expect(read('truth', true).state).toBe('pending');
    expect(decoder.asked).toEqual(['truth later']);

    await decoder.decode('truth');
    expect(updates).toBe(1);
    expect(read('truth', true)).toEqual({state: 'ready', value: RASTER});
  });

  it('uses what is shown, so that it stays decoded', async () => {
    read('shown', false);
    await decoder.decode('shown');
    decoder.used.length = 0;
    read('shown', false);
    expect(decoder.used).toEqual(['shown']);
  });

  it('hastens what waited once it is shown', () => {
    read('truth', true);
    read('truth', true);
    expect(decoder.asked).toEqual(['truth later']);

    read('truth', false);
    expect(decoder.asked).toEqual(['truth later', 'truth now']);
  });
});
