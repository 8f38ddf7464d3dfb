// SPDX-License-Identifier: Apache-2.0
import {afterEach, describe, expect, it, vi} from 'vitest';
import {FakeApi} from './fake-api.fixture.js';
import {latest} from './resource.js';
import {MANY, openSession} from './session.fixture.js';
import {runSide} from './sides.js';

describe('a session', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('fetches the visible pictures, and no others', async () => {
    const {api, see, session} = await openSession(MANY);
    const before = api.framesAsked.length;

    await see('d');

    expect(api.framesAsked[before]).toMatchObject({
      tag: 'seg',
      samples: ['d'],
      at: [{run: 'dice', step: '20'}],
    });
    expect(
      latest(session.snapshot.sampleSource.get('seg', 'dice', '20', 'd'))?.prediction?.blob,
    ).toBeDefined();
    expect(api.framesAsked.flatMap(({samples}) => samples)).not.toContain('c');
  });

  it('fetches the parts that are shown, and of a sample in full view all', async () => {
    const {api, session, send, settled} = await openSession(MANY);
    const shown = () => latest(session.snapshot.sampleSource.get('seg', 'dice', '20', 'd'));
    session.setVisibleTags(['seg']);
    session.setVisibleSamples({tag: 'seg', samples: ['d'], parts: ['prediction']});
    await settled();
    expect(api.framesAsked.at(-1)).toMatchObject({samples: ['d'], parts: ['prediction']});
    expect(shown()).toMatchObject({groundTruth: {digest: 'gt-d'}});
    expect(shown()?.groundTruth?.blob).toBeUndefined();

    await send({type: 'open', tag: 'seg', sample: 'd'});
    expect(shown()?.groundTruth?.blob).toBeDefined();
    expect(api.framesAsked.at(-1)).toMatchObject({samples: ['d'], parts: ['groundTruth']});
  });

  it('fetches what scrolling will show, once all that is in sight is there', async () => {
    const {api, session, settled} = await openSession(MANY);
    session.setVisibleTags(['seg']);
    session.setVisibleSamples({tag: 'seg', samples: ['c'], ahead: ['d']});
    await settled();
    const asked = api.framesAsked.filter(({at}) => at.every(({step}) => step === '20'));
    expect(asked.slice(-2).map(({samples}) => samples)).toEqual([['c'], ['d']]);
  });

  it('fetches another part once something shows it', async () => {
    const {api, session, settled} = await openSession(MANY);
    const source = session.snapshot.sampleSource;
    session.setVisibleTags(['seg']);
    session.setVisibleSamples({tag: 'seg', samples: ['c', 'd'], parts: ['prediction']});
    await settled();

    source.need('seg', {run: 'dice', step: '20'}, 'd', 'groundTruth');
    await settled();

    expect(api.framesAsked.at(-1)).toMatchObject({samples: ['d'], parts: ['groundTruth']});
    expect(latest(source.get('seg', 'dice', '20', 'd'))?.groundTruth?.blob).toBeDefined();
  });

  it('fetches of the runs in sight only, until a sample is in full view', async () => {
    const {api, seeRuns, send} = await openSession();
    const before = api.framesAsked.length;
    const runsAsked = (): readonly string[] =>
      api.framesAsked.slice(before).flatMap(({at}) => at.map(({run}) => run));
    await seeRuns(['b'], ['xent']);
    expect(runsAsked()).not.toContain('dice');
    await send({type: 'open', tag: 'seg', sample: 'b'});
    expect(runsAsked()).toContain('dice');
  });

  it('fetches what A stays at, too', async () => {
    const {api, see, send} = await openSession(MANY, new Map(), {prefetches: false});
    await see('d');
    const before = api.framesAsked.length;

    await send({type: 'sides', change: {a: runSide('dice', '10')}});

    expect(api.framesAsked[before]).toMatchObject({
      samples: ['d'],
      at: [{run: 'dice', step: '10'}],
    });
  });

  it('fetches the first samples at the newest steps before the page is laid out', async () => {
    const {api} = await openSession(MANY);

    expect(api.framesAsked).toMatchObject([
      {tag: 'seg', samples: ['a', 'b'], at: [{run: 'dice', step: '20'}]},
    ]);
  });

  it('fetches of a sheet, before it is laid out, the predictions of more samples by its one run', async () => {
    const ids = Array.from({length: 30}, (_, i) => `s${String(i).padStart(2, '0')}`);
    const scores = Object.fromEntries(ids.map((id) => [id, 0.5]));
    const log = {seg: {dice: [{step: '1', scores}], xent: [{step: '1', scores}]}};
    const link = new Map([['layouts', 'seg,sheet,,xent']]);
    const {api} = await openSession(log, link, {prefetches: false});
    expect(new Set(api.framesAsked.flatMap(({parts = []}) => parts))).toEqual(
      new Set(['prediction']),
    );
    expect(api.framesAsked.flatMap(({at}) => at.map(({run}) => run))).toEqual(['xent', 'xent']);
    expect(api.framesAsked.flatMap(({samples}) => samples)).toEqual(ids.slice(0, 16));
  });

  it('fetches them at the step that the link says', async () => {
    const {api} = await openSession(MANY, new Map([['step', '10']]));

    expect(api.framesAsked).toMatchObject([{samples: ['a', 'b'], at: [{run: 'dice', step: '10'}]}]);
  });

  it('fetches of ranked samples those that are first, once that is known', async () => {
    const {api} = await openSession(MANY, new Map([['sort', 'worst']]));

    expect(api.framesAsked).toMatchObject([{samples: ['d', 'c']}]);
  });

  it('fetches of filtered samples those that pass, once that is known', async () => {
    const {api} = await openSession(MANY, new Map([['samples', 'iou<0.5;;;']]));

    expect(api.framesAsked).toMatchObject([{samples: ['c', 'd']}]);
  });

  it('shows samples while their scores are not there, whatever is asked of them', async () => {
    const api = new FakeApi(MANY);
    api.samples = () => Promise.reject(new Error('400'));
    for (const filter of ['iou<0.5;;;', 'weather:rain;;;', ';;0;0.5']) {
      const {tag} = await openSession(api, new Map([['samples', filter]]));
      expect(tag().rows.map(({id}) => id)).toEqual(['a', 'b', 'c', 'd']);
      expect(tag().filterProblem).toBe('Samples can’t be filtered by metrics or attributes: 400');
    }
  });

  it('fetches of an open sample that one', async () => {
    const {api} = await openSession(MANY, new Map([['open', 'seg,c']]));

    expect(api.framesAsked[0]).toMatchObject({samples: ['c']});
  });

  it('fetches nothing ahead before it may', async () => {
    const {api, session, see, settled} = await openSession(MANY, new Map(), {prefetches: false});
    await see('a');
    expect(new Set(api.framesAsked.flatMap(({at}) => at.map(({step}) => step)))).toEqual(
      new Set(['20']),
    );

    session.enablePrefetch();
    await settled();

    expect(api.framesAsked.some(({at}) => at.some(({step}) => step === '10'))).toBe(true);
  });

  it('fetches ahead of the slider, so that the next step is there already', async () => {
    const {api, see, send, session} = await openSession();
    await see('a');
    const asked = api.framesAsked.length;

    await send({type: 'moveStep', by: -1});

    expect(session.snapshot.sampleSource.get('seg', 'dice', '10', 'a').state).toBe('ready');
    expect(api.framesAsked.slice(asked).every(({at}) => at.every(({step}) => step !== '10'))).toBe(
      true,
    );
  });

  it('fetches four steps in a row in the direction of the slider, so that most moves need none', async () => {
    const records = Array.from({length: 14}, (_, step) => ({step: `${step}`, scores: {a: 0.5}}));
    const {api, see, send} = await openSession({seg: {dice: records}}, new Map([['step', '4']]));
    await see('a');
    const askedBy = async (by: number): Promise<readonly (readonly string[])[]> => {
      const before = api.framesAsked.length;
      await send({type: 'moveStep', by});
      return api.framesAsked.slice(before).map(({at}) => at.map(({step}) => step));
    };

    expect(await askedBy(1)).toEqual([['7'], ['8', '9', '10', '11']]);
    expect(await askedBy(1)).toEqual([]);
    expect(await askedBy(1)).toEqual([]);
    expect(await askedBy(1)).toEqual([['12', '13']]);
    expect(await askedBy(-1)).toEqual([['1', '0']]);
    expect(await askedBy(-1)).toEqual([]);
  });

  it('fetches nothing ahead of a slider that leaves its rest until the step is on the screen', async () => {
    const records = Array.from({length: 14}, (_, step) => ({step: `${step}`, scores: {a: 0.5}}));
    const log = {seg: {dice: records}};
    const {api, see, send, paint} = await openSession(log, new Map([['step', '4']]), {
      paints: false,
    });
    await see('a');
    await paint();
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
    const before = api.framesAsked.length;
    const asked = () => api.framesAsked.slice(before).map(({at}) => at.map(({step}) => step));

    await send({type: 'moveStep', by: 1});
    await send({type: 'moveStep', by: 1});
    expect(asked()).toEqual([]);

    await paint();
    expect(asked()).toEqual([['7'], ['8', '9', '10', '11']]);
  });

  it('fetches no pictures while the page is hidden', async () => {
    const {api, session, see} = await openSession(MANY);
    session.setPageVisible(false);
    const before = api.framesAsked.length;

    await see('d');

    expect(api.framesAsked).toHaveLength(before);
  });

  describe('keeps what is in sight while the page is hidden, however large it is', () => {
    const openLarge = async () => {
      const api = new FakeApi({
        seg: {dice: ['0', '10'].map((step) => ({step, scores: {a: 0.5, b: 0.5}}))},
      });
      // Two predictions and two ground truths: more than is kept of what is not in sight.
      api.blobBytes = {seg: 26 * 2 ** 20};
      const opened = await openSession(api);
      await opened.see('a', 'b');
      return {...opened, asked: api.framesAsked.length};
    };

    it('as a tab of the browser', async () => {
      const {api, asked, session, settled} = await openLarge();
      session.setPageVisible(false);
      await settled();
      session.setPageVisible(true);
      await settled();
      expect(api.framesAsked).toHaveLength(asked);
    });

    it('as a tab of TensorBoard, whose elements are out of sight until they are laid out again', async () => {
      const {api, asked, see, session, settled} = await openLarge();
      session.setPageVisible(false);
      await settled();
      session.setVisibleTags([]);
      session.setVisibleSamples({tag: 'seg', samples: []});
      await settled();
      session.setPageVisible(true);
      await settled();
      await see('a', 'b');
      expect(api.framesAsked).toHaveLength(asked);
    });
  });
});
