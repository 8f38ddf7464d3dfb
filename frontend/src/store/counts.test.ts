// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {NO_SHOWN_HPARAMS} from './hparams.js';
import {classListOf, classScoresOf, tagOfClasses} from './class-list.js';
import {CountsStore, countsAt} from './counts.js';
import type {TagModel} from './data.js';
import {FakeApi} from './fake-api.fixture.js';
import {PENDING, ready} from './resource.js';

const LOG = {
  seg: {
    a: [
      {step: '1', scores: {s: 0.5, t: 1}},
      {step: '2', scores: {s: 0.25}, uncounted: true},
    ],
    b: [{step: '1', scores: {s: 0}}],
  },
};
const A1 = {run: 'a', step: '1'};
const A2 = {run: 'a', step: '2'};
const B1 = {run: 'b', step: '1'};

function store(api = new FakeApi(LOG), kept?: number) {
  const changes: number[] = [];
  return {api, changes, counts: new CountsStore(api, () => changes.push(1), kept)};
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

function model(changes: Partial<TagModel>): TagModel {
  return {
    ...{
      tag: 'seg',
      description: '',
      pinned: false,
      collapsed: false,
      runs: [],
      named: [],
      kindChanges: [],
      hparams: NO_SHOWN_HPARAMS,
      since: null,
    },
    ...{
      step: '1',
      rows: [],
      allRows: [],
      total: 0,
      metricNames: [],
      lowerIsBetter: new Set<string>(),
    },
    ...{metric: null, status: ready(null), absent: false, attributeNames: []},
    ...changes,
  };
}

const MASK = {name: 'mask', classes: [{id: 3, name: 'car'}], ignore: [255]} as const;
const IMAGE = {name: 'image', bits: 8} as const;
const RUN = {
  ...{
    color: 'red',
    steps: ['1'],
    step: '1',
    offset: 0n,
    outdated: false,
    averaged: {},
    wallTime: 0,
  },
  metrics: {},
};

it('fetches all that is wanted in one request, once', async () => {
  const {api, changes, counts} = store();
  expect(countsAt(counts.of('seg'), A1)).toBe(PENDING);
  counts.want('seg', [A1, B1]);
  counts.want('seg', [A1, B1]);
  await settled();
  counts.want('seg', [A1]);
  await settled();
  expect(api.countsAsked).toEqual([[A1, B1]]);
  expect(changes).toHaveLength(1);
  const counted = countsAt(counts.of('seg'), A1);
  expect(counted).toMatchObject({state: 'ready', value: {samples: 2, total: {counted: 2}}});
});

it('fetches the newest demand when a request ends', async () => {
  const {api, counts} = store();
  counts.want('seg', [A1]);
  counts.want('seg', [B1]);
  counts.want('seg', [A2]);
  await settled();
  expect(api.countsAsked).toEqual([[A1], [A2]]);
});

it('asks again for what an answer left out', async () => {
  const {api, counts} = store();
  api.most = 1;
  counts.want('seg', [A1, B1]);
  await settled();
  expect(api.countsAsked).toEqual([[A1, B1], [B1]]);
});

it('says why there are no counts, and asks again on request', async () => {
  const {api, counts} = store();
  api.error = new Error('down');
  counts.want('seg', [A1]);
  await settled();
  expect(countsAt(counts.of('seg'), A1)).toEqual({state: 'error', message: 'down'});
  api.error = null;
  counts.forgetFailures();
  counts.want('seg', [A1]);
  await settled();
  expect(countsAt(counts.of('seg'), A1).state).toBe('ready');
});

it('keeps what is wanted, be it more than is kept of what passed by', async () => {
  const {api, counts} = store(new FakeApi(LOG), 1);
  counts.want('seg', [A1, B1]);
  await settled();
  counts.want('seg', [A1, B1]);
  await settled();
  expect(api.countsAsked).toEqual([[A1, B1]]);
  counts.want('seg', [A2]);
  await settled();
  expect(counts.lacks('seg', [A2])).toBe(false);
  expect([A1, B1].map((one) => counts.lacks('seg', [one]))).toEqual([true, true]);
});

it('forgets what was written again', async () => {
  const {api, counts} = store();
  counts.want('seg', [A1, B1]);
  await settled();
  counts.forget('seg', [A1]);
  counts.want('seg', [A1, B1]);
  await settled();
  expect(api.countsAsked).toEqual([[A1, B1], [A1]]);
});

it('takes no answer that was on its way when a record was written again', async () => {
  const {api, counts} = store();
  counts.want('seg', [A1, B1]);
  counts.forget('seg', [A1]);
  await settled();
  expect(api.countsAsked).toEqual([[A1, B1], [A1]]);
});

it('tells a record without counts from one that is not there yet', async () => {
  const {counts} = store();
  counts.want('seg', [A2]);
  await settled();
  expect(countsAt(counts.of('seg'), A2)).toEqual(ready({samples: 1, total: null}));
});

it('sums first, then divides', () => {
  const total = {
    counted: 2,
    ids: [0, 7],
    truePositive: [90, 0],
    falsePositive: [10, 0],
    falseNegative: [0, 10],
  };
  const scores = classScoresOf({samples: 2, total});
  expect([...scores].map(([id, {iou}]) => [id, iou])).toEqual([
    [0, 0.9],
    [7, 0],
  ]);
  expect(classScoresOf({samples: 2, total: null}).size).toBe(0);
});

it('lists the classes of one tag, and its runs that log masks', () => {
  const counts = new Map([['1:a', ready({samples: 1, total: null})]]);
  const runs = [
    {...RUN, run: 'a', kind: MASK},
    {...RUN, run: 'b', kind: IMAGE},
    {...RUN, run: 'c', kind: {...MASK, classes: [{id: 3, name: 'van'}, {id: 4}]}},
  ];
  const list = classListOf(model({runs}), counts);
  expect(list.classes).toEqual([{id: 3, name: 'car'}, {id: 4}]);
  expect(list.ignore).toEqual([255]);
  expect(list.runs.map(({run, counted}) => [run, counted.state])).toEqual([
    ['a', 'ready'],
    ['c', 'pending'],
  ]);
});

it('lists the classes of the tag in focus, or else of the first with masks', () => {
  const photos = model({tag: 'photos', runs: [{...RUN, run: 'a', kind: IMAGE}]});
  const first = model({tag: 'first', runs: [{...RUN, run: 'a', kind: MASK}]});
  const second = model({tag: 'second', runs: [{...RUN, run: 'a', kind: MASK}]});
  const tags = [photos, first, second];
  expect(tagOfClasses(tags, second)?.tag).toBe('second');
  expect(tagOfClasses(tags, photos)?.tag).toBe('first');
  expect(tagOfClasses([photos], photos)).toBeUndefined();
});
