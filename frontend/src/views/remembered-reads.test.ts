// SPDX-License-Identifier: Apache-2.0
import {beforeEach, expect, it} from 'vitest';
import type {Bundle, Frame} from '../api/types.js';
import {SampleCache} from '../store/sample-cache.js';
import {RememberedReads} from './remembered-reads.js';

let cache: SampleCache;
let reads: RememberedReads;

function come(sample: string, frame: Partial<Frame> = {}): void {
  const bundle: Bundle = {
    frames: [{run: 'a', step: '1', wallTime: 1, samples: [{id: sample}], ...frame}],
    blobs: new Map(),
    omitted: 0,
  };
  cache.put('m', bundle, [sample], new Map());
}

beforeEach(() => {
  cache = new SampleCache();
  reads = new RememberedReads(cache);
});

it('stays the same while others come', () => {
  come('s0');
  expect(reads.get('m', 'a', '1', 's0').state).toBe('ready');
  come('s1');
  expect(reads.haveChanged).toBe(false);
});

it.each([
  ['came', () => come('s0')],
  [
    'failed',
    () => cache.fail({tag: 'm', at: [{run: 'a', step: '1'}], samples: ['s0']}, 'no answer'),
  ],
])('has changed once what was awaited %s', (_, happens) => {
  expect(reads.get('m', 'a', '1', 's0').state).toBe('pending');
  expect(reads.haveChanged).toBe(false);
  happens();
  expect(reads.haveChanged).toBe(true);
});

it.each([
  ['is gone', () => cache.forget('m', [{run: 'a', step: '1'}])],
  ['came again', () => come('s0')],
])('has changed where what was there %s', (_, happens) => {
  come('s0');
  reads.get('m', 'a', '1', 's0');
  happens();
  expect(reads.haveChanged).toBe(true);
});

it('has changed where a picture came that a record only names', () => {
  const digest = 'd'.repeat(64);
  expect(reads.blob(digest)).toBeUndefined();
  const picture = {digest, width: 1, height: 1, channels: 1, bits: 8, layout: 'plain'} as const;
  cache.put(
    'm',
    {
      frames: [
        {
          run: 'a',
          step: '1',
          wallTime: 1,
          samples: [{id: 's0', prediction: 0}],
          pictures: [picture],
        },
      ],
      blobs: new Map([[digest, new Uint8Array(1)]]),
      omitted: 0,
    },
    ['s0'],
    new Map(),
  );
  expect(reads.haveChanged).toBe(true);
});
