// SPDX-License-Identifier: Apache-2.0
import {beforeEach, expect, it, vi} from 'vitest';
import type {Trial, TrialRequest} from './trial.js';
import {Trials, type ComparisonRequest} from './trials.js';

const loaded = vi.hoisted(() => ({indices: [] as number[]}));
vi.mock('./trial.js', () => ({
  loadTrial: ({index}: TrialRequest): Promise<Trial> => {
    loaded.indices.push(index);
    return index === 9 ? Promise.reject(new Error('gone')) : Promise.resolve({} as Trial);
  },
}));

beforeEach(() => {
  loaded.indices.length = 0;
});

it('keeps the trials beside the one that is shown, and no others', async () => {
  const trials = new Trials(() => ({}) as ComparisonRequest);
  for (const index of [0, 1, 2]) {
    await trials.load(index);
    trials.loadAhead(index + 1);
  }
  expect(loaded.indices).toEqual([0, 1, 2, 3]);
  await trials.load(1);
  await trials.load(0);
  expect(loaded.indices).toEqual([0, 1, 2, 3, 1, 0]);
});

it('loads one that failed again, and nothing once it is stopped', async () => {
  const trials = new Trials(() => ({}) as ComparisonRequest);
  await expect(trials.load(9)).rejects.toThrow('gone');
  await expect(trials.load(9)).rejects.toThrow('gone');
  expect(loaded.indices).toEqual([9, 9]);
  await trials.load(5);
  trials.stop();
  expect(trials.isStopped).toBe(true);
  await expect(new Trials(() => undefined).load(0)).rejects.toThrow('not ready');
});
