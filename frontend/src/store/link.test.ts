// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {pinnedLink, readLink, remembered, writeLink} from './link.js';
import {INITIAL_VIEW, type ViewState} from './view.js';

const EVERYTHING: ViewState = {
  tagFilter: 'val/.*|a&b=c',
  classTags: ['val/ids'],
  pinnedTags: ['val/x, y', 'ä/ü'],
  collapsedTags: ['t'],
  layouts: [
    {tag: 'val/x, y;z', layout: 'cards', size: 'L', run: 'lr=0.1,bs=8'},
    {tag: 'ä', layout: null, size: 'S', run: null},
  ],
  runOrder: ['b%20', 'lr=0.1,bs=8'],
  runSort: {groupBy: 'optimizer, a', by: 'lr', descending: true},
  reference: 'b%20',
  rules: '{"rules":[]}',
  measured: ['ssim', 'mae'],
  runFilter: '^run',
  runs: ['lr=0.1,bs=8', 'b%20'],
  step: '9007199254740993',
  marked: '-5',
  a: {of: 'prediction', run: 'a,b/@1:2', step: '-7'},
  b: {of: 'input'},
  rankedAt: '40',
  mode: 'difference',
  difference: 'wrongByTruth',
  gain: 8,
  swipe: 0.25,
  blinkRate: 0,
  overlay: {on: true, base: 'groundTruth', opacity: 0.35, outlines: true},
  hiddenClasses: [1, -4, 18],
  isolatedClass: 0,
  background: -3,
  zoom: {scale: 12.5, x: 0.25, y: 0.75},
  zoomAll: false,
  sort: {by: 'regressed', run: 'a,b', metric: 'a:b', then: {by: 'flagged', run: 'c'}},
  confusion: {tag: 'val/x, y', run: 'lr=0.1,bs=8', truth: -4, predicted: 18},
  // Of this visit alone.
  replaced: null,
  flags: [
    {tag: 'x', sample: 'a;b'},
    {tag: 'y,z', sample: 'c'},
    {tag: 'y,z', sample: 'd'},
  ],
  sampleFilter: {text: 'night; rain', metric: 'iou', min: 0, max: 0.75, flagged: true},
  open: {tag: 'val/x, y', sample: 's,1'},
  large: {of: 'prediction', run: 'b,c', step: null},
  details: true,
  anchor: {tag: 'val/z', sample: 's2', columns: 2.5},
  crossHair: {tag: 'val/z', sample: 's,2', x: 0, y: 12.25},
  railCollapsed: true,
  display: {
    range: 'symmetric',
    limits: {of: 'heatmap', range: [-0.5, 1e6]},
    log: true,
    threshold: 0.5,
    colormap: 'magma',
    on: ['arrows', 'b'],
    sliders: {exposure: -1.5, gamma: 2.2},
  },
  playRate: 16,
  loop: true,
  playing: false,
  dialog: null,
};

describe('a link', () => {
  it('of the first view says nothing', () => {
    expect(writeLink(INITIAL_VIEW).size).toBe(0);
  });

  it('restores every part of a view', () => {
    expect(readLink(writeLink(EVERYTHING))).toEqual(EVERYTHING);
  });

  it('restores that no run is on', () => {
    expect(readLink(writeLink({...INITIAL_VIEW, runs: []})).runs).toEqual([]);
  });

  it('leaves out what passes: playback and dialogs', () => {
    expect(writeLink({...INITIAL_VIEW, playing: true, dialog: 'help'}).size).toBe(0);
  });

  it.each([
    ['step', '1.5'],
    ['mode', 'sideways'],
    ['zoom', '1,2'],
    ['zoom', 'Infinity,0,0'],
    ['overlay', 'on,input,7'],
    ['sort', 'worstest'],
    ['gain', '-1'],
    ['open', 'only-a-tag'],
    ['anchor', 'only-a-tag'],
    ['cross', 'tag,sample,1'],
    ['cross', 'tag,sample,-1,x'],
    ['display', '<script>'],
    ['sliders', 'exposure:brighter,__proto__:1,:2'],
    ['only', 'x'],
    ['layouts', 'tag,unheard-of,XL;;%E0'],
    ['unheard-of', '1'],
  ])('ignores %s=%s', (key, text) => {
    expect(readLink(new Map([[key, text]]))).toEqual(INITIAL_VIEW);
  });

  it('survives a percent sign that encodes nothing', () => {
    expect(readLink(new Map([['runs', 'a,%E0%A4%A,b']])).runs).toEqual(['a', 'b']);
  });
});

describe('a copied link', () => {
  const shown = {step: '40', runs: ['a', 'b'], anchor: {tag: 't', sample: 's'}, crossHair: null};

  it('pins the visible state, also while the newest step is followed', () => {
    expect(readLink(pinnedLink(INITIAL_VIEW, shown, false))).toEqual({...INITIAL_VIEW, ...shown});
  });

  it('follows the newest step only where it says so', () => {
    const params = pinnedLink({...INITIAL_VIEW, step: '10'}, shown, true);
    expect(params.get('step')).toBe('newest');
    expect(readLink(params).step).toBeNull();
  });

  it('has no card in sight where one is in full view', () => {
    const open = {tag: 't', sample: 'o'};
    expect(readLink(pinnedLink({...INITIAL_VIEW, open}, shown, false))).toMatchObject({
      open,
      anchor: null,
    });
  });
});

describe('remembered', () => {
  it('is how to look, not what was looked at', () => {
    const view = readLink(remembered(writeLink(EVERYTHING)));

    expect(view).toMatchObject({
      mode: 'difference',
      overlay: EVERYTHING.overlay,
      runs: EVERYTHING.runs,
    });
    expect(view).toMatchObject({
      step: null,
      open: null,
      anchor: null,
      crossHair: null,
      zoom: INITIAL_VIEW.zoom,
      classTags: [],
      measured: [],
      sampleFilter: INITIAL_VIEW.sampleFilter,
    });
  });
});
