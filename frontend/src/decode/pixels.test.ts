// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';

import type {WorkerLike} from './crew.js';
import {Pixels} from './pixels.js';
import {png} from './png.fixture.js';
import type {StoredPicture} from './stored.js';
import {perform, type Reply, type Request} from './tasks.js';

function picture(digest: string): StoredPicture {
  return {digest, width: 3, height: 1, channels: 1, bits: 8, layout: 'plain'};
}
const blob = png({width: 3, height: 1, rows: [[0, 1, 2, 3]]});

/** Does its work when told to, and remembers what it was asked. */
class HandWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  readonly asked: Request[] = [];
  ended = false;

  constructor(private readonly isThere = true) {}

  postMessage(request: Request): void {
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

  reply(data: Reply): void {
    this.onmessage!({data} as MessageEvent<Reply>);
  }

  terminate(): void {
    this.ended = true;
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

function withWorker(options: {maxBytes?: number} = {}): {pixels: Pixels; worker: HandWorker} {
  const worker = new HandWorker();
  return {worker, pixels: new Pixels({...options, hire: () => worker, workers: 1})};
}

describe('Pixels', () => {
  it('decodes in a worker', async () => {
    const {pixels, worker} = withWorker();
    const raster = pixels.raster(picture('a'), blob);
    await settled();
    await worker.work();
    expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes one content once, whoever asks', async () => {
    const {pixels, worker} = withWorker();
    const first = pixels.raster(picture('a'), blob);
    const second = pixels.raster(picture('a'), blob);
    await settled();
    await worker.work();
    expect(await second).toBe(await first);
    expect(await pixels.raster(picture('a'), blob)).toBe(await first);
    expect(pixels.peek(picture('a'))).toBe(await first);
    expect(worker.asked).toHaveLength(1);
  });

  it('keeps apart what one blob is in two pictures', async () => {
    const {pixels, worker} = withWorker();
    const zeros = png({width: 1, height: 1, rows: [[0, 0]]});
    for (const width of [1, 2]) {
      const small: StoredPicture = {...picture('a'), layout: 'neighbors', literals: 0, width};
      const raster = pixels.raster(small, zeros);
      await settled();
      await worker.work();
      expect((await raster).width).toBe(width);
    }
  });

  it('sends a copy of the blob, not the whole answer it is a part of', async () => {
    const {pixels, worker} = withWorker();
    const answer = new Uint8Array(1000);
    answer.set(blob, 100);
    const raster = pixels.raster(picture('a'), answer.subarray(100, 100 + blob.length));
    await settled();
    const {task} = worker.asked[0]!;
    expect(task.type === 'decode' && task.blob.buffer.byteLength).toBe(blob.length);
    await worker.work();
    expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('never begins what was aborted while it waited', async () => {
    const {pixels, worker} = withWorker();
    const abort = new AbortController();
    const first = pixels.raster(picture('a'), blob);
    const overtaken = pixels.raster(picture('b'), blob, abort.signal);
    const last = pixels.raster(picture('c'), blob);
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

  it('decodes what is wanted before what is expected', async () => {
    const {pixels, worker} = withWorker();
    void pixels.raster(picture('a'), blob);
    void pixels.raster(picture('b'), blob, undefined, true);
    void pixels.raster(picture('c'), blob, undefined, true);
    void pixels.raster(picture('d'), blob);
    await settled();
    pixels.hasten(picture('c'));
    for (let i = 0; i < 4; i++) {
      await worker.work();
    }
    const order = worker.asked.map(({task}) => (task.type === 'decode' ? task.picture.digest : ''));
    expect(order).toEqual(['a', 'c', 'd', 'b']);
  });

  it('goes on while somebody still wants it', async () => {
    const {pixels, worker} = withWorker();
    const abort = new AbortController();
    const first = pixels.raster(picture('a'), blob);
    const left = pixels.raster(picture('b'), blob, abort.signal);
    const stayed = pixels.raster(picture('b'), blob, new AbortController().signal);
    await settled();
    abort.abort();
    await expect(left).rejects.toThrow();
    await worker.work();
    await worker.work();
    await first;
    expect((await stayed).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes anew what was aborted and is wanted again', async () => {
    const {pixels, worker} = withWorker();
    const abort = new AbortController();
    const first = pixels.raster(picture('a'), blob);
    const left = pixels.raster(picture('b'), blob, abort.signal);
    await settled();
    abort.abort();
    await expect(left).rejects.toThrow();
    const again = pixels.raster(picture('b'), blob);
    await settled();
    await worker.work();
    await worker.work();
    await first;
    expect((await again).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('forgets what was used longest ago when there is no room', async () => {
    const {pixels, worker} = withWorker({maxBytes: 6});
    for (const digest of ['a', 'b']) {
      const raster = pixels.raster(picture(digest), blob);
      await settled();
      await worker.work();
      await raster;
    }
    pixels.peek(picture('a'));
    const third = pixels.raster(picture('c'), blob);
    await settled();
    await worker.work();
    await third;
    expect(['a', 'b', 'c'].filter((digest) => pixels.peek(picture(digest)))).toEqual(['a', 'c']);
  });

  it('says why a blob can not be decoded, and tries again when asked again', async () => {
    const {pixels, worker} = withWorker();
    const broken = pixels.raster(picture('a'), blob);
    await settled();
    worker.reply({number: worker.asked[0]!.number, error: 'got a PNG without an end'});
    await expect(broken).rejects.toThrow('got a PNG without an end');
    const again = pixels.raster(picture('a'), blob);
    await settled();
    await worker.work();
    expect((await again).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes on this thread where no worker can be started', async () => {
    const pixels = new Pixels({
      workers: 2,
      hire: () => {
        throw new Error('forbidden');
      },
    });
    expect((await pixels.raster(picture('a'), blob)).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('decodes on this thread when a worker can not be loaded', async () => {
    const {pixels, worker} = withWorker();
    const raster = pixels.raster(picture('a'), blob);
    const next = pixels.raster(picture('b'), blob);
    await settled();
    worker.onerror!(new Event('error') as ErrorEvent);
    expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
    expect((await next).data).toEqual(Uint8Array.of(1, 2, 3));
    expect(worker.ended).toBe(true);
  });

  it('decodes on this thread when that is known before there is anything to decode', async () => {
    const {pixels, worker} = withWorker();
    worker.onerror!(new Event('error') as ErrorEvent);
    expect((await pixels.raster(picture('a'), blob)).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('keeps nothing to do for a worker that is not there yet', async () => {
    const [first, second] = [new HandWorker(), new HandWorker(false)];
    const waiting = [first, second];
    const pixels = new Pixels({hire: () => waiting.shift()!, workers: 2});
    const rasters = ['a', 'b'].map((digest) => pixels.raster(picture(digest), blob));
    await settled();

    await first.work();
    await first.work();

    expect(second.asked).toEqual([]);
    for (const raster of rasters) {
      expect((await raster).data).toEqual(Uint8Array.of(1, 2, 3));
    }
  });

  it('lets go of everything when disposed', async () => {
    const {pixels, worker} = withWorker();
    const running = pixels.raster(picture('a'), blob);
    const waiting = pixels.raster(picture('b'), blob);
    await settled();
    pixels.dispose();
    await expect(running).rejects.toThrow();
    await expect(waiting).rejects.toThrow();
    expect(worker.ended).toBe(true);
  });
});
