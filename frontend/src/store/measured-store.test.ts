// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it, vi} from 'vitest';
import type {RunAtStep, TagModel} from './data.js';
import {FakeApi, type Log} from './fake-api.fixture.js';
import {MeasuredData} from './measured-data.js';
import {MeasuredStore, type Measure} from './measured-store.js';
import {NO_HPARAMS} from './hparams.js';
import {ready} from './resource.js';
import {SampleCache} from './sample-cache.js';
import {averagedAt} from './sample-sets.js';
import {INITIAL_VIEW, type ViewState} from './view.js';

const SAMPLES = Array.from({length: 20}, (_, i) => `s${i}`);
const scores = Object.fromEntries(SAMPLES.map((id, i) => [id, i]));
const LOG: Log = {
  seg: {run: ['0', '10'].map((step) => ({step, scores}))},
  other: {run: [{step: '0', scores: {s0: 1}}]},
};
const MAE: Partial<ViewState> = {measured: ['mae']};
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  image: ['mae', 'psnr'],
  mask: ['iou'],
};

/** Lets all that is under way take its turns: each batch takes a few. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** A tag as the page shows it, of pictures that are no records. */
function modelOf(tag: string, step: string): TagModel {
  const steps = LOG[tag]!.run!.map((record) => record.step);
  const run = {run: 'run', step, steps, kind: {name: 'image'}} as unknown as RunAtStep;
  const rows = Object.keys(LOG[tag]!.run![0]!.scores).map((id) => ({id}));
  const model = {tag, runs: [run], named: [], allRows: rows, existing: {}, since: '0'};
  return model as unknown as TagModel;
}

function setUp(measure?: Measure, kept?: number, known = new SampleCache()) {
  const api = new FakeApi(LOG);
  const asked: string[] = [];
  const measured = vi.fn<Measure>(({ids, sample}) => {
    asked.push(`${sample.step}:${sample.id}`);
    const metric = {name: 'mae as drawn', value: Number(sample.id.slice(1)), lowerIsBetter: true};
    return Promise.resolve(ids.map((id) => ({...metric, id})));
  });
  const changed = vi.fn();
  const store = new MeasuredStore(api, known, measure ?? measured, changed, kept);
  return {
    api,
    asked,
    changed,
    store,
    want: (wanted: readonly TagModel[], view: Partial<ViewState> = MAE, mayWork = true) =>
      store.want(
        {
          wanted,
          view: {...INITIAL_VIEW, ...view},
          visibleSamples: new Map(),
          measuresOf: ({name}) => (MEASURES[name] ?? []).map((id) => ({id})),
        },
        mayWork,
      ),
    shown: async (ids: readonly string[] = ['mae']) => {
      const state = {
        catalog: ready(await api.tags()),
        series: new Map([['seg', ready(await api.series('seg'))]]),
        samples: new Map([['seg', ready(await api.samples('seg'))]]),
        hparams: NO_HPARAMS,
      };
      const {series, samples} = new MeasuredData().of(state, ids, store.all);
      return {
        series: (series.get('seg') as {value: Awaited<ReturnType<FakeApi['series']>>}).value.runs
          .run!,
        table: (samples.get('seg') as {value: Awaited<ReturnType<FakeApi['samples']>>}).value.runs
          .run!,
      };
    },
  };
}

describe('what is wanted', () => {
  it('is measured of whole samples, where the page has some parts alone', async () => {
    const known = new SampleCache();
    const whole: boolean[] = [];
    const measure: Measure = ({sample}) => {
      whole.push(sample.groundTruth?.blob !== undefined && sample.prediction?.blob !== undefined);
      return Promise.resolve([]);
    };
    const {api, want} = setUp(measure, undefined, known);
    const {signal} = new AbortController();
    const query = {tag: 'other', at: [{run: 'run', step: '0'}], samples: ['s0'], have: []};
    const bundle = await api.frames({...query, parts: ['prediction']}, signal);
    known.put('other', bundle, ['s0'], new Map(), ['prediction']);

    want([modelOf('other', '0')]);
    await settled();

    expect(whole).toEqual([true]);
  });

  it('is measured a few at a time, once', async () => {
    const {asked, api, store, want} = setUp();
    want([modelOf('seg', '0')]);
    await settled();
    expect(asked).toEqual(['0', '10'].flatMap((step) => SAMPLES.map((id) => `${step}:${id}`)));
    expect(Math.max(...api.framesAsked.map(({samples}) => samples.length))).toBeLessThan(10);
    expect(store.progress('seg')).toEqual({wanted: 40, measured: 40, failed: 0, error: undefined});
    want([modelOf('seg', '0')]);
    await settled();
    expect(asked).toHaveLength(40);
  });

  it('is nothing until a metric is chosen, and on a page that is hidden or behind', async () => {
    const {asked, want, store} = setUp();
    want([modelOf('seg', '0')], {});
    expect(store.progress('seg')).toBeUndefined();
    want([modelOf('seg', '0')], MAE, false);
    await settled();
    expect(asked).toEqual([]);
    want([{...modelOf('seg', '0'), collapsed: true}]);
    const {existing, ...record} = modelOf('seg', '0');
    expect(existing).toBeDefined();
    want([record]);
    await settled();
    expect(asked).toEqual([]);
  });

  it('is kept, be it more than is kept of what passed by', async () => {
    const {asked, store, want} = setUp(undefined, 1);
    want([modelOf('seg', '0')]);
    await settled();
    expect(asked).toHaveLength(40);
    expect(store.progress('seg')).toMatchObject({wanted: 40, measured: 40});
    const [run] = modelOf('seg', '10').runs;
    want([{...modelOf('seg', '10'), runs: [{...run!, steps: ['10']}]}]);
    store.forget('seg', [{run: 'run', step: '10'}]);
    want([{...modelOf('seg', '10'), runs: [{...run!, steps: ['10']}]}]);
    await settled();
    expect([...store.all.get('seg')!.keys()]).toHaveLength(1);
  });

  it('is nothing of a kind that has none of the metrics', async () => {
    const {api, asked, store, want} = setUp();
    want([modelOf('seg', '0')], {measured: ['iou']});
    await settled();
    expect(api.framesAsked).toEqual([]);
    expect(store.progress('seg')).toBeUndefined();
    want([modelOf('seg', '0')], {measured: ['iou', 'mae']});
    await settled();
    expect(asked).toHaveLength(40);
    want([modelOf('seg', '0')], {measured: ['mae']});
    want([modelOf('seg', '0')], {measured: ['mae', 'iou']});
    await settled();
    expect(asked).toHaveLength(40);
  });

  it('is called off where the tag left, the metric is off or the page is behind', async () => {
    for (const [wanted, view, mayWork] of [
      [[modelOf('other', '0')], MAE, true],
      [[modelOf('seg', '0')], {}, true],
      [[modelOf('seg', '0')], MAE, false],
    ] as const) {
      const {api, asked, want} = setUp();
      api.eager = false;
      want([modelOf('seg', '0')]);
      await settled();
      expect(api.framesAsked).toHaveLength(1);
      want(wanted, view, mayWork);
      api.eager = true;
      await settled();
      expect(api.aborted).toHaveLength(1);
      expect(asked.filter((one) => one === '0:s1')).toEqual([]);
    }
  });

  it('is what is shown now before what passed by', async () => {
    const {api, asked, want} = setUp();
    api.eager = false;
    want([modelOf('seg', '0')]);
    await settled();
    want([modelOf('seg', '10')]);
    api.eager = true;
    api.answer();
    await settled();
    expect(asked.slice(0, 28)).toEqual([
      ...SAMPLES.slice(0, 8).map((id) => `0:${id}`),
      ...SAMPLES.map((id) => `10:${id}`),
    ]);
  });

  it('is all at the steps that samples are ranked and compared at, before curves', async () => {
    const {asked, want} = setUp();
    const sort = {...INITIAL_VIEW.sort, by: 'regressed'} as const;
    want([modelOf('seg', '10'), modelOf('other', '0')], {...MAE, sort, rankedAt: '10'});
    await settled();
    expect(asked.slice(0, 40).filter((one) => one.startsWith('10:'))).toHaveLength(20);
    expect(asked).toHaveLength(41);
  });

  it('is the open sample first', async () => {
    const {asked, want} = setUp();
    want([modelOf('seg', '10')], {...MAE, open: {tag: 'seg', sample: 's3'}});
    await settled();
    expect([asked[0], asked[20]]).toEqual(['10:s3', '0:s3']);
  });

  it('is measured again where it was written again, and where it failed', async () => {
    let isBroken = true;
    const {store, want} = setUp(() =>
      isBroken ? Promise.reject(new Error('no picture')) : Promise.resolve([]),
    );
    want([modelOf('seg', '0')]);
    await settled();
    expect(store.progress('seg')).toEqual({
      wanted: 40,
      measured: 0,
      failed: 40,
      error: 'no picture',
    });
    isBroken = false;
    store.forgetFailures();
    want([modelOf('seg', '0')]);
    await settled();
    expect(store.progress('seg')).toMatchObject({measured: 40, failed: 0});
    store.forget('seg', [{run: 'run', step: '0'}]);
    want([modelOf('seg', '0')], MAE, false);
    expect(store.progress('seg')).toMatchObject({measured: 20});
    want([modelOf('seg', '0')]);
    await settled();
    store.forgetTags(new Set(['seg']));
    want([modelOf('seg', '0')], MAE, false);
    expect(store.progress('seg')).toMatchObject({measured: 0});
  });

  it('is told of as soon as it is another', async () => {
    const {changed, store, want} = setUp();
    want([modelOf('seg', '0')], MAE, false);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(store.progress('seg')).toMatchObject({wanted: 40, measured: 0});
    want([modelOf('seg', '0')], MAE, false);
    expect(changed).toHaveBeenCalledTimes(1);
    want([modelOf('seg', '0')], {});
    expect(changed).toHaveBeenCalledTimes(2);
    expect(store.progress('seg')).toBeUndefined();
    await settled();
  });

  it('fails with the reason where the server does', async () => {
    const {api, store, want} = setUp();
    api.error = new Error('the server is gone');
    want([modelOf('seg', '0')]);
    await settled();
    expect(store.progress('seg')).toMatchObject({failed: 40, error: 'the server is gone'});
  });
});

describe('what was measured', () => {
  it('stands in the series and tables as if it had been logged', async () => {
    const {want, shown} = setUp();
    want([modelOf('seg', '0')]);
    await settled();
    const {series, table} = await shown();
    expect(series.metrics['mae as drawn']).toEqual([9.5, 9.5]);
    expect(series.lowerIsBetter).toEqual(['mae as drawn']);
    expect(averagedAt(series, 'mae as drawn', 0)).toMatchObject({count: 20, logged: 20});
    expect(table.metrics['mae as drawn']![7]).toEqual([7, 7]);
    expect(table.metrics.iou).toBeDefined();
  });

  it('has a mean of those that could be, once all were tried', async () => {
    const tries: (() => void)[] = [];
    const {want, shown} = setUp(async ({ids, sample}) => {
      if (sample.id === 's19') {
        await new Promise<void>((resolve) => tries.push(resolve));
        throw new Error('no picture');
      }
      const value = sample.id === 's18' ? Infinity : Number(sample.id.slice(1));
      const metric = {name: 'mae as drawn', value, lowerIsBetter: true};
      return ids.map((id) => ({...metric, id}));
    });
    want([modelOf('seg', '0')]);
    await settled();
    const before = (await shown()).series;
    expect(before.metrics['mae as drawn']).toEqual([null, null]);
    expect(averagedAt(before, 'mae as drawn', 0)).toBeUndefined();
    // One at each step.
    for (let step = 0; step < 2; step++) {
      tries.forEach((end) => end());
      await settled();
    }
    const {series} = await shown();
    expect(series.metrics['mae as drawn']).toEqual([8.5, 8.5]);
    expect(averagedAt(series, 'mae as drawn', 0)).toMatchObject({count: 18, logged: 20});
  });

  it('keeps its mean while another metric is measured', async () => {
    const {want, shown} = setUp();
    want([modelOf('seg', '0')]);
    await settled();
    want([modelOf('seg', '0')], {measured: ['mae', 'psnr']}, false);
    const {series} = await shown(['mae', 'psnr']);
    expect(series.metrics['mae as drawn']).toEqual([9.5, 9.5]);
  });

  it('changes nothing while no metric is chosen', async () => {
    const {store, want, api} = setUp();
    want([modelOf('seg', '0')]);
    await settled();
    const state = {
      catalog: ready(await api.tags()),
      series: new Map(),
      samples: new Map(),
      hparams: NO_HPARAMS,
    };
    expect(new MeasuredData().of(state, [], store.all)).toBe(state);
  });
});
