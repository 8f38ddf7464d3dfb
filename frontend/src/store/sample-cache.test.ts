// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Bundle, PictureMetadata} from '../api/types.js';
import {latest} from './resource.js';
import {SampleCache} from './sample-cache.js';

const NONE = new Map<string, Uint8Array<ArrayBuffer>>();

function picture(digest: string, more: Partial<PictureMetadata> = {}): PictureMetadata {
  return {digest, width: 1, height: 1, channels: 1, bits: 8, layout: 'plain', ...more};
}

function bundle(
  step: string,
  groundTruth: string,
  prediction: string,
  bytes = 10,
  run = 'r',
): Bundle {
  return {
    frames: [
      {
        run,
        step,
        samples: [{id: 'a', groundTruth: 0, prediction: 1}],
        pictures: [picture(groundTruth), picture(prediction)],
      },
    ],
    blobs: new Map([
      [groundTruth, new Uint8Array(bytes)],
      [prediction, new Uint8Array(bytes)],
    ]),
    omitted: 0,
  };
}

describe('SampleCache', () => {
  it('is pending before anything came, then ready with the blobs', () => {
    const cache = new SampleCache();
    expect(cache.get('t', 'r', '1', 'a')).toEqual({state: 'pending'});

    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);

    expect(latest(cache.get('t', 'r', '1', 'a'))?.prediction?.blob).toHaveLength(10);
  });

  it('shows the step before while the next one is fetched', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.get('t', 'r', '1', 'a');

    expect(cache.get('t', 'r', '2', 'a')).toMatchObject({state: 'pending', stale: {step: '1'}});
  });

  it('moves on to a step that was passed by and is nearer, while the one asked for is fetched', () => {
    const cache = new SampleCache();
    const come = (step: string) => cache.put('t', bundle(step, 'gt', `p${step}`), ['a'], NONE);
    come('1');
    cache.get('t', 'r', '1', 'a');
    cache.get('t', 'r', '9', 'a');

    come('4');
    expect(cache.get('t', 'r', '9', 'a')).toMatchObject({state: 'pending', stale: {step: '4'}});
    come('2');
    expect(cache.get('t', 'r', '9', 'a')).toMatchObject({state: 'pending', stale: {step: '4'}});
    come('9');
    expect(cache.get('t', 'r', '9', 'a')).toMatchObject({state: 'ready', value: {step: '9'}});
  });

  it('does not take a step that is only fetched ahead for one that was shown', () => {
    const cache = new SampleCache();
    const come = (step: string) => cache.put('t', bundle(step, 'gt', `p${step}`), ['a'], NONE);
    come('1');
    cache.get('t', 'r', '1', 'a');
    come('2');

    expect(cache.get('t', 'r', '9', 'a')).toMatchObject({state: 'pending', stale: {step: '1'}});
  });

  it('says null for a sample that the record does not hold', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a', 'b'], NONE);

    expect(cache.get('t', 'r', '1', 'b')).toEqual({state: 'ready', value: null});
  });

  it('takes a blob that was left out from those it had when it asked', () => {
    const cache = new SampleCache();
    const held = new Map([['gt', new Uint8Array(3)]]);
    const {frames} = bundle('2', 'gt', 'p2');

    cache.put('t', {frames, blobs: new Map([['p2', new Uint8Array(1)]]), omitted: 0}, ['a'], held);

    expect(latest(cache.get('t', 'r', '2', 'a'))?.groundTruth?.blob).toHaveLength(3);
  });

  it('offers ground truth and input to be left out, not predictions', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.get('t', 'r', '1', 'a');

    expect([...cache.shared('t', ['r'], ['a']).keys()]).toEqual(['gt']);
  });

  it('says so when a blob did not come', () => {
    const cache = new SampleCache();
    cache.put('t', {...bundle('1', 'gt', 'p1'), blobs: new Map()}, ['a'], NONE);

    expect(latest(cache.get('t', 'r', '1', 'a'))?.prediction?.error).toMatch(/did not send/);
  });

  it('stays within its bytes by letting go what was used least recently, whole', () => {
    const cache = new SampleCache(60);
    for (const step of ['1', '2', '3']) {
      cache.put('t', bundle(step, `gt${step}`, `p${step}`), ['a'], NONE);
    }
    cache.get('t', 'r', '1', 'a');

    cache.put('t', bundle('4', 'gt4', 'p4'), ['a'], NONE);

    expect(['1', '2', '3', '4'].map((step) => cache.has('t', {run: 'r', step}, 'a'))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(cache.blob('p2')).toBeUndefined();
  });

  it('keeps what was shown and dropped only while it stands in for what is wanted', () => {
    const cache = new SampleCache(15);
    const come = (run: string) =>
      cache.put('t', bundle('1', `gt-${run}`, `p-${run}`, 5, run), ['a'], NONE);
    const shown = () => latest(cache.get('t', 'r', '3', 'a'))?.step;
    come('r');
    cache.get('t', 'r', '1', 'a');

    cache.keep([{tag: 't', at: [{run: 'r', step: '3'}], samples: ['a']}]);
    come('q');
    expect(shown()).toBe('1');

    cache.keep([]);
    come('s');
    expect(shown()).toBeUndefined();
  });

  it('keeps a blob that several steps share until the last of them goes', () => {
    const cache = new SampleCache(45);
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.put('t', bundle('2', 'gt', 'p2'), ['a'], NONE);
    cache.put('t', bundle('3', 'gt', 'p3', 10), ['a'], NONE);
    cache.put('t', bundle('4', 'gt', 'p4', 10), ['a'], NONE);

    expect(cache.has('t', {run: 'r', step: '1'}, 'a')).toBe(false);
    expect(cache.blob('gt')).toHaveLength(10);
  });

  it('forgets failures when asked to try again, and nothing else', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.fail('t', [{run: 'r', step: '2'}], ['a'], 'gone');
    expect(cache.get('t', 'r', '2', 'a')).toEqual({state: 'error', message: 'gone'});

    cache.forgetFailures();

    expect(cache.has('t', {run: 'r', step: '1'}, 'a')).toBe(true);
    expect(cache.has('t', {run: 'r', step: '2'}, 'a')).toBe(false);
  });

  it('forgets the steps that were written again', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.put('t', bundle('10', 'gt', 'p10'), ['a'], NONE);

    cache.forget('t', [{run: 'r', step: '1'}]);

    expect(cache.has('t', {run: 'r', step: '1'}, 'a')).toBe(false);
    expect(cache.has('t', {run: 'r', step: '10'}, 'a')).toBe(true);
  });
});
