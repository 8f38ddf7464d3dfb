// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {UNSORTED} from './hparams.js';
import type {ViewChange, ViewEvent} from './intents.js';
import {advanced, reduce, type Scope} from './reducer.js';
import {settle} from './settle.js';
import {EACH_RUN, INPUT, runSide, TRUTH} from './sides.js';
import {FIT, INITIAL_VIEW, type ViewState} from './view.js';

const SCOPE: Scope = {
  steps: ['0', '10', '20', '30'],
  dips: [],
  step: '30',
  runs: ['a', 'b', 'c'],
  shownRuns: ['a', 'b'],
  openRows: ['s1', 's2', 's3'],
  subject: null,
  pointed: null,
};

function after(
  intent: ViewChange,
  view: Partial<ViewState> = {},
  scope: Partial<Scope> = {},
): ViewState {
  return reduce({...INITIAL_VIEW, ...view}, intent, {...SCOPE, ...scope});
}

describe('reduce', () => {
  it('moves from the newest step and no longer follows it', () => {
    expect(after({type: 'moveStep', by: -1}).step).toBe('20');
  });

  it('follows the newest step only where that was chosen', () => {
    expect(after({type: 'moveStep', by: 1}, {step: '20'}, {step: '20'}).step).toBe('30');
    expect(after({type: 'step', step: '30'}).step).toBe('30');
    expect(after({type: 'lastStep'}, {step: '20'}, {step: '20'}).step).toBeNull();
  });

  it('goes to the step nearest to the one typed', () => {
    expect(after({type: 'step', step: '12'}).step).toBe('10');
  });

  it('stops playing when a step is chosen by hand', () => {
    expect(after({type: 'moveStep', by: -1}, {playing: true}).playing).toBe(false);
  });

  it('does not play a single step', () => {
    expect(after({type: 'play', playing: true}, {}, {steps: ['0']}).playing).toBe(false);
  });

  it('turns runs on and off in their order, beginning with the default choice', () => {
    expect(after({type: 'showRun', run: 'c', shown: true}).runs).toEqual(['a', 'b', 'c']);
    expect(after({type: 'showRun', run: 'a', shown: false}).runs).toEqual(['b']);
  });

  it('shows the samples and pixels of a confusion of a run, until that is taken off', () => {
    const confusion = {tag: 't', run: 'b', truth: 1, predicted: 0};
    const shown = after(
      {type: 'confusion', confusion},
      {
        a: runSide('a'),
        sort: {...INITIAL_VIEW.sort, by: 'worst', metric: 'iou', run: 'a'},
        step: '30',
      },
    );
    expect(shown).toMatchObject({
      ...{confusion, mode: 'difference', difference: 'auto', a: TRUTH, b: EACH_RUN},
      ...{rankedAt: '30', layouts: [{tag: 't', run: 'b'}]},
      sort: {by: 'confusion', run: null, metric: 'iou', then: null},
    });
  });

  describe('without a confusion', () => {
    const choose = {type: 'confusion', confusion: {tag: 't', run: 'b', truth: 1, predicted: 0}};
    const layouts = [{tag: 't', layout: 'table', size: null, run: 'a'}] as const;
    const before = {
      ...INITIAL_VIEW,
      layouts,
      mode: 'swipe',
      difference: 'missed',
      a: INPUT,
      b: TRUTH,
      rankedAt: '10',
      sort: {...INITIAL_VIEW.sort, by: 'worst', metric: 'iou', run: 'a'},
    } as const;
    const shown = after(choose as ViewChange, before);
    const off = {type: 'confusion', confusion: null} as const;

    it('all is as it was before the first that was chosen', () => {
      const other = {...choose, confusion: {...choose.confusion, truth: 2}} as ViewChange;
      for (const chosen of [shown, after(other, shown)]) {
        expect(chosen.layouts).toMatchObject([{tag: 't', run: 'b'}]);
        expect(after(off, chosen)).toEqual(before);
      }
    });

    it('each tag has its run again, after confusions of two', () => {
      const other = {...choose, confusion: {...choose.confusion, tag: 'u'}} as ViewChange;
      const ofBoth = after(other, shown);
      expect(ofBoth.layouts).toMatchObject([
        {tag: 't', run: 'a'},
        {tag: 'u', run: 'b'},
      ]);
      expect(after(off, ofBoth).layouts).toMatchObject([
        {tag: 't', run: 'a'},
        {tag: 'u', run: null},
      ]);
    });

    it('what was changed since stays', () => {
      const changed = {
        mode: 'blink',
        sort: {...shown.sort, by: 'best'},
        rankedAt: '20',
        layouts: [{...layouts[0], run: 'c'}],
      } as const;
      expect(after(off, {...shown, ...changed})).toMatchObject(changed);
    });

    it('pictures stand beside each other, as logged, after a link with one was opened', () => {
      expect(after(off, {...shown, replaced: null})).toMatchObject({
        ...{mode: 'side', a: TRUTH, b: EACH_RUN, rankedAt: null},
        sort: {by: 'dataset', metric: 'iou'},
        layouts: [{tag: 't', layout: 'table', run: null}],
      });
    });
  });

  it('shows one class alone, and a class toggle ends that', () => {
    const alone = after({type: 'isolateClass', id: 3});

    expect(alone.isolatedClass).toBe(3);
    expect(after({type: 'showClass', id: 1, shown: false}, alone)).toMatchObject({
      isolatedClass: null,
      hiddenClasses: [1],
    });
  });

  it.each([
    [{type: 'overlay', change: {opacity: 1.4}}, {overlay: {...INITIAL_VIEW.overlay, opacity: 1}}],
    [{type: 'gain', gain: 1e9}, {gain: 64}],
    [{type: 'gain', gain: null}, {gain: null}],
    [{type: 'swipe', position: -3}, {swipe: 0}],
    [{type: 'blinkRate', rate: 99}, {blinkRate: 10}],
    [{type: 'zoom', zoom: {scale: 1e9, x: -1, y: 2}}, {zoom: {scale: 256, x: 0, y: 1}}],
    [{type: 'zoom', zoom: {scale: NaN, x: 0, y: 0}}, {zoom: FIT}],
  ] as const)('keeps %j within bounds', (intent, expected) => {
    expect(after(intent)).toMatchObject(expected);
  });

  it('ranks at the step where an order was chosen', () => {
    const choice = {type: 'sort', change: {by: 'worst'}} as const;
    expect(after(choice, {step: '10'}, {step: '10'}).rankedAt).toBe('10');
  });

  it('takes a new first key for all runs, and for one where it says so', () => {
    const sort = {by: 'worst', run: 'a', metric: 'iou', then: null} as const;

    expect(after({type: 'sort', change: {by: 'best'}}, {sort}).sort).toEqual({
      ...sort,
      by: 'best',
      run: null,
    });
    expect(after({type: 'sort', change: {by: 'best', run: 'b'}}, {sort}).sort.run).toBe('b');
    expect(after({type: 'sort', change: {metric: 'dice'}}, {sort}).sort.run).toBe('a');
  });

  it('has no second key that is the first', () => {
    const sort = {by: 'flagged', run: null, metric: null, then: {by: 'worst', run: null}} as const;

    expect(after({type: 'sort', change: {by: 'id'}}, {sort}).sort.then).toEqual(sort.then);
    expect(after({type: 'sort', change: {by: 'worst'}}, {sort}).sort.then).toBeNull();
  });

  it('flags a sample once, and takes the flag away', () => {
    const [s, t] = ['s', 't'].map((sample) => ({tag: 'x', sample}));
    const one = after({type: 'flag', ...s!, flagged: true}, {flags: [s!]});

    expect(one.flags).toEqual([s]);
    expect(after({type: 'flag', ...t!, flagged: true}, one).flags).toEqual([s, t]);
    expect(after({type: 'flag', ...s!, flagged: false}, {flags: [s!, t!]}).flags).toEqual([t]);
  });

  it('keeps flags on reset, and where a link names none', () => {
    const flags = [{tag: 'x', sample: 's'}];
    const others = [{tag: 'x', sample: 't'}];

    expect(after({type: 'reset'}, {flags}).flags).toBe(flags);
    const opened = (view: Partial<ViewState>) =>
      reduce(
        {...INITIAL_VIEW, flags},
        {type: 'linkOpened', view: {...INITIAL_VIEW, ...view}},
        SCOPE,
      );
    expect(opened({}).flags).toBe(flags);
    expect(opened({flags: others}).flags).toBe(others);
  });

  it('keeps the ranking while the step moves', () => {
    expect(after({type: 'moveStep', by: -1}, {rankedAt: '30'}).rankedAt).toBe('30');
    const back = {rankedAt: '30', step: '10'};
    expect(after({type: 'rankHere'}, back, {step: '10'}).rankedAt).toBe('10');
  });

  it('goes from sample to sample in the order of the cards, and stops at the ends', () => {
    const open = {tag: 't', sample: 's2'};

    expect(after({type: 'moveSample', by: 1}, {open}).open?.sample).toBe('s3');
    expect(after({type: 'moveSample', by: 9}, {open}).open?.sample).toBe('s3');
    expect(after({type: 'moveSample', by: -9}, {open}).open?.sample).toBe('s1');
  });

  it('chooses a kind of difference by showing it', () => {
    expect(after({type: 'difference', difference: 'signed'})).toMatchObject({
      mode: 'difference',
      difference: 'signed',
    });
  });

  it('sets A and B, one or both', () => {
    const a = runSide('x', '10');
    expect(after({type: 'sides', change: {a}})).toMatchObject({a, b: EACH_RUN});
    expect(after({type: 'sides', change: {b: TRUTH}}, {a})).toMatchObject({a, b: TRUTH});
  });

  it('swaps A and B, each run for the first that is on', () => {
    expect(after({type: 'swapSides'})).toMatchObject({a: runSide('a'), b: TRUTH});
    const a = runSide('x', '10');
    expect(after({type: 'swapSides'}, {a, b: INPUT})).toMatchObject({a: INPUT, b: a});
  });

  it('compares with the ground truth again where the run of a remembered view is gone', () => {
    const view = {...INITIAL_VIEW, a: runSide('gone'), b: runSide('a')};
    const next = reduce(view, {type: 'runsKnown', runs: ['a']}, SCOPE);
    expect(next).toMatchObject({a: TRUTH, b: view.b});
  });

  it('stays in a mode that draws the difference chosen', () => {
    const mode = 'outlined';
    expect(after({type: 'difference', difference: 'signed'}, {mode})).toMatchObject({mode});
    expect(after({type: 'difference', difference: 'closer'}, {mode}).mode).toBe('difference');
  });

  it('lays out each tag for itself, and keeps what else was chosen for it', () => {
    const first = after({type: 'layout', tag: 't', change: {size: 'L'}});
    const second = after({type: 'layout', tag: 'u', change: {layout: 'cards'}}, first);
    expect(after({type: 'layout', tag: 't', change: {run: 'b'}}, second).layouts).toEqual([
      {tag: 'u', layout: 'cards', size: null, run: null},
      {tag: 't', layout: null, size: 'L', run: 'b'},
    ]);
  });

  it('takes an order and a reference of runs', () => {
    expect(after({type: 'orderRuns', runs: ['c', 'a']}).runOrder).toEqual(['c', 'a']);
    expect(after({type: 'reference', run: 'b'}).reference).toBe('b');
  });

  it('takes an order by hyperparameters until runs are put in order by hand', () => {
    const sorted = after(
      {type: 'sortRuns', change: {groupBy: 'optimizer'}},
      {
        runSort: {groupBy: null, by: 'lr', descending: true},
      },
    );
    expect(sorted.runSort).toEqual({groupBy: 'optimizer', by: 'lr', descending: true});
    const byHand = after({type: 'orderRuns', runs: ['b', 'a']}, {runSort: sorted.runSort});
    expect(byHand).toMatchObject({runSort: UNSORTED, runOrder: ['b', 'a']});
  });

  it('resets how to look, but not where', () => {
    const reset = after({type: 'reset'}, {mode: 'blink', step: '10', pinnedTags: ['t']});

    expect(reset).toEqual({...INITIAL_VIEW, step: '10', pinnedTags: ['t']});
  });

  it('returns the same view for a change that does not concern it', () => {
    expect(reduce(INITIAL_VIEW, {type: 'moveSample', by: 1}, SCOPE)).toBe(INITIAL_VIEW);
  });
});

describe('what happens to the view without being asked for', () => {
  const event = (change: ViewEvent, view: Partial<ViewState> = {}): ViewState =>
    reduce({...INITIAL_VIEW, ...view}, change, SCOPE);

  it('shows what a link says, under the dialog that is open', () => {
    const view = {...INITIAL_VIEW, step: '10'};
    expect(event({type: 'linkOpened', view}, {dialog: 'help'})).toEqual({...view, dialog: 'help'});
  });

  it('ends playback when the page is hidden, and else leaves the very same view', () => {
    expect(event({type: 'pageHidden'}, {playing: true}).playing).toBe(false);
    expect(reduce(INITIAL_VIEW, {type: 'pageHidden'}, SCOPE)).toBe(INITIAL_VIEW);
  });

  it('forgets a choice of runs that are all gone, and keeps one of which some are there', () => {
    const [first] = SCOPE.runs;
    expect(event({type: 'runsKnown', runs: SCOPE.runs}, {runs: ['gone']}).runs).toBeNull();
    expect(event({type: 'runsKnown', runs: SCOPE.runs}, {runs: [first!, 'gone']}).runs).toEqual([
      first,
      'gone',
    ]);
  });

  it('closes a sample whose tag is not on the page, once it is known which are', () => {
    const open = {tag: 'seg', sample: 'a'};
    expect(event({type: 'dataArrived', tags: ['depth']}, {open}).open).toBeNull();
    expect(event({type: 'dataArrived', tags: ['seg']}, {open}).open).toEqual(open);
    expect(event({type: 'dataArrived', tags: null}, {open}).open).toEqual(open);
  });

  it('shows all panes alike again with the next sample, after one that was closed so', () => {
    const open = {tag: 'seg', sample: 'a'};
    const large = {of: 'input'} as const;
    expect(event({type: 'dataArrived', tags: ['depth']}, {open, large})).toMatchObject({
      open: null,
      large: null,
    });
  });

  it('shows all classes once the one shown alone has left the page, and no sooner', () => {
    expect(event({type: 'classesGone', ids: [3]}, {isolatedClass: 3}).isolatedClass).toBeNull();
    expect(event({type: 'classesGone', ids: [4]}, {isolatedClass: 3}).isolatedClass).toBe(3);
  });

  it('plays from the first step when it stands on the last', () => {
    const scope = {...SCOPE, step: SCOPE.steps.at(-1)!};
    expect(reduce(INITIAL_VIEW, {type: 'play', playing: true}, scope)).toMatchObject({
      playing: true,
      step: SCOPE.steps[0],
    });
  });
});

describe('settle', () => {
  it('fixes the step of a ranking that came with a link', () => {
    expect(
      settle({...INITIAL_VIEW, sort: {...INITIAL_VIEW.sort, by: 'worst'}}, SCOPE).rankedAt,
    ).toBe('30');
  });

  it('fixes the step of a ranking by the second key alone', () => {
    const sort = {...INITIAL_VIEW.sort, then: {by: 'worst', run: null}} as const;

    expect(settle({...INITIAL_VIEW, sort}, SCOPE).rankedAt).toBe('30');
  });

  it('leaves a view without ranking as it is', () => {
    expect(settle(INITIAL_VIEW, SCOPE)).toBe(INITIAL_VIEW);
  });
});

describe('advanced', () => {
  const playing = {...INITIAL_VIEW, playing: true, step: '20'};

  it('plays on to the next step, and stays at the last', () => {
    expect(advanced({...playing, step: '0'}, {...SCOPE, step: '0'})).toMatchObject({
      step: '10',
      playing: true,
    });
    expect(advanced(playing, {...SCOPE, step: '20'})).toMatchObject({step: '30', playing: true});
  });

  it('ends at the last step', () => {
    expect(advanced({...playing, step: null}, SCOPE).playing).toBe(false);
  });

  it('begins again when looping', () => {
    expect(advanced({...playing, step: null, loop: true}, SCOPE)).toMatchObject({
      step: '0',
      playing: true,
    });
  });
});
