// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import type {Api} from '../api/client.js';
import type {RecordCounts} from '../api/types.js';
import {PENDING, ready} from './resource.js';
import {SampleCountsStore} from './sample-counts.js';

const AT = {run: 'a', step: '1'};

function store(answer: (step: string) => Partial<RecordCounts>) {
  const asked: string[] = [];
  const changes: number[] = [];
  const api: Pick<Api, 'counts'> = {
    counts(tag, at, samples) {
      const [{step, run}] = at as [(typeof at)[0]];
      asked.push(`${tag} ${run} ${step} ${samples.join()}`);
      return Promise.resolve({counts: [{run, step, ...answer(step)}]});
    },
  };
  return {asked, changes, counts: new SampleCountsStore(api, () => changes.push(1))};
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

it('asks for a record once, and then has it', async () => {
  const each = {s: null};
  const {asked, changes, counts} = store(() => ({each}));
  expect(counts.of('t', AT)).toBe(PENDING);
  counts.want('t', AT, ['s']);
  counts.want('t', AT, ['s']);
  await settled();
  counts.want('t', AT, ['s']);
  await settled();
  expect(asked).toEqual(['t a 1 s']);
  expect(changes).toEqual([1]);
  expect(counts.of('t', AT)).toEqual(ready(each));
  expect(counts.of('t', {...AT, run: 'b'})).toBe(PENDING);
});

it('goes on with the newest demand', async () => {
  const {asked, counts} = store(() => ({}));
  for (const step of ['1', '2', '3']) {
    counts.want('t', {...AT, step}, []);
  }
  await settled();
  expect(asked).toEqual(['t a 1 ', 't a 3 ']);
  expect(counts.of('t', {...AT, step: '3'})).toEqual(ready({}));
});

it('takes no answer that was on its way when the record was written again', async () => {
  const {asked, counts} = store(() => ({}));
  counts.want('t', AT, []);
  counts.forget('t', [AT]);
  await settled();
  expect(asked).toHaveLength(2);
});

it('asks again for what was written again, and for what failed', async () => {
  const {asked, counts} = store((step) => (step === '1' ? {error: 'damaged'} : {}));
  counts.want('t', AT, []);
  await settled();
  expect(counts.of('t', AT)).toEqual({state: 'error', message: 'damaged'});
  counts.forgetFailures();
  counts.want('t', AT, []);
  await settled();
  counts.forget('t', [AT]);
  counts.want('t', AT, []);
  await settled();
  expect(asked).toHaveLength(3);
});
