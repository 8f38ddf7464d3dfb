// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {NO_SHOWN_HPARAMS} from '../store/hparams.js';
import type {RunAtStep, SampleAtStep, SampleSource, TagModel} from '../store/data.js';
import {PENDING, ready} from '../store/resource.js';
import {modelAt, placesOf, stepsOf} from '../store/model-at.js';
import {INITIAL_VIEW} from '../store/view.js';
import {estimateBytes} from './plan.js';

function run(name: string, steps: readonly string[]): RunAtStep {
  const kind = {name: 'image', bits: 8} as const;
  return {
    run: name,
    color: '',
    kind,
    steps,
    step: steps.at(-1)!,
    offset: 0n,
    wallTime: 0,
    outdated: false,
    averaged: {},
    metrics: {},
  };
}

function model(...runs: readonly RunAtStep[]): TagModel {
  return {
    tag: 't',
    description: '',
    absent: false,
    pinned: false,
    collapsed: false,
    runs,
    named: [],
    kindChanges: [],
    hparams: NO_SHOWN_HPARAMS,
    since: null,
    step: '30',
    rows: [],
    allRows: [],
    total: 0,
    attributeNames: [],
    metricNames: [],
    lowerIsBetter: new Set(),
    metric: null,
    status: ready(null),
  };
}

const TWO = model(run('a', ['0', '10', '20']), run('b', ['0', '30']));

describe('steps of an export', () => {
  it('are those of all runs', () => {
    expect(stepsOf(TWO)).toEqual(['0', '10', '20', '30']);
  });

  it('show each run at its nearest step, and say how far that is', () => {
    expect(modelAt(TWO, '20').runs.map(({step, offset}) => [step, offset])).toEqual([
      ['20', 0n],
      ['30', 10n],
    ]);
  });

  it('fetch no step of a run twice', () => {
    expect(placesOf(TWO, ['20', '30'], INITIAL_VIEW)).toEqual([
      {run: 'a', step: '20'},
      {run: 'b', step: '30'},
    ]);
  });
});

describe('estimateBytes', () => {
  const picture = (length: number) => ({
    digest: '',
    width: 1,
    height: 1,
    channels: 1 as const,
    bits: 8 as const,
    layout: 'plain' as const,
    blob: new Uint8Array(length),
  });
  const sampleAtStep: SampleAtStep = {
    id: 's',
    run: 'a',
    step: '20',
    metrics: {},
    groundTruth: picture(100),
    prediction: picture(10),
  };
  const source: SampleSource = {
    get: (_tag, _run, _step, sample) => (sample === 's' ? ready(sampleAtStep) : PENDING),
    peek: () => undefined,
    blob: () => undefined,
    need: () => undefined,
  };

  it('counts ground truths once, and predictions for each run and step', () => {
    expect(estimateBytes(TWO, ['s'], 5, source)).toBe(100 + 2 * 5 * 10);
  });

  it('takes samples that were not fetched to be like the others', () => {
    expect(estimateBytes(TWO, ['s', 'unseen'], 5, source)).toBe(2 * (100 + 2 * 5 * 10));
  });

  it('takes pictures that were not fetched to be as large as those that were', () => {
    const {digest, width, height, channels, bits, layout} = picture(100);
    const groundTruth = {digest, width, height, channels, bits, layout};
    const partly = {...source, get: () => ready({...sampleAtStep, groundTruth})};
    expect(estimateBytes(TWO, ['s'], 5, partly)).toBe(10 + 2 * 5 * 10);
  });

  it('knows nothing before anything was fetched', () => {
    expect(estimateBytes(TWO, ['unseen'], 5, source)).toBeNull();
  });
});
