// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {PictureMetadata} from '../api/types.js';
import type {RunAtStep} from '../store/data.js';
import {phraseText} from '../texts/scoped-number.js';
import {changeNote, leadNote, metricName, toneOf, whyNotMeasured} from './metric-text.js';

function run(name: string, step: string): RunAtStep {
  return {
    run: name,
    color: 'red',
    kind: {name: 'image', bits: 8},
    steps: [step],
    step,
    offset: 0n,
    wallTime: 0,
    outdated: false,
    averaged: {},
    metrics: {},
  };
}

const PLACE = {tag: 'val', sample: 's'};

it('spells well-known metrics as they are known', () => {
  expect([metricName('iou'), metricName('my_score')]).toEqual(['IoU', 'my_score']);
});

describe('toneOf', () => {
  it('is good when better, whichever way better is', () => {
    expect(toneOf(0.8, 0.7, false)).toBe('good');
    expect(toneOf(0.8, 0.7, true)).toBe('bad');
  });

  it('is plain within the slack and without a number', () => {
    expect(toneOf(0.701, 0.7, false)).toBe('plain');
    expect(toneOf(null, 0.7, false)).toBe('plain');
    expect(toneOf(Number.NaN, 0.7, false)).toBe('plain');
  });
});

describe('leadNote', () => {
  const of = (values: Readonly<Record<string, number | null>>, lower = false, steps = ['8000']) =>
    leadNote(
      'iou',
      PLACE,
      Object.entries(values).map(([name, value], i) => ({
        run: run(name, steps[i % steps.length]!),
        value,
      })),
      lower,
    );

  it('names the winner, and by how much it leads the next', () => {
    const note = of({unet: 0.58, segformer: 0.83, fcn: 0.1});
    expect(phraseText(note!.text)).toBe('leads by 0.25');
    expect(note?.text[1]).toEqual({
      text: '0.25',
      value: '0.25',
      scope: {
        what: 'lead',
        tag: 'val',
        sample: 's',
        metric: 'iou',
        run: 'segformer',
        step: '8000',
        against: 'unet',
      },
    });
    expect(note?.run?.run).toBe('segformer');
    expect(note?.title).toBe(
      'IoU: segformer 0.83 at step 8000, unet 0.58 at step 8000, fcn 0.1 at step 8000',
    );
  });

  it('takes the lowest for the best where low is good', () => {
    const lowest = of({a: 4, b: 1, c: 2}, true);
    expect([lowest?.run?.run, phraseText(lowest!.text)]).toEqual(['b', 'leads by 1']);
    expect(phraseText(of({a: Infinity, b: 30})!.text)).toBe('leads by ∞');
  });

  it('says it when the values are of different steps', () => {
    const apart = of({a: 0.5, b: 0.75}, false, ['8000', '7000'])!;
    expect(phraseText(apart.text)).toBe('leads by 0.25, steps differ');
    expect(apart.text[1]).toMatchObject({scope: {step: '7000', againstStep: '8000'}});
    // The third run is not what the lead is about.
    expect(phraseText(of({a: 0.5, b: 0.75, c: 0.1}, false, ['8', '8', '7'])!.text)).toBe(
      'leads by 0.25',
    );
  });

  it('names none of equals', () => {
    const note = of({a: 0.5, b: 0.5, c: 0.25});
    expect([phraseText(note!.text), note?.run]).toEqual(['2 runs lead equally', null]);
    expect(phraseText(of({a: Infinity, b: Infinity})!.text)).toBe('2 runs are equal');
  });

  it.each([[{a: 0.5}], [{a: 0.5, b: null}], [{a: 0.5, b: NaN}], [{}]])(
    'is silent unless two were measured: %j',
    (values) => {
      expect(of(values as Record<string, number | null>)).toBeNull();
    },
  );
});

it('tells a change by the step it is since', () => {
  const note = changeNote(
    'iou',
    PLACE,
    run('a', '9000'),
    {since: '8000', now: 0.5, by: -0.31},
    false,
  );
  expect([phraseText(note.text), note.tone]).toEqual(['−0.31 since 8000', 'bad']);
  expect(note.title).toBe('IoU of a: 0.81 at step 8000, 0.5 at step 9000');
});

describe('whyNotMeasured', () => {
  const NOT_DECODED = 'its pictures were not decoded yet, or have no pixel that is judged';
  const small = {width: 64, height: 64, channels: 1} as PictureMetadata;
  const large = {width: 128, height: 96, channels: 1} as PictureMetadata;

  it.each([
    ['heatmap', 'mae', NaN, small, small, 'the value that was logged is NaN'],
    ['image', 'mae', null, small, large, 'the ground truth is 64 × 64, the prediction 128 × 96'],
    [
      'image',
      'mae',
      null,
      small,
      {...small, channels: 3 as const},
      'the ground truth has 1 channels, the prediction 3',
    ],
    ['heatmap', 'rmse', null, small, small, 'no pixel is finite in both pictures'],
    ['flow', 'epe', null, small, small, 'the flow of no pixel is known in both pictures'],
    ['flow', 'epe', null, small, large, 'the ground truth is 64 × 64, the prediction 128 × 96'],
    ['image', 'iou', null, small, small, 'no value was logged at this step'],
    ['cloud', 'mae', null, small, small, 'no value was logged at this step'],
    ['mask', 'iou', null, small, small, 'every pixel of the ground truth is ignored'],
    ['image', 'mine', null, small, large, 'no value was logged at this step'],
    ['image', 'mae', undefined, undefined, undefined, 'no value was logged at this step'],
    ['image', 'mae as drawn', null, small, small, NOT_DECODED],
    ['image', 'mae as drawn', undefined, undefined, undefined, NOT_DECODED],
    [
      'image',
      'mae as drawn',
      null,
      small,
      large,
      'the ground truth is 64 × 64, the prediction 128 × 96',
    ],
    ['image', 'mae as drawn', null, small, {...small, error: 'it is broken'}, 'it is broken'],
  ])('%s: %s of %s', (name, metric, value, truth, prediction, why) => {
    expect(whyNotMeasured({metric, value, kind: {name}}, truth, prediction)).toBe(why);
  });
});
