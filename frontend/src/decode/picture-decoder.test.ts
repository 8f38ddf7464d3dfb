// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';

import type {WorkerLike} from './worker-pool.js';
import {PictureDecoder} from './picture-decoder.js';
import {png} from './png.fixture.js';
import type {StoredPicture} from './stored.js';
import {perform, type TaskReply, type TaskRequest} from './tasks.js';

function picture(digest: string): StoredPicture {
  return {digest, width: 3, height: 1, channels: 1, bits: 8, layout: 'plain'};
}
const blob = png({width: 3, height: 1, rows: [[0, 1, 2, 3]]});

/** Does its work when told to, and remembers what it was asked. */
class HandWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  readonly asked: TaskRequest[] = [];
  ended = false;

  constructor(private readonly isThere = true) {}

  postMessage(request: TaskRequest): void {
    if (request.task.type !== 'nothing') {
      this.asked.push(request);
    } else if (this.isThere) {
      queueMicrotask(() => this.reply({number: request.number, result: null}));
    }
  }

  async work(): Promise<void> {
    const {number, task} = this.asked.at(-1)!;
    this.reply({number, result: await perform(task)});
    await settled();
  }

  reply(data: TaskReply): void {
    this.onmessage!({data} as MessageEvent<TaskReply>);
  }

  terminate(): void {
    this.ended = true;
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

function withWorker(options: {maxBytes?: number} = {}): {
  decoder: PictureDecoder;
  worker: HandWorker;
} {
  const worker = new HandWorker();
  return {
    worker,
    decoder: new PictureDecoder({...options, createWorker: () => worker, workers: 1}),
  };
}

describe('PictureDecoder', () => {
  it('decodes in a worker', async () => {
    const {decoder, worker} = withWorker();
    const raster = decoder.raster(picture('a'), blob);
    await settled();
    await worker.work();
    expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes one content once, whoever asks', async () => {
    const {decoder, worker} = withWorker();
    const first = decoder.raster(picture('a'), blob);
    const second = decoder.raster(picture('a'), blob);
    await settled();
    await worker.work();
    expect(await second).toBe(await first);
    expect(await decoder.raster(picture('a'), blob)).toBe(await first);
    expect(decoder.peek(picture('a'))).toBe(await first);
    expect(worker.asked).toHaveLength(1);
  });

  it('keeps apart what one blob is in two pictures', async () => {
    const {decoder, worker} = withWorker();
    const zeros = png({width: 1, height: 1, rows: [[0, 0]]});
    for (const width of [1, 2]) {
      const small: StoredPicture = {...picture('a'), layout: 'neighbors', literals: 0, width};
      const raster = decoder.raster(small, zeros);
      await settled();
      await worker.work();
      expect((await raster).width).toBe(width);
    }
  });

  it('sends a copy of the blob, not the whole answer it is a part of', async () => {
    const {decoder, worker} = withWorker();
    const answer = new Uint8Array(1000);
    answer.set(blob, 100);
    const raster = decoder.raster(picture('a'), answer.subarray(100, 100 + blob.length));
    await settled();
    const {task} = worker.asked[0]!;
    expect(task.type === 'decode' && task.blob.buffer.byteLength).toBe(blob.length);
    await worker.work();
    expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('never begins what was aborted while it waited', async () => {
    const {decoder, worker} = withWorker();
    const abort = new AbortController();
    const first = decoder.raster(picture('a'), blob);
    const overtaken = decoder.raster(picture('b'), blob, abort.signal);
    const last = decoder.raster(picture('c'), blob);
    await settled();
    abort.abort();
    await expect(overtaken).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
    await worker.work();
    await worker.work();
    await Promise.all([first, last]);
    expect(worker.asked.map(({task}) => task.type === 'decode' && task.picture.digest)).toEqual([
      'a',
      'c',
    ]);
  });

  it('says when what nobody waits for any more is decoded, if it had begun', async () => {
    const {decoder, worker} = withWorker();
    const abort = new AbortController();
    const done: string[] = [];
    for (const name of ['begun', 'queued']) {
      decoder.raster(picture(name), blob, abort.signal).catch(() => undefined);
      decoder.follow(picture(name), () => done.push(name));
    }
    await settled();
    abort.abort();
    await worker.work();
    expect(worker.asked).toHaveLength(1);
    expect(done).toEqual(['begun']);
    expect(decoder.peek(picture('begun'))).toBeDefined();
  });

  it('decodes pictures that are shown before those that are expected', async () => {
    const {decoder, worker} = withWorker();
    void decoder.raster(picture('a'), blob);
    void decoder.raster(picture('b'), blob, undefined, true);
    void decoder.raster(picture('c'), blob, undefined, true);
    void decoder.raster(picture('d'), blob);
    await settled();
    decoder.hasten(picture('c'));
    for (let i = 0; i < 4; i++) {
      await worker.work();
    }
    const order = worker.asked.map(({task}) => (task.type === 'decode' ? task.picture.digest : ''));
    expect(order).toEqual(['a', 'c', 'd', 'b']);
  });

  it('lets what an expected part is cut from wait until the part is shown', async () => {
    const {decoder, worker} = withWorker();
    const part = (digest: string): StoredPicture => ({
      ...picture(digest),
      width: 1,
      crop: {x: 1, y: 0, width: 3, height: 1},
    });
    void decoder.raster(picture('a'), blob);
    void decoder.raster(part('b'), blob, undefined, true);
    void decoder.raster(part('c'), blob, undefined, true);
    void decoder.raster(part('d'), blob, undefined, true);
    void decoder.raster(picture('e'), blob);
    await settled();
    decoder.hasten(part('c'));
    const shown = decoder.raster(part('d'), blob);
    for (let i = 0; i < 5; i++) {
      await worker.work();
    }
    const order = worker.asked.map(({task}) => (task.type === 'decode' ? task.picture.digest : ''));
    expect(order).toEqual(['a', 'c', 'd', 'e', 'b']);
    expect((await shown).data).toEqual(Uint8Array.of(2));
  });

  it('goes on while somebody still wants it', async () => {
    const {decoder, worker} = withWorker();
    const abort = new AbortController();
    const first = decoder.raster(picture('a'), blob);
    const left = decoder.raster(picture('b'), blob, abort.signal);
    const stayed = decoder.raster(picture('b'), blob, new AbortController().signal);
    await settled();
    abort.abort();
    await expect(left).rejects.toThrow();
    await worker.work();
    await worker.work();
    await first;
    expect((await stayed).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes a picture again that was aborted and is wanted again', async () => {
    const {decoder, worker} = withWorker();
    const abort = new AbortController();
    const first = decoder.raster(picture('a'), blob);
    const left = decoder.raster(picture('b'), blob, abort.signal);
    await settled();
    abort.abort();
    await expect(left).rejects.toThrow();
    const again = decoder.raster(picture('b'), blob);
    await settled();
    await worker.work();
    await worker.work();
    await first;
    expect((await again).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('forgets the least recently used when there is no room', async () => {
    const {decoder, worker} = withWorker({maxBytes: 6});
    for (const digest of ['a', 'b']) {
      const raster = decoder.raster(picture(digest), blob);
      await settled();
      await worker.work();
      await raster;
    }
    decoder.peek(picture('a'));
    const third = decoder.raster(picture('c'), blob);
    await settled();
    await worker.work();
    await third;
    expect(['a', 'b', 'c'].filter((digest) => decoder.peek(picture(digest)))).toEqual(['a', 'c']);
  });

  it('says why a blob can not be decoded, and tries again when asked again', async () => {
    const {decoder, worker} = withWorker();
    const broken = decoder.raster(picture('a'), blob);
    await settled();
    worker.reply({number: worker.asked[0]!.number, error: 'got a PNG without an end'});
    await expect(broken).rejects.toThrow('got a PNG without an end');
    const again = decoder.raster(picture('a'), blob);
    await settled();
    await worker.work();
    expect((await again).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes on this thread where no worker can be started', async () => {
    const decoder = new PictureDecoder({
      workers: 2,
      createWorker: () => {
        throw new Error('forbidden');
      },
    });
    expect((await decoder.raster(picture('a'), blob)).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes on this thread when a worker can not be loaded', async () => {
    const {decoder, worker} = withWorker();
    const raster = decoder.raster(picture('a'), blob);
    const next = decoder.raster(picture('b'), blob);
    await settled();
    worker.onerror!(new Event('error') as ErrorEvent);
    expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
    expect((await next).data).toEqual(Uint8Array.of(1, 2, 3));
    expect(worker.ended).toBe(true);
  });

  it('decodes on this thread when that is known before there is anything to decode', async () => {
    const {decoder, worker} = withWorker();
    worker.onerror!(new Event('error') as ErrorEvent);
    expect((await decoder.raster(picture('a'), blob)).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('keeps nothing to do for a worker that is not there yet', async () => {
    const [first, second] = [new HandWorker(), new HandWorker(false)];
    const waiting = [first, second];
    const decoder = new PictureDecoder({createWorker: () => waiting.shift()!, workers: 2});
    const rasters = ['a', 'b'].map((digest) => decoder.raster(picture(digest), blob));
    await settled();

    await first.work();
    await first.work();

    expect(second.asked).toEqual([]);
    for (const raster of rasters) {
      expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
    }
  });

  it('lets go of everything when disposed', async () => {
    const {decoder, worker} = withWorker();
    const running = decoder.raster(picture('a'), blob);
    const waiting = decoder.raster(picture('b'), blob);
    await settled();
    decoder.dispose();
    await expect(running).rejects.toThrow();
    await expect(waiting).rejects.toThrow();
    expect(worker.ended).toBe(true);
  });
});
