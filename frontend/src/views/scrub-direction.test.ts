// SPDX-License-Identifier: Apache-2.0
import {beforeEach, describe, expect, it} from 'vitest';
import type {FetchedPicture, SampleAtStep, TagModel} from '../store/data.js';
import {ScrubDirection} from './scrub-direction.js';

const STEPS = ['0', '10', '20', '30', '40', '50'];

describe('ScrubDirection', () => {
  let scrubDirection: ScrubDirection;
  let fetched = new Set(STEPS);
  let size = {width: 4, height: 3};

  const source = {
    get: () => ({state: 'pending'}) as const,
    blob: () => undefined,
    need: () => undefined,
    peek: (_tag: string, run: string, step: string, id: string): SampleAtStep | undefined => {
      const prediction = size as FetchedPicture;
      return fetched.has(step) ? {id, run, step, metrics: {}, prediction} : undefined;
    },
  };

  function stepsAheadAt(step: string): string[] {
    return scrubDirection.samplesAhead(modelAt(step), 's', source).map((sample) => sample.step);
  }

  function modelAt(step: string): TagModel {
    return {tag: 't', step, runs: [{run: 'r', steps: STEPS, step}]} as unknown as TagModel;
  }

  beforeEach(() => {
    scrubDirection = new ScrubDirection();
    fetched = new Set(STEPS);
    size = {width: 4, height: 3};
  });

  it('expects the step before one that was not moved yet, or the only other', () => {
    expect(stepsAheadAt('50')).toEqual(['40']);
    const [other] = new ScrubDirection().samplesAhead(modelAt('0'), 's', source);
    expect(other?.step).toBe('10');
  });

  it('turns where the run ends', () => {
    stepsAheadAt('40');
    expect(stepsAheadAt('50')).toEqual(['40']);
    stepsAheadAt('10');
    expect(stepsAheadAt('0')).toEqual(['10']);
  });

  it('expects the next steps in the direction of travel, the nearest first', () => {
    stepsAheadAt('0');
    expect(stepsAheadAt('10')).toEqual(['20', '30', '40']);
    expect(stepsAheadAt('10')).toEqual(['20', '30', '40']);
    stepsAheadAt('40');
    expect(stepsAheadAt('30')).toEqual(['20', '10', '0']);
  });

  it('does not decode large pictures before the slider moves', () => {
    size = {width: 4096, height: 4096};
    expect(stepsAheadAt('50')).toEqual([]);
    expect(stepsAheadAt('40')).toEqual(['30', '20', '10']);
  });

  it('goes on with the runs that have a next step', () => {
    const runs = [
      {run: 'r', steps: STEPS, step: '40'},
      {run: 'ended', steps: ['0', '10'], step: '10'},
    ];
    stepsAheadAt('30');
    const model = {...modelAt('40'), runs} as unknown as TagModel;
    const ahead = scrubDirection.samplesAhead(model, 's', source);
    expect(ahead.map(({run, step}) => `${run} ${step}`)).toEqual(['r 50']);
  });

  it('ends where the run ends, and leaves out what was not fetched', () => {
    fetched.delete('50');
    stepsAheadAt('20');
    expect(stepsAheadAt('30')).toEqual(['40']);
  });
});
