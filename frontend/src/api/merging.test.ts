// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {mergeCounts, mergeRuns, mergeSamples} from './merging.js';
import type {Bundle, FrameSample, PictureMetadata} from './types.js';

/** An answer about one sample of one step. */
function answer(digest: string, sample: FrameSample): Bundle {
  const picture = {digest} as unknown as PictureMetadata;
  return {
    frames: [{run: 'a', step: '1', samples: [sample], pictures: [picture]}],
    blobs: new Map(),
    omitted: 0,
  };
}

it('moves all that tells a picture by its place', () => {
  const strip = {panes: ['groundTruth', 'prediction'], axis: 'x'} as const;
  const {frames} = mergeSamples([
    answer('first', {id: '0', strip: {...strip, picture: 0}}),
    answer('second', {id: '1', strip: {...strip, picture: 0}}),
    answer('third', {id: '2', groundTruth: 0, prediction: 0, input: 0}),
  ]);
  const {samples, pictures} = frames[0]!;
  expect(pictures!.map(({digest}) => digest)).toEqual(['first', 'second', 'third']);
  expect(samples).toEqual([
    {id: '0', strip: {...strip, picture: 0}},
    {id: '1', strip: {...strip, picture: 1}},
    {id: '2', groundTruth: 2, prediction: 2, input: 2},
  ]);
});

it('joins counts of different samples of one record, and keeps records apart', () => {
  const [a, b] = [
    {run: 'a', step: '1', samples: 2},
    {run: 'b', step: '1', samples: 2},
  ];
  expect(
    mergeCounts([{...a, each: {s: null}}, b, {...a, each: {t: null}}, {...b, error: 'damaged'}]),
  ).toEqual([
    {...a, each: {s: null, t: null}},
    {...b, error: 'damaged'},
  ]);
});

it('takes any name for a name', () => {
  const runs = (name: string, value: number): Record<string, number> =>
    JSON.parse(`{"${name}": ${value}}`) as Record<string, number>;
  const merged = mergeRuns([{runs: runs('__proto__', 1)}, {runs: runs('b', 2)}]);
  expect(Object.entries(merged.runs)).toEqual([
    ['__proto__', 1],
    ['b', 2],
  ]);
  expect(merged.runs.constructor).toBeUndefined();

  const record = {run: 'a', step: '1', samples: 2};
  const [counted] = mergeCounts([
    {...record, each: {s: null}},
    {...record, each: {t: null}},
  ]);
  expect(counted?.each?.constructor).toBeUndefined();
});
