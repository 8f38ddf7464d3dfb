// SPDX-License-Identifier: Apache-2.0
import {expect, it, vi} from 'vitest';
import type {FramesQuery} from '../api/client.js';
import type {Bundle} from '../api/types.js';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {StoredPicture} from '../decode/stored.js';
import {heatmap, raster} from '../kinds/goldens.fixture.js';
import {kindNamed} from '../kinds/registry.js';
import type {Painter} from '../kinds/scene.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {TagModel} from '../store/data.js';
import {bestOverSamples, bestThreshold} from './best-threshold.js';

it('is of each picture of one raster over its own range', () => {
  const truth = heatmap([0, 65532], 2, [0, 1]);
  const near = heatmap([0, 65532], 2, [0, 1]);
  const low = {...near, range: [0, 0.5] as const};
  expect(bestThreshold(truth, near)?.threshold).toBe(0.005);
  expect(bestThreshold(truth, low)?.score.truePositive).toBe(1);
  const reversed = {...near, range: [0.25, 0.25] as const};
  expect(bestThreshold(truth, reversed)?.score).toMatchObject({truePositive: 1, falsePositive: 1});
});

it('decodes a ground truth twice at most and scans it once, however many runs share it', async () => {
  const decoded = vi.fn();
  const scanned = vi.spyOn(kindNamed('heatmap')!, 'truthValues');
  const kept = new Map<string, DecodedRaster>();
  const decoder = {
    raster({digest}: StoredPicture) {
      const held = kept.get(digest) ?? raster([0, 65532], 2, 1, 16);
      if (!kept.has(digest)) {
        decoded(digest);
      }
      kept.delete(digest);
      kept.set(digest, held);
      // A ground truth and a prediction.
      [...kept.keys()].slice(0, -2).forEach((oldest) => kept.delete(oldest));
      return Promise.resolve(held);
    },
  } as unknown as PictureDecoder;
  const runs = ['a', 'b', 'c'].map((run) => ({run, step: '1', kind: {name: 'heatmap', bits: 16}}));
  const ids = ['x', 'y'];
  const found = await bestOverSamples(
    {
      model: {tag: 't', rows: ids.map((id) => ({id})), runs} as unknown as TagModel,
      api: {frames: (query) => Promise.resolve(bundle(query))},
      renderContext: {decoder, painter: {} as Painter},
    },
    {signal: new AbortController().signal, progress: () => undefined},
  );
  expect([...found!.byRun].map(([run, best]) => [run, best?.score.iou])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
  const truths = decoded.mock.calls.flat().filter((digest) => String(digest).startsWith('truth'));
  expect(truths.length).toBeLessThanOrEqual(2 * ids.length);
  expect(scanned).toHaveBeenCalledTimes(2);
});

function bundle({at, samples}: FramesQuery): Bundle {
  const facts = {width: 2, height: 1, channels: 1, bits: 16, layout: 'split'} as const;
  const frames = at.map(({run, step}) => ({
    run,
    step,
    samples: samples.map((id, i) => ({id, groundTruth: 2 * i, prediction: 2 * i + 1})),
    pictures: samples
      .flatMap((id) => [`truth ${id}`, `${run} ${id}`])
      .map((digest) => ({...facts, digest, range: [0, 1] as const})),
  }));
  const digests = frames.flatMap(({pictures}) => pictures.map(({digest}) => digest));
  return {
    frames,
    blobs: new Map(digests.map((digest) => [digest, new Uint8Array(1)])),
    omitted: 0,
  };
}
