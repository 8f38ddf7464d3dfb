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
      expect(session.snapshot.view.rankedAt).not.toBe('9');
    },
  );

  it('leaves the order of a link as it was when steps are logged', async () => {
    const {reload, saved, session, timeline} = await openSession(LOG, new Map([['sort', 'worst']]));

    await reload({...LOG, seg: {...LOG.seg, dice: steps(0, 10, 20, 30)}});

    expect(timeline().step).toBe('30');
    expect(session.snapshot.view.rankedAt).toBe('20');
    expect(saved.at(-1)?.get('rankedAt')).toBe('20');
  });
});
