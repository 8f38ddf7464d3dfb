// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Log} from './fake-api.fixture.js';
import type {ViewChange} from './intents.js';
import {LOG, openSession, steps} from './session.fixture.js';

describe('a session', () => {
  it('ranks by an order of a link at the step shown, whichever tag the page learns of first', async () => {
    const log: Log = {
      ...Object.fromEntries(['a', 'b', 'c'].map((tag) => [tag, {dice: steps(0, 9)}])),
      seg: {dice: steps(0, 3000)},
    };
    const {reload, send, session, settled, tag, timeline} = await openSession(
      log,
      new Map([['sort', 'worst']]),
    );
    const rankedAt = () => session.snapshot.view.rankedAt;
    expect(timeline().step).toBe('9');

    session.setVisibleTags(['seg']);
    await settled();
    expect(timeline().step).toBe('3000');
    expect(rankedAt()).toBeNull();
    expect(tag().rows.map(({id}) => id)).toEqual(['a', 'b']);

    await reload(log);
    expect(rankedAt()).toBeNull();

    await send({type: 'step', step: '0'});
    expect(rankedAt()).toBe('3000');
  });

  it.each<ViewChange>([
    {type: 'sort', change: {by: 'worst'}},
    {type: 'sampleFilter', change: {min: 0.1}},
    {type: 'rankHere'},
    {type: 'confusion', confusion: {tag: 'seg', run: 'dice', truth: 0, predicted: 1}},
  ])(
    'ranks at the step shown what was chosen while shorter tags were known: %j',
    async (chosen) => {
      const {send, session, settled, timeline} = await openSession({
        ...Object.fromEntries(['a', 'b', 'c'].map((tag) => [tag, {dice: steps(0, 9)}])),
        seg: {dice: steps(0, 3000)},
      });
      await send({type: 'sort', change: {by: 'best'}});
      expect(timeline().step).toBe('9');
      await send(chosen);

      session.setVisibleTags(['seg']);
      await settled();
      expect(timeline().step).toBe('3000');
      await send({type: 'step', step: '0'});

      expect(session.snapshot.view.rankedAt).toBe('3000');
      await send({type: 'confusion', confusion: null});
      expect(session.snapshot.view.rankedAt).toBe('3000');
    },
  );

  describe('after a confusion', () => {
    const ofClass = (truth: number): ViewChange => ({
      type: 'confusion',
      confusion: {tag: 'seg', run: 'dice', truth, predicted: 0},
    });
    const off: ViewChange = {type: 'confusion', confusion: null};

    it.each<[string, ViewChange[], string]>([
      ['an order chosen before it', [{type: 'sort', change: {by: 'worst'}}], '20'],
      ['a filter chosen before it', [{type: 'sampleFilter', change: {min: 0.1}}], '20'],
    ])('leaves %s at the step where it was chosen', async (_, chosen, step) => {
      const {send, session} = await openSession();
      for (const change of [...chosen, ofClass(1), {type: 'step', step: '0'}, off] as const) {
        await send(change);
      }
      expect(session.snapshot.view.rankedAt).toBe(step);
      await send({type: 'step', step: '10'});
      expect(session.snapshot.view.rankedAt).toBe(step);
    });

    it('leaves an order where it was, and puts another confusion in order at the step shown', async () => {
      const {send, session} = await openSession();
      await send({type: 'sort', change: {by: 'worst'}});
      await send(ofClass(1));
      await send({type: 'step', step: '0'});
      await send(ofClass(2));
      expect(session.snapshot.view.rankedAt).toBe('0');
      await send({type: 'step', step: '10'});
      expect(session.snapshot.view.rankedAt).toBe('0');
      await send(off);
      expect(session.snapshot.view.rankedAt).toBe('20');
    });

    it('leaves an order where it was when steps were logged', async () => {
      const {reload, send, session} = await openSession();
      await send({type: 'sort', change: {by: 'worst'}});
      await send(ofClass(1));
      await reload({...LOG, seg: {...LOG.seg, dice: steps(0, 10, 20, 30)}});
      await send(off);
      expect(session.snapshot.view.rankedAt).toBe('20');
    });

    it('leaves a filter chosen since at its step', async () => {
      const {send, session} = await openSession(LOG, new Map([['step', '10']]));
      await send(ofClass(1));
      await send({type: 'step', step: '20'});
      await send({type: 'sampleFilter', change: {min: 0.1}});
      await send({type: 'step', step: '0'});
      await send(off);
      expect(session.snapshot.view.rankedAt).toBe('10');
    });
  });

  it('shows the samples of a confusion as of one step in any order', async () => {
    const {send, session} = await openSession();
    await send({type: 'confusion', confusion: {tag: 'seg', run: 'dice', truth: 1, predicted: 0}});
    await send({type: 'sort', change: {by: 'dataset'}});
    await send({type: 'step', step: '0'});
    expect(session.snapshot.view.rankedAt).toBe('20');
  });

  it('filters at the step shown when nothing was put in order or filtered any more', async () => {
    const {send, session} = await openSession(LOG, new Map([['step', '10']]));
    await send({type: 'sampleFilter', change: {min: 0.1}});
    await send({type: 'sampleFilter', change: {min: null}});
    await send({type: 'step', step: '0'});
    await send({type: 'sampleFilter', change: {min: 0.1}});
    expect(session.snapshot.view.rankedAt).toBe('0');
    await send({type: 'step', step: '20'});
    await send({type: 'sampleFilter', change: {max: 0.9}});
    expect(session.snapshot.view.rankedAt).toBe('0');
  });

  it('leaves the order of a link as it was when steps are logged', async () => {
    const {reload, saved, session, timeline} = await openSession(LOG, new Map([['sort', 'worst']]));

    await reload({...LOG, seg: {...LOG.seg, dice: steps(0, 10, 20, 30)}});

    expect(timeline().step).toBe('30');
    expect(session.snapshot.view.rankedAt).toBe('20');
    expect(saved.at(-1)?.get('rankedAt')).toBe('20');
  });
});
