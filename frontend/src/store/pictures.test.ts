// SPDX-License-Identifier: Apache-2.0
import {beforeEach, describe, expect, it, vi} from 'vitest';
import {FakeApi} from './fake-api.fixture.js';
import {PictureLoader, type Demand} from './pictures.js';
import {SampleCache} from './sample-cache.js';

const RECORDS = Array.from({length: 9}, (_, step) => ({
  step: String(step),
  scores: {a: 0.5, b: 0.6},
}));

function demand(...steps: string[]): Demand {
  return {tag: 't', at: steps.map((step) => ({run: 'r', step})), samples: ['a', 'b']};
}

function askedSteps(api: FakeApi): string[] {
  return api.framesAsked.map(({at}) => at.map(({step}) => step).join('+'));
}

describe('PictureLoader', () => {
  let api: FakeApi;
  let cache: SampleCache;
  let loader: PictureLoader;
  let time = 0;

  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    api = new FakeApi({t: {r: RECORDS}});
    cache = new SampleCache();
    time = 0;
    loader = new PictureLoader(
      api,
      cache,
      () => undefined,
      () => time,
    );
    return () => loader.stop();
  });

  it('brings all runs and samples of a tag in one request', async () => {
    loader.want(
      [
        {
          ...demand('1'),
          at: [
            {run: 'r', step: '1'},
            {run: 'r', step: '2'},
          ],
        },
      ],
      [],
    );
    await settled();

    expect(askedSteps(api)).toEqual(['1+2']);
    expect(loader.isBehind).toBe(false);
  });

  it('asks for as many pairs as fit into a request, once it knows how large they are', async () => {
    const samples = Array.from({length: 600}, (_, i) => `s${i}`);
    const records = [{step: '1', scores: Object.fromEntries(samples.map((id) => [id, 0.5]))}];
    const many = new FakeApi({small: {r: records}, usual: {r: records}, large: {r: records}});
    many.blobBytes = {small: 10, usual: 100_000, large: 300_000};
    const asked = async (tag: string, count: number) => {
      const of = new PictureLoader(many, new SampleCache(), () => undefined);
      of.want([{tag, at: [{run: 'r', step: '1'}], samples: samples.slice(0, count)}], []);
      await vi.waitFor(() => expect(of.isBehind).toBe(false));
      const counts = many.framesAsked.map((query) => query.samples.length);
      many.framesAsked.length = 0;
      return counts;
    };

    // Three requests are under way before one of them is answered.
    expect(await asked('small', 600)).toEqual([8, 8, 8, 512, 64]);
    expect((await asked('usual', 100)).slice(0, 5)).toEqual([8, 8, 8, 20, 20]);
    expect((await asked('large', 100)).slice(0, 5)).toEqual([8, 8, 8, 8, 8]);
  });

  describe('in a cache smaller than what is wanted', () => {
    const samples = Array.from({length: 60}, (_, i) => `s${i}`);
    const at = (step: string) => ({tag: 't', at: [{run: 'r', step}], samples});
    /** Samples of each step that were asked for; more than 20 requests are not answered. */
    const askedBy = async (keptBytes: number, demands: Demand[], prefetches: Demand[]) => {
      const scores = Object.fromEntries(samples.map((id) => [id, 0.5]));
      const large = new FakeApi({t: {r: ['1', '2', '3', '4'].map((step) => ({step, scores}))}});
      large.blobBytes = {t: 10};
      const answer = large.frames.bind(large);
      vi.spyOn(large, 'frames').mockImplementation((query, signal) =>
        large.framesAsked.length < 20 ? answer(query, signal) : new Promise(() => undefined),
      );
      const of = new PictureLoader(large, new SampleCache(keptBytes), () => undefined);
      of.want(demands, prefetches);
      await settled();
      of.stop();
      const asked: Record<string, number> = {};
      for (const query of large.framesAsked) {
        const step = query.at.map((one) => one.step).join();
        asked[step] = (asked[step] ?? 0) + query.samples.length;
      }
      return {asked, isBehind: of.isBehind};
    };

    it('keeps what is visible, and fetches it once', async () => {
      expect(await askedBy(300, [at('1')], [])).toEqual({asked: {1: 60}, isBehind: false});
    });

    it('fetches ahead as far as there is room, and once', async () => {
      const ahead = [at('2'), at('3'), at('4')];
      // Each step has 60 predictions of 10 bytes, and all share as many ground truths; two are fetched ahead at a time.
      expect((await askedBy(1300, [at('1')], ahead)).asked).toEqual({1: 60, 2: 60, 3: 60});
      expect((await askedBy(300, [at('1')], ahead)).asked).toEqual({1: 60});
    });

    it('fetches what is visible of less haste', async () => {
      const film = {...at('3'), isVisible: true} as const;
      expect((await askedBy(300, [at('1')], [film, at('2')])).asked).toEqual({1: 60, 3: 60});
    });
  });

  it('asks for nothing that it holds', async () => {
    loader.want([demand('1')], []);
    await settled();
    loader.want([demand('1')], []);
    loader.want([demand('2')], []);
    await settled();

    expect(askedSteps(api)).toEqual(['1', '2']);
  });

  it('does not bring the ground truth again when only the step changes', async () => {
    loader.want([demand('1')], []);
    await settled();
    cache.get('t', 'r', '1', 'a');
    cache.get('t', 'r', '1', 'b');
    loader.want([demand('2')], []);

    expect(api.framesAsked.at(-1)?.have).toEqual(['gt-a', 'gt-b']);
  });

  it('prefetches only when all visible pictures are there', async () => {
    api.eager = false;
    loader.want([demand('1')], [demand('2'), demand('3')]);
    expect(askedSteps(api)).toEqual(['1']);

    api.answer();
    await settled();
    expect(askedSteps(api)).toEqual(['1', '2', '3']);
  });

  it('prefetches two at a time, and leaves room for visible pictures', () => {
    api.eager = false;
    loader.want([], [demand('1'), demand('2'), demand('3')]);
    expect(askedSteps(api)).toEqual(['1', '2']);

    loader.want([demand('4')], [demand('3')]);
    expect(askedSteps(api)).toEqual(['1', '2', '4']);
  });

  it('does not pile up requests while the slider moves, and ends on the newest demand', async () => {
    api.eager = false;
    for (const step of ['1', '2', '3', '4', '5', '6']) {
      loader.want([demand(step)], []);
    }
    expect(askedSteps(api)).toEqual(['1', '2', '3']);

    api.answer();
    await settled();
    expect(askedSteps(api)).toEqual(['1', '2', '3', '6']);
  });

  it('brings the next steps with one that is not there while the slider moves', async () => {
    api.eager = false;
    const next = ['2', '3'].map((step) => demand(step).at[0]!);
    loader.want([{...demand('1'), next}], []);
    loader.want([{...demand('4'), next: [demand('3').at[0]!, demand('5').at[0]!]}], []);
    expect(api.framesAsked.map(({at}) => at.map(({step}) => step))).toEqual([
      ['1'],
      ['4', '3', '5'],
    ]);

    loader.want([demand('5')], []);
    api.answer();
    await settled();
    expect(api.framesAsked).toHaveLength(2);
  });

  it('brings no other steps while those shown take several requests', () => {
    api.eager = false;
    const samples = Array.from({length: 16}, (_, i) => `s${i}`);
    const next = demand('2').at;
    loader.want([{...demand('1'), samples, next}], []);
    expect(askedSteps(api)).toEqual(['1', '1']);
  });

  it('ends a slow request that was overtaken', () => {
    api.eager = false;
    loader.want([demand('1')], []);
    loader.want([demand('2')], []);
    loader.want([demand('3')], []);
    time = 1000;
    loader.want([demand('4')], []);

    expect(api.aborted.map(({at}) => at[0]?.step)).toEqual(['1']);
    expect(askedSteps(api)).toEqual(['1', '2', '3', '4']);
  });

  it('does not end a slow request that is still wanted', () => {
    api.eager = false;
    loader.want([demand('1')], []);
    loader.want([demand('1'), {...demand('2'), tag: 'u'}], []);
    time = 1000;
    loader.want(
      [
        demand('1'),
        {...demand('2'), tag: 'u'},
        {...demand('3'), tag: 'v'},
        {...demand('4'), tag: 'w'},
      ],
      [],
    );

    expect(api.aborted).toEqual([]);
  });

  it('brings what scrolling shows next with what it shows now, where there is room', async () => {
    api.log = {t: {r: [{step: '1', scores: {a: 1, b: 1, c: 1, d: 1, e: 1}}]}};
    const one = {tag: 't', at: [{run: 'r', step: '1'}]};
    const asked = () => api.framesAsked.map(({samples}) => samples.join('+'));
    loader.want([{...one, samples: ['a', 'b'], ahead: ['c', 'd']}], []);
    await settled();
    // At another step, or where the page was opened, nothing is there: what is in sight comes by itself.
    expect(asked()).toEqual(['a+b']);

    loader.want([{...one, samples: ['b', 'c'], ahead: ['d', 'e']}], []);
    await settled();
    loader.want([{...one, samples: ['c', 'd'], ahead: ['e']}], []);
    await settled();
    expect(asked()).toEqual(['a+b', 'c+d+e']);
  });

  it('brings nothing ahead where the cache is full', async () => {
    cache = new SampleCache(1);
    loader = new PictureLoader(api, cache, () => undefined);
    const one = {tag: 't', at: [{run: 'r', step: '1'}]};
    loader.want([{...one, samples: ['a']}], []);
    await settled();
    api.log = {t: {r: [{step: '1', scores: {a: 1, b: 1, c: 1}}]}};
    loader.want([{...one, samples: ['a', 'b'], ahead: ['c']}], []);
    await settled();
    expect(api.framesAsked.map(({samples}) => samples)).toEqual([['a'], ['b']]);
  });

  it('asks again for what was left out of a large answer', async () => {
    api.most = 1;
    loader.want([demand('1', '2', '3')], []);
    await settled();

    expect(askedSteps(api)).toEqual(['1+2+3', '2+3', '3']);
  });

  it('ends with an error when answers bring nothing', async () => {
    api.most = 0;
    loader.want([demand('1')], []);
    await settled();

    expect(askedSteps(api)).toEqual(['1']);
    expect(cache.get('t', 'r', '1', 'a')).toMatchObject({state: 'error'});
  });

  it('shows why a request failed, and does not repeat it', async () => {
    api.error = new Error('no such tag');
    loader.want([demand('1')], []);
    await settled();
    loader.want([demand('1')], []);
    await settled();

    expect(cache.get('t', 'r', '1', 'b')).toEqual({state: 'error', message: 'no such tag'});
    expect(api.framesAsked).toHaveLength(1);
  });

  it('takes no answer that was on its way when a step was written again', async () => {
    api.eager = false;
    loader.want([demand('1', '2'), {...demand('1'), tag: 'u'}], []);
    loader.forget('t', [{run: 'r', step: '2'}]);
    expect(api.aborted.map(({tag}) => tag)).toEqual(['t']);

    loader.want([demand('1', '2')], []);
    expect(askedSteps(api)).toEqual(['1+2', '1', '1+2']);
    await settled();
    expect(cache.lacks('t', {run: 'r', step: '2'}, 'a')).not.toEqual([]);
  });

  it('tells when something came', async () => {
    const changed = vi.fn();
    const other = new PictureLoader(api, cache, changed);

    other.want([demand('1')], []);
    await settled();

    expect(changed).toHaveBeenCalledTimes(1);
  });

  describe('where some parts are wanted', () => {
    const PREDICTIONS = {...demand('1'), parts: ['prediction']} as const;
    const askedParts = () => api.framesAsked.map(({parts}) => parts);

    it('asks for their bytes alone, and for the others once they are wanted too', async () => {
      loader.want([PREDICTIONS], []);
      await settled();
      loader.want([PREDICTIONS], []);
      expect(askedParts()).toEqual([['prediction']]);
      expect(loader.isBehind).toBe(false);

      loader.want([demand('1')], []);
      expect(loader.isBehind).toBe(true);
      await settled();
      expect(askedParts()).toEqual([['prediction'], ['groundTruth']]);
      expect(loader.isBehind).toBe(false);
    });

    it('asks for nothing that is on its way', async () => {
      api.eager = false;
      loader.want([PREDICTIONS], []);
      loader.want([demand('1')], []);
      expect(askedParts()).toEqual([['prediction'], ['groundTruth', 'input']]);

      api.answer();
      api.answer();
      await settled();
      expect(cache.lacks('t', {run: 'r', step: '1'}, 'a')).toEqual([]);
      expect(api.framesAsked).toHaveLength(2);
    });

    it('asks for what samples need, each once', async () => {
      cache.follow(() => loader.want([PREDICTIONS], []));
      loader.want([PREDICTIONS], []);
      await settled();
      api.eager = false;

      cache.need('t', {run: 'r', step: '1'}, 'a', 'groundTruth');
      await settled();
      cache.need('t', {run: 'r', step: '1'}, 'b', 'groundTruth');
      cache.need('t', {run: 'r', step: '1'}, 'a', 'groundTruth');
      await settled();

      expect(api.framesAsked.slice(1).map(({samples, parts}) => [samples, parts])).toEqual([
        [['a'], ['groundTruth']],
        [['b'], ['groundTruth']],
      ]);
    });

    it('shows why what is needed can’t be had, and does not ask again', async () => {
      cache.follow(() => loader.want([PREDICTIONS], []));
      loader.want([PREDICTIONS], []);
      await settled();
      api.error = new Error('no answer');

      cache.need('t', {run: 'r', step: '1'}, 'a', 'groundTruth');
      await settled();
      loader.want([PREDICTIONS], []);
      await settled();

      expect(api.framesAsked).toHaveLength(2);
      expect(cache.get('t', 'r', '1', 'a')).toMatchObject({
        value: {groundTruth: {error: 'no answer'}},
      });
    });
  });
});
