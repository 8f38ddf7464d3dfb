// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {ClassCounts, TagKind} from '../api/types.js';
import {fillingClass} from './backgrounds.js';
import {FakeApi, type Log} from './fake-api.fixture.js';
import {LOG, openSession} from './session.fixture.js';

const TISSUE: TagKind = {
  name: 'mask',
  classes: [
    {id: 4, name: 'tissue'},
    {id: 1, name: 'tumor'},
  ],
  ignore: [9],
};

/** Pixels of the ground truth by class, of which a quarter is wrong. */
function countsOf(pixels: Readonly<Record<number, number>>): ClassCounts {
  const ids = Object.keys(pixels).map(Number);
  const truths = Object.values(pixels);
  return {
    counted: 2,
    ids,
    truePositive: truths.map((one) => (3 * one) / 4),
    falsePositive: truths.map(() => 1e6),
    falseNegative: truths.map((one) => one / 4),
  };
}

describe('the class that fills the frame', () => {
  it.each([
    ['has more than half of the ground truth', {4: 52, 1: 48}, 4],
    ['is none where none has', {4: 48, 1: 28, 2: 24}, null],
    ['is none of two halves', {4: 48, 1: 48}, null],
    ['is none where nothing else would be seen', {4: 48}, null],
    ['is none of nothing', {}, null],
    ['is none where class 0 occurs, of which the tag says nothing', {4: 52, 1: 40, 0: 8}, null],
  ] as const)('%s', (_, pixels, id) => {
    expect(fillingClass(countsOf(pixels), TISSUE)).toBe(id);
  });

  it('is not known where classes were left out', () => {
    expect(fillingClass({...countsOf({4: 52, 1: 48}), omittedClasses: 1}, TISSUE)).toBeNull();
  });
});

/** A server on which class 4 fills most of the first records, and class 1 all others. */
class TissueApi extends FakeApi {
  override kinds = {seg: TISSUE, depth: TISSUE};

  override async counts(tag: string, at: Parameters<FakeApi['counts']>[1]) {
    await super.counts(tag, at);
    return {
      counts: at.map(({run, step}) => {
        const total = countsOf(step === '0' ? {4: 80, 1: 20} : {4: 20, 1: 80});
        return {run, step, samples: 2, total};
      }),
    };
  }
}

async function open(params: readonly (readonly [string, string])[] = [], log: Log = LOG) {
  const api = new TissueApi(log);
  const opened = await openSession(api, new Map(params), {prefetches: false});
  const backgrounds = (tag = 'seg') =>
    opened.session.snapshot.page.tags.tags
      .find((one) => one.tag === tag)!
      .runs.map(({kind}) => kind.background);
  return {...opened, api, backgrounds};
}

describe('the background of a tag', () => {
  it('fills the frame of the first record of each run, whatever step is shown', async () => {
    const {session, send, api, backgrounds} = await open();
    expect(backgrounds()).toEqual([4, 4]);
    expect(backgrounds('depth')).toEqual([4]);
    await send({type: 'step', step: '20'});
    expect(backgrounds()).toEqual([4, 4]);
    expect(api.countsAsked.flat().map(({step}) => step)).toEqual(['0', '0', '0']);
    expect(session.snapshot.page.classes?.background).toEqual([4]);
  });

  it('is what the viewer chose, for all tags, and none where that was chosen', async () => {
    const {send, backgrounds, api, session} = await open([['background', '1']]);
    expect([...backgrounds(), ...backgrounds('depth')]).toEqual([1, 1, 1]);
    expect(api.countsAsked).toEqual([]);
    await send({type: 'background', background: 'none'});
    expect(backgrounds()).toEqual([null, null]);
    expect(session.params.get('background')).toBe('none');
    await send({type: 'background', background: null});
    expect(backgrounds()).toEqual([4, 4]);
  });

  it('is told by names alone where one says so', async () => {
    const api = new TissueApi(LOG);
    const called = {...TISSUE, classes: [...(TISSUE.classes ?? []), {id: 7, name: 'void'}]};
    api.kinds = {seg: called, depth: called};
    const {session} = await openSession(api, new Map(), {prefetches: false});
    expect(session.snapshot.page.tags.tags[0]!.runs[0]!.kind).toBe(called);
    expect(session.snapshot.page.classes?.background).toEqual([0, 7]);
    expect(api.countsAsked).toEqual([]);
  });

  it('is counted again where the first record was written again', async () => {
    const {api, reload} = await open();
    const seg = {
      dice: [{step: '0', scores: {a: 1}, at: 9}, ...LOG.seg!.dice!.slice(1)],
      xent: LOG.seg!.xent!,
    };
    const before = api.countsAsked.length;
    await reload({...LOG, seg});
    expect(api.countsAsked.slice(before).flat()).toEqual([{run: 'dice', step: '0'}]);
  });
});
