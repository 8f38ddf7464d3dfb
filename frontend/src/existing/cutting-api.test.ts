// SPDX-License-Identifier: Apache-2.0
import {expect, it, vi} from 'vitest';
import type {Api} from '../api/client.js';
import type {Bundle, Catalog, FrameSample, RunSeries, TagSeries} from '../api/types.js';
import type {Raster} from '../pixels/raster.js';
import {CuttingApi} from './cutting-api.js';

const SIGNAL = new AbortController().signal;
const RUNS = {run: {steps: ['1', '2'], samples: ['0'], wallTimes: [1, 2], logged: 2}};

/** A server with one existing tag, whose sample is `sample` in pictures of 26 × 9: a grid of three, or two halves. */
function serve(sample: Partial<FrameSample>, sizes: Readonly<Record<string, number>> = {}) {
  const catalog = {
    tags: [
      {tag: 't', series: [{source: {source: 'images'}}]},
      {tag: 'r', series: [{}]},
    ],
  };
  const series = {
    tag: 't',
    runs: Object.fromEntries(
      Object.entries(RUNS).map(([run, ofRun]) => [
        run,
        {...ofRun, source: {loaded: 2, unpaired: 0}, metrics: {}},
      ]),
    ),
  };
  const frames = vi.fn(({at}: Parameters<Api['frames']>[0]): Promise<Bundle> => {
    const bundle = {
      frames: at.map(({run, step}) => ({
        run,
        step,
        samples: [{id: '0', ...sample}],
        pictures: [0, 1].map((i) => ({
          digest: `${i}`,
          width: sizes[step] ?? 26,
          height: 9,
          channels: 1,
          bits: 8,
          layout: 'encoded',
        })),
      })),
      blobs: new Map([0, 1].map((i) => [`${i}`, new Uint8Array(1)])),
      omitted: 0,
    };
    return Promise.resolve(bundle as unknown as Bundle);
  });
  const inner = {
    tags: () => Promise.resolve(catalog as unknown as Catalog),
    series: () => Promise.resolve(series as unknown as TagSeries),
    samples: () =>
      Promise.resolve({
        tag: 't',
        runs: {run: {samples: ['0'], steps: [], metrics: {}, changed: {}}},
      }),
    frames,
  } as unknown as Api;
  return {inner, frames};
}

/** Three cells of 6 × 5 with lines of 2 between them. */
const GRID: Raster = {
  width: 26,
  height: 9,
  channels: 1,
  bits: 8,
  data: Uint8Array.from({length: 26 * 9}, (_, i) =>
    (i % 26) % 8 < 2 || Math.floor(i / 26) % 7 < 2 ? 0 : 9,
  ),
};

it('says of a grid that its cells are samples, and sends the part of each', async () => {
  const {inner, frames} = serve({groundTruth: 0, prediction: 1});
  const api = new CuttingApi(inner, () => Promise.resolve(GRID));
  await api.tags(SIGNAL);
  const {runs} = await api.series('t', [], SIGNAL);
  expect(runs.run!.samples).toEqual(['0', '1', '2']);
  const bundle = await api.frames(
    {tag: 't', at: [{run: 'run', step: '1'}], samples: ['1', '2'], have: []},
    SIGNAL,
  );
  expect(frames.mock.lastCall![0].samples).toEqual(['0']);
  const [frame] = bundle.frames;
  const sample = frame!.samples!.find(({id}) => id === '2')!;
  expect(frame!.pictures![sample.prediction!]).toMatchObject({
    digest: '1',
    width: 6,
    height: 5,
    crop: {x: 18, y: 2, width: 26, height: 9},
  });
  const table = await api.samples('t', [], SIGNAL);
  expect(table.runs.run!.samples).toEqual(['0', '1', '2']);
});

it('cuts a strip of another size by that size, as some programs log another picture at each step', async () => {
  const strip = {picture: 0, panes: ['groundTruth', 'prediction'], axis: 'x'} as const;
  const {inner} = serve({strip}, {1: 40});
  const plain = {...GRID, data: GRID.data.map((_, i) => i % 200)};
  const api = new CuttingApi(inner, () => Promise.resolve(plain));
  await api.tags(SIGNAL);
  await api.series('t', [], SIGNAL);
  const {frames} = await api.frames(
    {tag: 't', at: [{run: 'run', step: '1'}], samples: [], have: []},
    SIGNAL,
  );
  const [sample] = frames[0]!.samples!;
  expect(sample).not.toHaveProperty('strip');
  expect(frames[0]!.pictures![sample!.prediction!]).toMatchObject({width: 20, crop: {x: 20}});
});

it('shows no step of a strip whose panes do not look alike', async () => {
  const strip = {
    picture: 0,
    panes: ['groundTruth', 'prediction'],
    axis: 'x',
    mustLookAlike: true,
  } as const;
  const noise = {...GRID, data: GRID.data.map((_, i) => (i * i * 7919) % 251)};
  const api = new CuttingApi(serve({strip}).inner, () => Promise.resolve(noise));
  await api.tags(SIGNAL);
  const {runs} = await api.series('t', [], SIGNAL);
  expect(runs.run!.steps).toEqual([]);
  expect(runs.run!.source!.note).toMatch('do not look alike');
});

it('says of pictures that can not be decoded why their parts are missing', async () => {
  const strip = {picture: 0, panes: ['groundTruth', 'prediction'], axis: 'x'} as const;
  const api = new CuttingApi(serve({strip}).inner, () => Promise.reject(new Error('broken')));
  await api.tags(SIGNAL);
  await api.series('t', [], SIGNAL);
  const {frames} = await api.frames(
    {tag: 't', at: [{run: 'run', step: '1'}], samples: [], have: []},
    SIGNAL,
  );
  const [sample] = frames[0]!.samples!;
  expect(frames[0]!.pictures![sample!.prediction!]!.error).toMatch('can\u2019t be decoded');
});

/** A server whose `series` answers with what `answers` holds. */
function serveSeries(answers: readonly Readonly<Record<string, Partial<RunSeries>>>[]) {
  const {inner, frames} = serve({groundTruth: 0, prediction: 1});
  const all = answers.map((runs) => ({
    tag: 't',
    runs: Object.fromEntries(
      Object.entries(runs).map(([run, ofRun]) => [run, {...RUNS.run, metrics: {}, ...ofRun}]),
    ),
  })) as unknown as TagSeries[];
  const series = vi.fn(() => Promise.resolve(all.length > 1 ? all.shift()! : all[0]!));
  return {inner: {...inner, series} as Api, frames, series};
}

it('looks at the same pictures only once, and of a new step at those of its run', async () => {
  const {inner, frames, series} = serveSeries([
    {a: {}, b: {}},
    {a: {}, b: {}},
    {a: {}, b: {steps: ['1', '2', '3'], wallTimes: [1, 2, 3]}},
    {a: {wallTimes: [1, 9]}, b: {steps: ['1', '2', '3'], wallTimes: [1, 2, 3]}},
  ]);
  const api = new CuttingApi(inner, () => Promise.resolve(GRID));
  await api.tags(SIGNAL);
  for (let i = 0; i < 4; i++) {
    const {runs} = await api.series('t', [], SIGNAL);
    expect(Object.values(runs).map(({samples}) => samples)).toEqual([
      ['0', '1', '2'],
      ['0', '1', '2'],
    ]);
  }
  expect(frames.mock.calls.map(([{at}]) => at.map(({run, step}) => `${run}${step}`))).toEqual([
    ['a2', 'b2'],
    ['b3'],
    // Written again.
    ['a2'],
  ]);
  const last = await api.series('t', [], SIGNAL);
  expect(series).toHaveBeenCalledTimes(5);
  expect(await api.series('t', [], SIGNAL)).toBe(last);
});

it('looks at the pictures again where a rule cuts them otherwise', async () => {
  const {inner, frames} = serve({groundTruth: 0, prediction: 1});
  let asRule = {strip: 't', cuts: [0.5]};
  const tags = () =>
    Promise.resolve({
      tags: [{tag: 't', series: [{kind: {}, source: {rule: 'rules[0]', asRule}}]}],
    } as unknown as Catalog);
  const api = new CuttingApi({...inner, tags}, () => Promise.resolve(GRID));
  await api.tags(SIGNAL);
  const first = await api.series('t', [], SIGNAL);
  await api.tags(SIGNAL);
  expect(await api.series('t', [], SIGNAL)).toBe(first);
  asRule = {strip: 't', cuts: [0.25]};
  await api.tags(SIGNAL);
  expect(await api.series('t', [], SIGNAL)).not.toBe(first);
  expect(frames).toHaveBeenCalledTimes(2);
});

it('asks again for runs that an answer left out', async () => {
  const {inner, frames} = serveSeries([{a: {}, b: {}, c: {}}]);
  const whole = frames.getMockImplementation()!;
  frames.mockImplementation(async (query) => {
    const bundle = await whole(query);
    return {...bundle, frames: bundle.frames.slice(0, 2), omitted: bundle.frames.length - 2};
  });
  const api = new CuttingApi(inner, () => Promise.resolve(GRID));
  await api.tags(SIGNAL);
  const {runs} = await api.series('t', [], SIGNAL);
  expect(runs.c!.samples).toEqual(['0', '1', '2']);
  expect(frames).toHaveBeenCalledTimes(2);
});

it('lets records through', async () => {
  const {inner, frames} = serve({groundTruth: 0, prediction: 1});
  const api = new CuttingApi(inner, () => Promise.reject(new Error('decoded')));
  await api.tags(SIGNAL);
  const query = {tag: 'r', at: [{run: 'run', step: '1'}], samples: ['x'], have: []};
  await api.frames(query, SIGNAL);
  expect(frames).toHaveBeenCalledWith(query, SIGNAL);
});
