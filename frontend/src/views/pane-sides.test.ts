// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {ready} from '../store/resource.js';
import {runSide, TRUTH} from '../store/sides.js';
import {type ViewState} from '../store/view.js';
import {phraseText, type Phrase} from '../texts/scoped-number.js';

import {model, panes, run, sampleAtStep, sourceOf, stored} from './pane-models.fixture.js';

describe('A and B', () => {
  const samplesAtStep = {
    a: ready(sampleAtStep('a')),
    b: ready(sampleAtStep('b', {prediction: stored('of b', 0, 0)})),
    'a 0': ready(sampleAtStep('a', {prediction: stored('earlier', 0, 0)})),
  };
  const both = model(run('a'), run('b'));
  const shown = (view: Partial<ViewState>) => panes(both, sourceOf(samplesAtStep), {view});
  const badges = ({badges: all}: {badges: readonly {text: Phrase}[]}) =>
    all.map(({text}) => phraseText(text));

  it('are the ground truth and each run at first', () => {
    expect(shown({}).map(({key, names}) => [key, names])).toEqual([
      ['truth', undefined],
      ['run a', {a: 'Ground truth', b: 'a'}],
      ['run b', {a: 'Ground truth', b: 'b'}],
    ]);
  });

  it('give a run that stays at its step a pane of its own', () => {
    const [, first, ...others] = shown({mode: 'difference', a: runSide('a', '0')});
    expect(first).toMatchObject({key: 'run a@0', names: undefined});
    expect(badges(first!)).toEqual(['A', 'step 0']);
    expect(first!.content?.layers[0]?.type).toBe('picture');
    expect(others.map(({key, names}) => [key, names])).toEqual([
      ['run a', {a: 'a at step 0', b: 'a'}],
      ['run b', {a: 'a at step 0', b: 'b'}],
    ]);
    expect(others[0]!.content?.layers.at(-1)?.type).toBe('difference');
  });

  it('leave only what was chosen as B', () => {
    const all = shown({a: runSide('b'), b: runSide('a', '0')});
    expect(all.map(({key}) => key)).toEqual(['truth', 'run b', 'run a@0']);
    expect(all[2]!.names).toEqual({a: 'b', b: 'a at step 0'});
  });

  it('may be swapped', () => {
    const all = shown({a: runSide('a'), b: TRUTH});
    expect(all.map(({key, names}) => [key, names])).toEqual([
      ['run a', undefined],
      ['b groundTruth', {a: 'a', b: 'Ground truth'}],
    ]);
  });

  it('are told apart by a number of their own, beside the metric of the prediction', () => {
    const [, , pane] = shown({a: runSide('a')});
    const [metric, distance] = pane!.chips;
    expect(metric!.title).toContain('IoU 0.75, prediction against ground truth');
    expect(distance!.title).toBe('differs 100 % of the pixels, against a');
    expect(distance!.text.at(-1)).toEqual({
      text: '100 %',
      value: '1',
      scope: {
        what: 'share',
        tag: 't',
        run: 'b',
        step: '100',
        sample: 's',
        against: 'a',
        noun: 'differs',
      },
    });
  });

  it('are measured as drawn, which is said, where pictures are no records', () => {
    const source = {source: 'images', rule: 'r', confidence: 'high', asRule: {}} as const;
    const existing = {
      source: {...source, program: 'TensorBoard', limit: 10, flag: '--flag'},
      loaded: 1,
      unpaired: 0,
      note: undefined,
      colors: [],
      isRecovered: false,
    };
    const numbers = (change: object, view: Partial<ViewState>) =>
      panes({...both, metric: null, existing: {...existing, ...change}}, sourceOf(samplesAtStep), {
        view,
      }).at(-1)!.chips;
    expect(numbers({}, {})).toEqual([]);
    const [drawn] = numbers({}, {mode: 'difference'});
    expect(phraseText(drawn!.text)).toBe('differs 50 % as drawn');
    expect(drawn!.named).toBe('differs 50 % of the pixels as drawn');
    expect(drawn!.title).toContain('Of the drawn pictures');
    const [recovered] = numbers({isRecovered: true}, {mode: 'difference'});
    expect(phraseText(recovered!.text)).toBe('differs 50 %');
  });
});
