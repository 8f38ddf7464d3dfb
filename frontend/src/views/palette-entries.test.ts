// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {NO_HPARAMS, NO_SHOWN_HPARAMS} from '../store/hparams.js';
import {PENDING} from '../store/resource.js';
import {Models} from '../store/models.js';
import type {CommandScope} from '../store/command.js';
import {INITIAL_VIEW} from '../store/view.js';
import {paletteEntries} from './palette-entries.js';

const SCOPE: CommandScope = {
  steps: ['0', '10'],
  dips: [],
  step: '10',
  runs: ['unet-dice', 'unet-xent'],
  isOverlaid: false,
  shownRuns: [],
  openRows: [],
  subject: null,
  pointed: null,
};
const MODEL = new Models().page({
  view: INITIAL_VIEW,
  data: {catalog: PENDING, series: new Map(), samples: new Map(), hparams: NO_HPARAMS},
  places: new Map(),
  visibleTags: [],
  captions: new Map(),
  tagsWithInput: new Set(),
  countsOf: () => new Map(),
  firstCountsOf: () => new Map(),
  sampleCountsOf: () => PENDING,
  progressOf: () => undefined,
});
const TAG = {
  ...{
    tag: 'val/seg',
    description: '',
    absent: false,
    pinned: false,
    collapsed: false,
    runs: [],
    named: [],
    kindChanges: [],
    hparams: NO_SHOWN_HPARAMS,
    since: null,
    step: '10',
    allRows: [],
    total: 1,
  },
  ...{
    rows: [
      {
        id: 'lindau_12',
        metrics: new Map(),
        absentFrom: [],
        changes: [],
        attributes: {},
        flagged: false,
      },
    ],
    attributeNames: [],
    metricNames: [],
    lowerIsBetter: new Set<string>(),
  },
  ...{metric: null, status: PENDING},
};
const PAGE = {...MODEL, tags: {...MODEL.tags, tags: [TAG]}};

function intents(text: string) {
  return paletteEntries(text, INITIAL_VIEW, SCOPE, PAGE).map(({intent}) => intent);
}

describe('the palette', () => {
  it('lists commands that make sense now', () => {
    const found = intents('');

    expect(found).toContainEqual({type: 'mode', mode: 'blink'});
    expect(found).not.toContainEqual({type: 'close'});
  });

  it('goes to a step that is typed', () => {
    expect(intents('1 240')[0]).toEqual({type: 'step', step: '1240'});
  });

  it('finds tags, samples and runs by parts of their names', () => {
    expect(intents('SEG')).toContainEqual({type: 'revealTag', tag: 'val/seg'});
    expect(intents('dau_1')).toEqual([{type: 'open', tag: 'val/seg', sample: 'lindau_12'}]);
    expect(intents('unet xent')).toEqual([{type: 'showOnlyRun', run: 'unet-xent'}]);
  });

  it('shows which switches are on', () => {
    const [entry] = paletteEntries('side by', INITIAL_VIEW, SCOPE, PAGE);

    expect(entry).toMatchObject({title: 'Side by side', isOn: true});
  });
});
