// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {commandFor} from './command-search.js';
import type {ViewChange} from './intents.js';
import {isOpening} from './page.js';
import {latest} from './resource.js';
import {LOG, MANY, openSession, steps} from './session.fixture.js';

describe('a session', () => {
  it('begins at the newest step of all runs', async () => {
    const {timeline, tag} = await openSession();

    expect(timeline().steps).toEqual(['0', '10', '20']);
    expect(timeline().step).toBe('20');
    expect(tag().rows.map(({id}) => id)).toEqual(['a', 'b']);
  });

  it('puts the highest first as worst where a later record says that lower is better', async () => {
    const [first, ...later] = steps(0, 10);
    const log = {seg: {dice: [first!, ...later.map((one) => ({...one, lower: true}))]}};
    const {tag} = await openSession(log, new Map([['sort', 'worst']]));

    expect(tag().rows.map(({id}) => id)).toEqual(['a', 'b']);
    expect(tag().lowerIsBetter.has('iou')).toBe(true);
  });

  it('shows the nearest step of a run that lacks the one asked for, and how far it is', async () => {
    const {send, tag} = await openSession();

    await send({type: 'step', step: '10'});

    expect(tag().runs.map(({run, step, offset}) => [run, step, offset])).toEqual([
      ['dice', '10', 0n],
      ['xent', '0', -10n],
    ]);
  });

  it('opens once it is known what there is to show', async () => {
    const {api, session, reload} = await openSession({});
    expect(isOpening(session.snapshot.page)).toBe(false);

    const series = api.series.bind(api);
    api.series = () => new Promise(() => undefined);
    await reload(MANY);
    expect(isOpening(session.snapshot.page)).toBe(true);

    api.series = series;
    await reload(MANY);
    expect(isOpening(session.snapshot.page)).toBe(false);
  });

  it('follows new steps when it stood at the end', async () => {
    const {reload, timeline, session} = await openSession();

    await reload({...LOG, seg: {dice: steps(0, 10, 20, 30), xent: steps(0, 20)}});

    expect(timeline().step).toBe('30');
    expect(session.snapshot.view.step).toBeNull();
  });

  it('does not move when it stood elsewhere', async () => {
    const {reload, send, timeline} = await openSession();
    await send({type: 'step', step: '10'});

    await reload({...LOG, seg: {dice: steps(0, 10, 20, 30), xent: steps(0, 20)}});

    expect(timeline().step).toBe('10');
    expect(timeline().steps).toContain('30');
  });

  it('keeps the order of the cards when new data comes', async () => {
    const {reload, send, tag} = await openSession();
    await send({type: 'sort', change: {by: 'worst'}});
    expect(tag().rows.map(({id}) => id)).toEqual(['b', 'a']);

    const worse = [...steps(0, 10, 20), {step: '30', scores: {a: 0.1, b: 0.9}}];
    await reload({...LOG, seg: {dice: worse, xent: steps(0, 20)}});
    expect(tag().rows.map(({id}) => id)).toEqual(['b', 'a']);

    await send({type: 'rankHere'});
    expect(tag().rows.map(({id}) => id)).toEqual(['a', 'b']);
  });

  it('shows again what was loaded when a reload fails, and says why', async () => {
    const {api, send, session, tag} = await openSession();
    api.error = new Error('TensorBoard does not answer.');

    await send({type: 'reload'});

    expect(session.snapshot.page.catalog).toMatchObject({
      state: 'error',
      message: 'TensorBoard does not answer.',
    });
    expect(tag().rows).toHaveLength(2);
  });

  it('recovers at the next reload', async () => {
    const {api, send, session} = await openSession();
    api.error = new Error('down');
    await send({type: 'reload'});
    api.error = null;

    await send({type: 'reload'});

    expect(session.snapshot.page.catalog.state).toBe('ready');
  });

  it('fetches hyperparameters once the first pictures are shown, and again with new data', async () => {
    const {api, session, settled, reload} = await openSession(LOG, new Map(), {prefetches: false});
    expect(api.hparamsAsked).toBe(0);
    session.enablePrefetch();
    await settled();
    expect(api.hparamsAsked).toBe(1);

    api.hparamsOf = {dice: {session: 'dice', values: {lr: 0.1}}};
    await reload(LOG);
    expect(api.hparamsAsked).toBe(2);
    expect(session.snapshot.page.hparams.of).toBe(api.hparamsOf);
  });

  it('fetches hyperparameters at once where the runs stand in an order that they make', async () => {
    const {api, session, settled} = await openSession(LOG, new Map([['sortRuns', 'lr']]), {
      prefetches: false,
    });
    api.hparamsOf = {
      dice: {session: 'dice', values: {lr: 0.1}},
      xent: {session: 'xent', values: {lr: 0.01}},
    };
    session.send({type: 'reload'});
    await settled();
    expect(session.snapshot.page.shownRuns).toEqual(['xent', 'dice']);
    expect(session.snapshot.page.hparams.differing).toEqual(['lr']);
  });

  it('shows its runs also where hyperparameters can not be had', async () => {
    const {api, send, session} = await openSession();
    api.hparams = () => Promise.reject(new Error('no'));
    await send({type: 'reload'});
    expect(session.snapshot.page.catalog.state).toBe('ready');
    expect(session.snapshot.page.shownRuns).toEqual(['dice', 'xent']);
  });

  it('fetches a step again that was written again', async () => {
    const {reload, see, session} = await openSession();
    await see('a');
    const before = latest(session.snapshot.sampleSource.get('seg', 'dice', '20', 'a'));

    const again = [
      ...steps(0, 10),
      {step: '20', at: 999, scores: {a: 0.9, b: 0.9}, groundTruth: 'other'},
    ];
    await reload({...LOG, seg: {dice: again, xent: steps(0, 20)}});

    const after = latest(session.snapshot.sampleSource.get('seg', 'dice', '20', 'a'));
    expect(before?.groundTruth?.digest).toBe('gt-a');
    expect(after?.groundTruth?.digest).toBe('other');
  });

  it('fetches a step again that went when a training was started again, and came back', async () => {
    const {reload, see, session} = await openSession();
    const truth = (): string | undefined =>
      latest(session.snapshot.sampleSource.get('seg', 'dice', '20', 'a'))?.groundTruth?.digest;
    await see('a');
    expect(truth()).toBe('gt-a');

    await reload({...LOG, seg: {dice: steps(0, 10), xent: steps(0, 20)}});
    const again = {step: '20', at: 999, scores: {a: 0.9, b: 0.9}, groundTruth: 'other'};
    await reload({...LOG, seg: {dice: [...steps(0, 10), again], xent: steps(0, 20)}});

    expect(truth()).toBe('other');
  });

  it('hides a tag that the filter does not match, unless it is pinned', async () => {
    const {send, session} = await openSession();
    const names = (): string[] => session.snapshot.page.tags.tags.map(({tag}) => tag);

    await send({type: 'tagFilter', text: '^dep'});
    expect(names()).toEqual(['depth']);

    await send({type: 'pinTag', tag: 'seg', pinned: true});
    expect(names()).toEqual(['seg', 'depth']);
  });

  it('filters samples by what was seen of their captions', async () => {
    const {see, send, tag} = await openSession();
    await see('a', 'b');

    await send({type: 'sampleFilter', change: {text: 'caption of b'}});

    expect(tag().rows.map(({id}) => id)).toEqual(['b']);
  });

  it('filters samples by their captions at the step shown', async () => {
    const {see, send, tag} = await openSession();
    await see('a', 'b');
    await send({type: 'firstStep'});

    await send({type: 'sampleFilter', change: {text: '"of b at 0"'}});

    expect(tag().rows.map(({id}) => id)).toEqual(['b']);
  });

  it('leaves its models alone where captions come that nothing is sought in', async () => {
    const {see, tag} = await openSession();
    const before = tag();

    await see('a', 'b');

    expect(tag()).toBe(before);
  });

  it('leaves out a sample that is in no record of the step', async () => {
    const some = [...steps(0), {step: '10', scores: {a: 0.5}}];
    const {send, tag} = await openSession({seg: {dice: some}});

    expect(tag().rows.map(({id}) => id)).toEqual(['a']);
    await send({type: 'firstStep'});
    expect(tag().rows.map(({id}) => id)).toEqual(['a', 'b']);
  });

  it('says of which run most steps were sampled away', async () => {
    const logged = [...steps(0, 10), {step: '20', scores: {a: 1}, logged: 2431}];
    const {timeline} = await openSession({seg: {dice: logged, xent: steps(0, 20)}});

    expect(timeline().sampled).toEqual([{tag: 'seg', run: 'dice', kept: 3, logged: 2431}]);
  });

  it('draws the curve of the sample that is open, else the mean', async () => {
    const {send, timeline} = await openSession();
    expect(timeline().curves[0]?.y).toEqual([0.375, 0.425, 0.475]);

    await send({type: 'open', tag: 'seg', sample: 'b'});

    expect(timeline()).toMatchObject({sample: 'b'});
    expect(timeline().curves[0]?.y).toEqual([0.25, 0.35, 0.45]);
  });

  it('closes a sample of a tag that is not on the page, which would hide the cards', async () => {
    const {send, session, settled} = await openSession();
    await send({type: 'open', tag: 'seg', sample: 'b'});
    expect(session.snapshot.view.open).toEqual({tag: 'seg', sample: 'b'});

    await send({type: 'tagFilter', text: '^dep'});
    expect(session.snapshot.view.open).toBeNull();

    session.open(new Map([['open', 'nothing,b']]));
    await settled();
    expect(session.snapshot.view.open).toBeNull();
  });

  it('finds where the sample that is open first went wrong', async () => {
    const scores = [0.2, 0.9, 0.4, 0.3, 0.35].map((b, i) => ({
      step: String(i * 10),
      scores: {a: 0.9, b},
    }));
    const {send, session, timeline} = await openSession({seg: {dice: scores}});
    await send({type: 'open', tag: 'seg', sample: 'b'});

    const command = commandFor({
      key: 'f',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
    });
    const scope = {...session.scope, isOverlaid: false};
    await send(command!.intent(session.snapshot.view, scope) as ViewChange);

    expect(timeline().step).toBe('20');
  });

  it('restores a view from a link, and writes it back', async () => {
    const params = new Map([
      ['step', '10'],
      ['runs', 'xent'],
      ['sort', 'worst:iou'],
    ]);
    const {session, tag, timeline} = await openSession(LOG, params);

    expect(timeline().step).toBe('0');
    expect(tag().runs.map(({run}) => run)).toEqual(['xent']);
    expect(session.params).toEqual(params);
  });

  it('shows runs again when all that were remembered are gone', async () => {
    const {tag} = await openSession(LOG, new Map([['runs', 'deleted']]));

    expect(tag().runs).toHaveLength(2);
  });

  it('plays to the end and stops there', async () => {
    const {send, tick, timeline, session} = await openSession();
    await send({type: 'step', step: '0'});
    await send({type: 'play', playing: true});

    await tick();
    expect(timeline().step).toBe('10');
    await tick();
    expect(timeline().step).toBe('20');
    await tick();
    expect(session.snapshot.view.playing).toBe(false);
  });

  it('plays from the beginning when it stood at the end', async () => {
    const {send, timeline} = await openSession();

    await send({type: 'play', playing: true});

    expect(timeline().step).toBe('0');
  });

  it('keeps models that did not change the same objects', async () => {
    const {send, tag, timeline} = await openSession();
    const [seg, drawing] = [tag(), timeline()];

    await send({type: 'mode', mode: 'blink'});

    expect(tag()).toBe(seg);
    expect(timeline()).toBe(drawing);
  });

  it('survives steps past 2^53', async () => {
    const big = ['9007199254740993', '9007199254740995'].map((step) => ({step, scores: {a: 1}}));
    const {send, tag, timeline} = await openSession({seg: {dice: big}});

    await send({type: 'moveStep', by: -1});

    expect(timeline().step).toBe('9007199254740993');
    expect(tag().runs[0]?.step).toBe('9007199254740993');
  });
});

describe('classes', () => {
  it('of one tag stay chosen while another is in sight, and go with their tag', async () => {
    const {api, session, settled} = await openSession();
    api.kinds = {depth: {name: 'mask', classes: [{id: 7}], ignore: []}};
    session.send({type: 'reload'});
    await settled();
    session.setVisibleTags(['depth']);
    session.send({type: 'isolateClass', id: 7});
    await settled();
    expect(session.snapshot.page.classes?.tag).toBe('depth');
    session.setVisibleTags(['seg', 'depth']);
    await settled();
    expect(session.snapshot.page.classes?.tag).toBe('seg');
    expect(session.snapshot.view.isolatedClass).toBe(7);
    session.send({type: 'tagFilter', text: 'seg'});
    await settled();
    expect(session.snapshot.view.isolatedClass).toBeNull();
  });

  it('are scored by the records of the runs that are on, at the step shown', async () => {
    const {api, session, settled} = await openSession();
    session.setVisibleTags(['seg']);
    session.send({type: 'step', step: '10'});
    await settled();
    await settled();
    expect(api.countsAsked.flat()).toContainEqual(
      expect.objectContaining({run: 'dice', step: '10'}),
    );
    const {runs} = session.snapshot.page.classes!;
    expect(runs.map(({run, step, counted}) => [run, step, counted.state])).toEqual([
      ['dice', '10', 'ready'],
      ['xent', '0', 'ready'],
    ]);
  });
});
