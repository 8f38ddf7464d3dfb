// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import type {ComputedDifference} from '../kinds/computed.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {RenderContext} from '../views/render-context.js';
import type {SampleSource} from '../store/data.js';
import {latest, ready} from '../store/resource.js';
import {INITIAL_VIEW} from '../store/view.js';
import {decode, model, run, sampleAtStep, stored} from '../views/pane-models.fixture.js';
import {gatherStill} from './stills.js';

it('computes a difference of each pair, though two runs predicted the same', async () => {
  const image: TagKind = {name: 'image'};
  const asked: [number, number][] = [];
  const decoder = {
    raster: (picture: Parameters<typeof decode>[0]) =>
      Promise.resolve(latest(decode(picture, picture.blob!))!),
    computeDifference: (_: string, truth: DecodedRaster, prediction: DecodedRaster) => {
      asked.push([truth.data[0]!, prediction.data[0]!]);
      const computed: ComputedDifference = {
        picture: {kind: 'heatmap', raster: truth, range: [0, 1]},
        mean: truth.data[0]!,
      };
      return Promise.resolve(computed);
    },
  };
  const still = await gatherStill(
    {
      model: model(run('a', {kind: image}), run('b', {kind: image}), run('c', {kind: image})),
      sample: 's',
      view: {...INITIAL_VIEW, mode: 'difference', difference: 'ssim'},
      source: {
        get: (_: string, name: string) =>
          ready(
            sampleAtStep(name, {
              groundTruth: name === 'b' ? stored('other', 9) : stored('truth', 4),
              prediction: stored('same', 7),
            }),
          ),
      } as unknown as SampleSource,
      renderContext: {decoder} as unknown as RenderContext,
    },
    '100',
    new AbortController().signal,
  );
  expect(asked).toEqual([
    [4, 7],
    [9, 7],
  ]);
  expect(still.pictures.runs.map(({pictures}) => pictures.computed?.mean)).toEqual([4, 9, 4]);
});
