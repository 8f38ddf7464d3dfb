// SPDX-License-Identifier: Apache-2.0
import {beforeEach, describe, expect, it, vi} from 'vitest';
import type {Bundle, PictureMetadata, Role, RunStep} from '../api/types.js';
import {latest} from './resource.js';
import {SampleCache, type SamplesAt} from './sample-cache.js';

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

function isThere(cache: SampleCache, at: RunStep, parts?: readonly Role[]): boolean {
  return cache.lacks('t', at, 'a', parts).length === 0;
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

  it('shows nothing of a forgotten tag while it is fetched anew', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.get('t', 'r', '1', 'a');

    cache.forgetTags(new Set(['t']));

    expect(cache.get('t', 'r', '1', 'a')).toEqual({state: 'pending'});
    expect(cache.get('t', 'r', '2', 'a')).toEqual({state: 'pending'});
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

    expect([
      ...cache.shared({tag: 't', at: [{run: 'r', step: '2'}], samples: ['a']}).keys(),
    ]).toEqual(['gt']);
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

    expect(['1', '2', '3', '4'].map((step) => isThere(cache, {run: 'r', step}))).toEqual([
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

    expect(isThere(cache, {run: 'r', step: '1'})).toBe(false);
    expect(cache.blob('gt')).toHaveLength(10);
  });

  it('forgets failures when asked to try again, and nothing else', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.fail({tag: 't', at: [{run: 'r', step: '2'}], samples: ['a']}, 'gone');
    expect(cache.get('t', 'r', '2', 'a')).toEqual({state: 'error', message: 'gone'});

    cache.forgetFailures();

    expect(isThere(cache, {run: 'r', step: '1'})).toBe(true);
    expect(isThere(cache, {run: 'r', step: '2'})).toBe(false);
  });

  it('forgets the steps that were written again', () => {
    const cache = new SampleCache();
    cache.put('t', bundle('1', 'gt', 'p1'), ['a'], NONE);
    cache.put('t', bundle('10', 'gt', 'p10'), ['a'], NONE);

    cache.forget('t', [{run: 'r', step: '1'}]);

    expect(isThere(cache, {run: 'r', step: '1'})).toBe(false);
    expect(isThere(cache, {run: 'r', step: '10'})).toBe(true);
  });

  describe('of a sample of which some parts were asked for', () => {
    const AT = {run: 'r', step: '1'};
    const AT_1: SamplesAt = {tag: 't', at: [AT], samples: ['a']};
    const whole = bundle('1', 'gt', 'p1');
    const only = (digest: string): Bundle => ({
      ...whole,
      blobs: new Map([...whole.blobs].filter(([name]) => name === digest)),
    });
    let cache: SampleCache;
    const shown = () => latest(cache.get('t', 'r', '1', 'a'));

    beforeEach(() => {
      cache = new SampleCache();
      cache.put('t', only('p1'), ['a'], NONE, ['prediction']);
    });

    it('knows what the others are, and that they lack', () => {
      expect(shown()?.prediction?.blob).toBeDefined();
      expect(shown()?.groundTruth).toMatchObject({digest: 'gt'});
      expect(shown()?.groundTruth?.error).toBeUndefined();
      expect(isThere(cache, AT, ['prediction'])).toBe(true);
      expect(cache.lacks('t', AT, 'a')).toEqual(['groundTruth']);
    });

    it('has all once the others came, in whatever order', () => {
      cache.put('t', only('gt'), ['a'], NONE, ['groundTruth']);

      expect(isThere(cache, AT)).toBe(true);
      expect(shown()?.prediction?.blob).toBeDefined();
      expect(shown()?.groundTruth?.blob).toBeDefined();
    });

    it('takes what it has of another step though it was not asked for', () => {
      cache.put('t', whole, ['a'], NONE);
      const blobs = new Map([['p2', new Uint8Array(10)]]);
      cache.put('t', {...bundle('2', 'gt', 'p2'), blobs}, ['a'], NONE, ['prediction']);

      expect(isThere(cache, {run: 'r', step: '2'})).toBe(true);
    });

    it('lets requests leave out what is there of the very record', () => {
      expect([...cache.shared(AT_1).keys()]).toEqual(['p1']);
      expect([...cache.shared({...AT_1, parts: ['groundTruth']}).keys()]).toEqual([]);
    });

    it('says why the others could not be had, and keeps what is there', () => {
      cache.fail({...AT_1, parts: ['groundTruth']}, 'no answer');

      expect(shown()).toMatchObject({groundTruth: {error: 'no answer'}});
      expect(shown()?.prediction?.blob).toBeDefined();
      expect(isThere(cache, AT)).toBe(true);
    });

    it('tells once of what is needed, until it is there', () => {
      const needed = vi.fn();
      cache.follow(needed);
      cache.keep([AT_1]);

      cache.need('t', AT, 'a', 'prediction');
      expect(needed).not.toHaveBeenCalled();
      cache.need('t', AT, 'a', 'groundTruth');
      cache.need('t', AT, 'a', 'groundTruth');
      expect(needed).toHaveBeenCalledTimes(1);
      expect(cache.needs).toEqual([{...AT_1, parts: ['groundTruth']}]);

      cache.keep([]);
      expect(cache.needs).toEqual([]);
      cache.keep([AT_1]);
      expect(cache.needs).toHaveLength(1);

      cache.put('t', only('gt'), ['a'], NONE, ['groundTruth']);
      expect(cache.needs).toEqual([]);
    });
  });
});
