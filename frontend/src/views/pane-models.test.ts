// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {TagKind} from '../api/types.js';
import type {FetchedPicture, SampleAtStep} from '../store/data.js';
import {ready} from '../store/resource.js';
import {INPUT, runSide} from '../store/sides.js';
import {INITIAL_VIEW, type ViewState} from '../store/view.js';
import {phraseText} from '../texts/scoped-number.js';
import {tipOf} from './pane-models.js';

import {
  gather,
  heatmap,
  model,
  panes,
  run,
  sampleAtStep,
  sourceOf,
  stored,
} from './pane-models.fixture.js';

describe('the panes of a sample', () => {
  it('are the ground truth once and one prediction per run', () => {
    const shown = panes(
      model(run('a'), run('b')),
      sourceOf({a: ready(sampleAtStep('a')), b: ready(sampleAtStep('b'))}),
    );
    expect(shown.map(({heading}) => heading)).toEqual(['Ground truth', 'a', 'b']);
  });

  it('begin with the input where any run logged one', () => {
    const samplesAtStep = {
      a: ready(sampleAtStep('a')),
      b: ready(sampleAtStep('b', {input: stored('input', 9, 9)})),
    };
    expect(panes(model(run('a'), run('b')), sourceOf(samplesAtStep))[0]?.heading).toBe('Input');
  });

  it('say what they show to those who cannot see it', () => {
    const [truth, prediction] = panes(model(run('a')), sourceOf({a: ready(sampleAtStep('a'))}));
    expect(truth?.description).toBe('Ground truth of s');
    expect(prediction?.description).toBe('Prediction of a for s, step 100, IoU 0.75');
  });
});

describe('the metric of a pane', () => {
  it('is good against the mean of its run', () => {
    const [, pane] = panes(model(run('a')), sourceOf({a: ready(sampleAtStep('a'))}));
    expect(pane?.chips[0]).toMatchObject({
      text: [
        {
          text: '0.75',
          value: '0.75',
          scope: {what: 'value', tag: 't', run: 'a', sample: 's', metric: 'iou'},
        },
      ],
      named: 'IoU 0.75',
      tone: 'good',
    });
  });

  it('says of how many samples the mean is that it is held against', () => {
    const averaged = {iou: {count: 3, logged: 4, mark: 'abc'}};
    const [, pane] = panes(model(run('a', {averaged})), sourceOf({a: ready(sampleAtStep('a'))}));
    expect(pane?.chips[0]?.title).toContain(
      "this run's mean (3 of 4 samples, as the others were not measured or are infinite) at step",
    );
  });

  it('is the IoU at the threshold while a heatmap is shown as a mask', () => {
    const one = sampleAtStep('a', {
      groundTruth: stored('truth', 0, 200),
      prediction: stored('prediction', 150, 200),
    });
    const view = {display: {...INITIAL_VIEW.display, threshold: 100}};
    const [, pane] = panes(model(run('a', {kind: heatmap})), sourceOf({a: ready(one)}), {view});
    expect(phraseText(pane!.chips[0]!.text)).toBe('IoU 0.5');
  });

  it('says why there is none', () => {
    const iou = (change: Partial<SampleAtStep>) =>
      panes(model(run('a')), sourceOf({a: ready(sampleAtStep('a', change))}))[1]?.chips[0];
    expect(iou({metrics: {iou: NaN}})).toMatchObject({
      text: ['not measured'],
      title: 'IoU was not measured: the value that was logged is NaN',
    });
    expect(iou({metrics: {iou: null}, prediction: stored('wide', 1, 1, 1)})?.title).toContain(
      'the ground truth is 2 × 1, the prediction 3 × 1',
    );
  });

  it('is in words where nothing reaches the threshold', () => {
    const low = {groundTruth: stored('low', 0, 1), prediction: stored('lower', 0, 0)};
    const view = {display: {...INITIAL_VIEW.display, threshold: 100}};
    const source = sourceOf({a: ready(sampleAtStep('a', low))});
    const [, pane] = panes(model(run('a', {kind: heatmap})), source, {view});
    expect(pane?.chips[0]).toMatchObject({
      named: 'IoU not measured, at least 100',
      title: 'IoU not measured: neither picture is at least 100',
    });
  });
});

describe('a badge', () => {
  it('marks a record of before a restart', () => {
    const [, pane] = panes(
      model(run('a', {outdated: true})),
      sourceOf({a: ready(sampleAtStep('a'))}),
    );
    expect(pane?.badges).toMatchObject([{text: ['before restart'], tone: 'warning'}]);
  });

  it('tells that a run shows its nearest step, and by how much it is off', () => {
    const [, pane] = panes(
      model(run('a', {offset: -200n, step: '4800'})),
      sourceOf({a: ready(sampleAtStep('a'))}),
    );
    expect(phraseText(pane!.badges[0]!.text)).toBe('4800 (−200)');
    expect(pane?.badges).toMatchObject([{tone: 'warning'}]);
    expect(pane?.badges[0]?.title).toContain('no step 5000');
  });

  it('cuts how far a step is off where that is thousands', () => {
    const [, pane] = panes(
      model(run('a', {offset: -2200n, step: '800'})),
      sourceOf({a: ready(sampleAtStep('a'))}),
    );
    expect(phraseText(pane!.badges[0]!.text)).toBe('800 (−2.2k)');
    expect(pane?.badges[0]?.title).toContain('no step 3000');
  });

  it('warns of a ground truth that changed during training', () => {
    const [pane] = panes(model(run('a')), sourceOf({a: ready(sampleAtStep('a'))}), {
      row: {changes: [{run: 'a', step: '100'}]},
    });
    expect(pane?.badges[0]?.text).toEqual(['changed']);
  });

  it('warns of runs that were judged by another ground truth', () => {
    const samplesAtStep = {
      a: ready(sampleAtStep('a')),
      b: ready(sampleAtStep('b', {groundTruth: stored('other truth', 1, 0)})),
    };
    const [pane] = panes(model(run('a'), run('b')), sourceOf(samplesAtStep));
    expect(pane?.badges[0]).toMatchObject({text: ['differs'], tone: 'warning'});
    expect(pane?.badges[0]?.title).toContain('b logged');
  });

  it('warns of runs that logged another input, on which their predictions are laid', () => {
    const samplesAtStep = {
      a: ready(sampleAtStep('a', {input: {...stored('input', 1, 0), clipped: 0.5}})),
      b: ready(sampleAtStep('b', {input: stored('other input', 1, 1)})),
    };
    const [pane] = panes(model(run('a'), run('b')), sourceOf(samplesAtStep));
    expect(pane?.heading).toBe('Input');
    expect(pane?.badges.map(({text}) => phraseText(text))).toEqual(['differs', '50 % clipped']);
    expect(pane?.badges[0]?.title).toContain('b logged another input');
  });

  it('says nothing of equal values that were stored differently', () => {
    const truth = (digest: string) => ({...stored(digest, 0, 1), valueDigest: 'same values'});
    const samplesAtStep = {
      a: ready(sampleAtStep('a', {groundTruth: truth('one blob')})),
      b: ready(sampleAtStep('b', {groundTruth: truth('another blob')})),
    };
    const [pane] = panes(model(run('a'), run('b')), sourceOf(samplesAtStep));
    expect(pane?.badges).toEqual([]);
  });

  describe('of ground truths that were cut from pictures with more on them', () => {
    const cut = (digest: string, ...pixels: number[]) => ({
      ...stored(digest, ...pixels),
      layout: 'encoded' as const,
      mediaType: 'image/png',
      crop: {x: 2, y: 0, width: 4, height: 1},
    });
    const badges = (groundTruth: FetchedPicture) => {
      const samplesAtStep = {
        a: ready(sampleAtStep('a', {groundTruth: cut('strip of a', 0, 1)})),
        b: ready(sampleAtStep('b', {groundTruth})),
      };
      return panes(model(run('a'), run('b')), sourceOf(samplesAtStep))[0]?.badges.map(({text}) =>
        phraseText(text),
      );
    };

    it('says nothing where the pixels are the same', () => {
      expect(badges(cut('strip of b', 0, 1))).toEqual([]);
    });

    it('warns where they differ', () => {
      expect(badges(cut('strip of b', 1, 1))).toEqual(['differs']);
      expect(badges(cut('strip of b', 0, 1, 1))).toEqual(['differs']);
    });

    const colored = (digest: string, channels: 2 | 3 | 4, ...values: number[]) => ({
      ...cut(digest, ...values),
      width: values.length / channels,
      channels,
    });

    it('takes grey for the same in all three colours, and no alpha for opaque', () => {
      expect(badges(colored('rgb', 3, 0, 0, 0, 1, 1, 1))).toEqual([]);
      expect(badges(colored('grey with alpha', 2, 0, 255, 1, 255))).toEqual([]);
      expect(badges(colored('rgba', 4, 0, 0, 0, 255, 1, 1, 1, 255))).toEqual([]);
    });

    it('warns where a colour or an alpha differs', () => {
      expect(badges(colored('rgb', 3, 0, 0, 0, 1, 1, 2))).toEqual(['differs']);
      expect(badges(colored('grey with alpha', 2, 0, 255, 1, 254))).toEqual(['differs']);
      expect(badges(colored('rgba', 4, 0, 0, 1, 255, 1, 1, 1, 255))).toEqual(['differs']);
    });

    it.each(['image/jpeg', 'image/gif'])(
      'says nothing of %s, which changes pixels',
      (mediaType) => {
        expect(badges({...cut('strip of b', 1, 1), mediaType})).toEqual([]);
      },
    );

    it('compares the pixels of a record with those of a picture', () => {
      expect(badges(stored('record of b', 0, 1))).toEqual([]);
      expect(badges(stored('record of b', 1, 1))).toEqual(['differs']);
    });

    it('says nothing of a picture with more bits than were decoded', () => {
      expect(badges({...stored('record of b', 1, 1), bits: 16})).toEqual([]);
    });

    it('says nothing before both are decoded', () => {
      const notFetched = cut('strip of b', 1, 1);
      delete notFetched.blob;
      expect(badges(notFetched)).toEqual([]);
    });
  });

  it('tells the share of clipped pixels', () => {
    const clipped = sampleAtStep('a', {
      prediction: {...stored('prediction', 1, 1), clipped: 0.031},
    });
    const [, pane] = panes(model(run('a')), sourceOf({a: ready(clipped)}));
    expect(phraseText(pane!.badges[0]!.text)).toBe('3.1 % clipped');
  });
});

describe('a pane without a picture', () => {
  it('says that the record does not hold the sample', () => {
    const [, pane] = panes(model(run('a')), sourceOf({a: ready(null)}));
    expect(pane).toMatchObject({
      content: undefined,
      // Neither a picture nor a value of it is spoken of.
      description: 'a has no sample s at step 100',
      chips: [],
      status: {state: 'missing', message: 'a has no sample s at step 100.'},
    });
  });

  it('says why the picture cannot be had', () => {
    const broken = sampleAtStep('a', {
      prediction: {...stored('prediction', 1, 1), error: 'It is not in the log.'},
    });
    const [truth, pane] = panes(model(run('a')), sourceOf({a: ready(broken)}));
    expect(pane?.status).toEqual({state: 'error', message: 'It is not in the log.'});
    expect(truth?.status.state).toBe('ready');
  });

  it.each<TagKind>([{name: 'cloud'}, {name: 'heatmap', bits: 12}])(
    'says that the page is older than the kind %j',
    (kind) => {
      const of = run('a', {kind});
      expect(panes(model(of), sourceOf({a: ready(sampleAtStep('a'))})).at(-1)?.status).toEqual({
        state: 'error',
        message: `This page doesn't know the kind ${kind.name}: reload it.`,
      });
    },
  );

  it('is loading until an answer comes', () => {
    const [, pane] = panes(model(run('a')), sourceOf({}));
    expect(pane).toMatchObject({content: undefined, status: {state: 'loading'}});
  });

  it('says why two kinds have no difference', () => {
    const view = {mode: 'difference', a: INPUT} as const;
    const one = sampleAtStep('a', {input: stored('input', 1, 2)});
    const [, , pane] = panes(model(run('a')), sourceOf({a: ready(one)}), {view});
    expect(pane?.status).toEqual({
      state: 'missing',
      message:
        'Input (image) and prediction (mask) are of different kinds: there is no difference between them. Choose another A or B, or another mode.',
    });
  });

  it('says that A has nothing here', () => {
    const view = {mode: 'difference', a: runSide('elsewhere')} as const;
    const [, pane] = panes(model(run('a')), sourceOf({a: ready(sampleAtStep('a'))}), {view});
    expect(pane?.status).toMatchObject({message: 'elsewhere has nothing of this tag.'});
  });
});

it('goes on showing the step before while the next one loads', () => {
  const [, pane] = panes(
    model(run('a')),
    sourceOf({a: {state: 'pending', stale: sampleAtStep('a')}}),
  );
  expect(pane?.status.state).toBe('loading');
  expect(pane?.content?.layers).toHaveLength(1);
});

it('compares each prediction with the ground truth that its own run logged', () => {
  const samplesAtStep = {
    a: ready(sampleAtStep('a')),
    b: ready(sampleAtStep('b', {groundTruth: stored('other truth', 1, 0)})),
  };
  const {runs} = gather(model(run('a'), run('b')), sourceOf(samplesAtStep));
  expect(runs.map(({pictures}) => [...pictures.truth!.raster.data])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

it('compares with the nearest step to the one that A stays at', () => {
  const earlier = sampleAtStep('a', {prediction: stored('earlier', 0, 0)});
  const view: ViewState = {...INITIAL_VIEW, a: runSide(null, '10')};
  const {runs} = gather(
    model(run('a')),
    sourceOf({a: ready(sampleAtStep('a')), 'a 0': ready(earlier)}),
    view,
  );
  expect([...runs[0]!.pictures.a!.raster.data]).toEqual([0, 0]);
});

describe('the cross-hair', () => {
  const frame = {width: 2, height: 1};
  const source = sourceOf({a: ready(sampleAtStep('a'))});

  it('gives the place with the true class, and marks a wrong one', () => {
    const [truth, prediction] = panes(model(run('a')), source);
    expect(tipOf(truth!, {x: 0.5, y: 0.5}, frame)).toBe('0,0 · road');
    expect(tipOf(prediction!, {x: 0.5, y: 0.5}, frame)).toBe('car ✗');
    expect(tipOf(prediction!, {x: 1.5, y: 0.5}, frame)).toBe('car');
  });

  it('says nothing while the pointer is elsewhere', () => {
    expect(tipOf(panes(model(run('a')), source)[0]!, null, frame)).toBe('');
  });
});

it('shows the first run as it is when the others are compared with it', () => {
  const view = {mode: 'difference', difference: 'closer', a: runSide('a')} as const;
  const samplesAtStep = {a: ready(sampleAtStep('a')), b: ready(sampleAtStep('b'))};
  const [, a, b] = panes(model(run('a'), run('b')), sourceOf(samplesAtStep), {view});
  expect([a?.content?.layers.at(-1)?.type, b?.content?.layers.at(-1)?.type]).toEqual([
    'picture',
    'versus',
  ]);
  expect(a?.badges[0]?.text).toEqual(['A']);
});

it('shows the ground truth in place of predictions while it is asked for', () => {
  const [truth, pane] = panes(model(run('a')), sourceOf({a: ready(sampleAtStep('a'))}), {
    showsOtherSide: true,
  });
  expect(pane?.content).toEqual(truth?.content);
});
