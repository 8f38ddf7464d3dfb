// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {measurePictures} from '../kinds/measured.js';
import type {Picture} from '../kinds/kind.js';
import type {Raster} from '../pixels/raster.js';
import type {FetchedPicture, SampleAtStep} from '../store/data.js';
import type {ExistingTag} from '../store/existing.js';
import {phraseText} from '../texts/scoped-number.js';
import {existingText, measureHint, progressText} from './existing-text.js';
import {measureDrawn, measuresOf} from './measuring.js';
import {metricName} from './metric-text.js';

const {signal} = new AbortController();
const RASTERS: Readonly<Record<string, Raster>> = {
  truth: {width: 2, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0, 1)},
  prediction: {width: 2, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0, 52)},
};
const decoder = {
  raster: ({digest}: {digest: string}) => Promise.resolve(RASTERS[digest]!),
  measure: (ids: readonly string[], truth: Picture, prediction: Picture) =>
    Promise.resolve(measurePictures(ids, truth, prediction)),
} as unknown as Parameters<typeof measureDrawn>[0];

function picture(digest: string): FetchedPicture {
  const size = {width: 2, height: 1, channels: 1, bits: 8, layout: 'encoded'} as const;
  return {digest, ...size, blob: Uint8Array.of(1)};
}

const SAMPLE: SampleAtStep = {
  id: 's',
  run: 'r',
  step: '0',
  metrics: {},
  groundTruth: picture('truth'),
  prediction: picture('prediction'),
};
const IMAGE = {name: 'image'};

describe('measuring drawn pictures', () => {
  it('gives what the kind has of what was asked for, named so', async () => {
    const request = {ids: ['iou', 'mae'], sample: SAMPLE, kind: IMAGE};
    expect(await measureDrawn(decoder, request, signal)).toEqual([
      {id: 'mae', name: 'mae as drawn', value: 0.1, lowerIsBetter: true},
    ]);
    expect(metricName('mae as drawn')).toBe('MAE as drawn');
  });

  it('measures recovered classes as masks', async () => {
    const kind = {name: 'mask', classes: [{id: 0}, {id: 1}, {id: 52}]};
    const [iou] = await measureDrawn(decoder, {ids: ['iou'], sample: SAMPLE, kind}, signal);
    expect(iou).toMatchObject({name: 'iou as drawn', value: 1 / 3, lowerIsBetter: false});
  });

  it('says why a picture can’t be had', async () => {
    const {groundTruth, ...alone} = SAMPLE;
    const {blob, ...withoutBlob} = groundTruth!;
    expect(blob).toBeDefined();
    const broken = {...alone, groundTruth: {...withoutBlob, error: 'it is damaged'}};
    const measure = (sample: SampleAtStep) =>
      measureDrawn(decoder, {ids: ['mae'], sample, kind: IMAGE}, signal);
    await expect(measure(broken)).rejects.toThrow('it is damaged');
    await expect(measure(alone)).rejects.toThrow('the picture is not there');
  });

  it('is offered for kinds that have metrics', () => {
    expect(measuresOf(IMAGE).map(({id}) => id)).toEqual(['mae', 'psnr', 'ssim']);
    expect(measuresOf({name: 'mask'}).map(({id}) => id)).toEqual(['iou', 'accuracy']);
    expect(measuresOf({name: 'flow'})).toEqual([]);
    expect(measuresOf({name: 'unheard-of'})).toEqual([]);
  });
});

it('says how far it is, and then only what can’t be measured', () => {
  const text = (measured: number, failed: number) => {
    const progress = progressText({wanted: 10, measured, failed, error: undefined}, 't');
    return progress && phraseText(progress);
  };
  expect(text(3, 1)).toBe('as drawn, 3 of 10 pairs decoded');
  expect(text(8, 2)).toBe('as drawn, 2 of 10 pairs at all measured steps can’t be decoded');
  expect(text(10, 0)).toBeUndefined();
});

it('says of how many steps pictures are', () => {
  const text = (loaded: number) => {
    const existing = {loaded, unpaired: 0, source: {limit: 10}} as ExistingTag;
    return phraseText(existingText(existing, 't'));
  };
  expect(text(1)).toBe('from Images: 1 step');
  expect(text(3)).toBe('from Images: all 3 steps');
  expect(text(10)).toBe('from Images: 10 steps kept by TensorBoard’s sampling');
});

it('says what a metric is of', () => {
  expect(measureHint('MAE', {isRecovered: false} as ExistingTag)).toContain('as they were drawn');
  expect(measureHint('IoU', {isRecovered: true} as ExistingTag)).toContain(
    'recovered from colours',
  );
});
