// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it, vi} from 'vitest';
import type {ComputedDifference} from '../kinds/computed.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';
import {ComputedDifferences} from './computed-differences.js';

function picture(value: number): Picture {
  const raster = {width: 1, height: 1, channels: 1, bits: 8, data: Uint8Array.of(value)};
  return {raster} as Picture;
}

/** Begins nothing by itself; answers and refuses as a pool of workers does. */
class Pool {
  readonly asked: {
    readonly prediction: DecodedRaster;
    readonly signal: AbortSignal | undefined;
    readonly answer: (computed: ComputedDifference) => void;
  }[] = [];

  readonly computeDifference = (
    _: string,
    __: DecodedRaster,
    prediction: DecodedRaster,
    signal?: AbortSignal,
  ): Promise<ComputedDifference> =>
    new Promise((answer, reject) => {
      this.asked.push({prediction, signal, answer});
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('ComputedDifferences', () => {
  const truth = picture(0);
  const [first, second] = [picture(1), picture(2)];

  function open() {
    const pool = new Pool();
    const host = {
      addController: vi.fn(),
      removeController: vi.fn(),
      requestUpdate: vi.fn(),
      updateComplete: Promise.resolve(true),
    };
    const differences = new ComputedDifferences(host);
    const show = (prediction: Picture, id = 'ssim') =>
      differences.collect(() => differences.read(pool, id, truth, prediction));
    return {pool, host, show};
  }

  it('computes one once, and updates the element when it is there', async () => {
    const {pool, host, show} = open();
    expect(show(first)).toBeUndefined();
    expect(show(first)).toBeUndefined();
    const found = {} as ComputedDifference;
    pool.asked[0]!.answer(found);
    await settled();

    expect(host.requestUpdate).toHaveBeenCalledOnce();
    expect(show(first)).toBe(found);
    expect(pool.asked).toHaveLength(1);
    expect(show(first, 'other')).toBeUndefined();
    expect(pool.asked).toHaveLength(2);
  });

  it('calls off what is no longer shown, and computes it when it is shown again', async () => {
    const {pool, show} = open();
    show(first);
    show(second);
    expect(pool.asked.map(({signal}) => signal?.aborted)).toEqual([true, false]);

    show(first);
    await settled();
    const found = {} as ComputedDifference;
    pool.asked[2]!.answer(found);
    await settled();
    expect(pool.asked[2]!.prediction).toBe(first.raster);
    expect(show(first)).toBe(found);
  });
});
