// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {paletteOf} from '../kinds/mask/palette.js';
import {defaultDisplay} from '../kinds/registry.js';
import type {FlowPicture} from '../kinds/flow/flow.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {ImagePicture} from '../kinds/image/picture.js';
import type {MaskPicture} from '../kinds/mask/picture.js';
import type {Picture} from '../kinds/kind.js';
import {INPUT, runSide} from '../store/sides.js';
import {INITIAL_VIEW, type ViewState} from '../store/view.js';
import {displayFor} from './display-mapping.js';
import type {Gain} from './gain.js';
import {legendOf} from './legend.js';
import {pairNames} from './side-names.js';

const raster = {width: 1, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0)} as const;
const mask: MaskPicture = {kind: 'mask', raster, palette: paletteOf([{id: 1, name: 'car'}], [])};
const image: ImagePicture = {kind: 'image', raster};
const depth: HeatmapPicture = {kind: 'heatmap', raster, range: [0, 80], unit: 'm'};

/** The legend's words and ticks, in order. */
function words(
  truth: Picture,
  change: Partial<ViewState>,
  found?: Gain,
  predictions: readonly Picture[] = [],
): readonly string[] {
  const view = {...INITIAL_VIEW, ...change};
  const names = pairNames(view);
  const display = displayFor(view, [truth, ...predictions]);
  return legendOf({view, gain: found, display, truth, names}).flatMap((entry) =>
    entry.type === 'scale' ? entry.ticks : [entry.text],
  );
}

it('gives the range of a heatmap in every mode but difference', () => {
  expect(words(depth, {mode: 'swipe'})).toEqual(['0', '80 m']);
  expect(words(image, {mode: 'swipe'})).toEqual([]);
});

it('tells the lines of ground truth and prediction apart', () => {
  expect(words(mask, {mode: 'blend'})).toEqual(['ground truth']);
  const overlay = {...INITIAL_VIEW.overlay, on: true, outlines: true};
  expect(words(mask, {mode: 'side', overlay})).toEqual(['ground truth', 'prediction']);
  expect(words(mask, {mode: 'side'})).toEqual([]);
});

it('says how two pictures without borders are blended, and gives no scale for colours that are not shown', () => {
  expect(words(depth, {mode: 'blend'})).toEqual(['Truth ◂ 60 ▸ Prediction']);
  const overlay = {...INITIAL_VIEW.overlay, on: true, opacity: 0.25};
  expect(words(image, {mode: 'side', overlay})).toEqual(['Truth ◂ 25 ▸ Prediction']);
  const view = {...INITIAL_VIEW, overlay};
  const names = pairNames(view);
  expect(legendOf({view, hasInput: true, display: defaultDisplay, truth: depth, names})).toEqual([
    {type: 'text', text: 'Input ◂ 25 ▸ Prediction'},
  ]);
  const display = {...INITIAL_VIEW.display, threshold: 40};
  expect(words(depth, {mode: 'blend', display})[0]).toBe('ground truth');
});

it('says from how much on differences are outlined', () => {
  const gain = {gain: 4, isAutomatic: true, beyond: 0.01};
  expect(words(mask, {mode: 'outlined'})).toEqual(['differs in class']);
  expect(words(depth, {mode: 'outlined'}, gain)).toEqual([
    'differs by at least 2.5 m',
    '0',
    '80 m',
  ]);
  const overlay = {...INITIAL_VIEW.overlay, on: true, outlines: true};
  expect(words(mask, {mode: 'outlined', overlay})).toEqual([
    'differs in class',
    'ground truth',
    'prediction',
  ]);
  expect(words(image, {mode: 'outlined', overlay}, gain)).toEqual([
    'Truth ◂ 60 ▸ Prediction',
    'differs by at least 12.5 % of full scale',
  ]);
});

it('names the outcomes of a class', () => {
  expect(words(mask, {mode: 'difference', isolatedClass: 1})).toEqual([
    'car',
    'right (true positive)',
    'false alarm (false positive)',
    'missed (false negative)',
  ]);
});

it('names the only confusion that is shown', () => {
  const confusion = {tag: 't', run: 'a', truth: 1, predicted: 0};
  expect(words(mask, {mode: 'difference', confusion})).toEqual(['car taken for 0', 'all else']);
});

it('names the errors of masks, with and without a background', () => {
  const missed = 'missed or taken for another class';
  expect(words(mask, {mode: 'difference'})).toEqual([missed, 'false alarm', 'right']);
  const roads = {...mask, palette: paletteOf([{id: 0, name: 'road'}], [])};
  expect(words(roads, {mode: 'difference'})).toEqual(['wrong class', 'right']);
  expect(words(mask, {mode: 'difference', difference: 'wrongByTruth'})[0]).toContain('darkened');
});

it('names the class that is see-through on an input, where its name does not say so', () => {
  const classes = [{id: 0, name: 'tissue'}, {id: 1}];
  const picture = {...mask, palette: paletteOf(classes, [], 0)};
  const legend = (change: object, hasInput = true, display = defaultDisplay) =>
    legendOf({
      view: {...INITIAL_VIEW, ...change},
      display,
      hasInput,
      truth: picture,
      names: pairNames(INITIAL_VIEW),
    });
  const text = [{type: 'text', text: 'tissue is see-through'}];
  expect(legend({})).toEqual(text);
  expect(legend({}, false)).toEqual([]);
  const {overlay} = INITIAL_VIEW;
  expect(legend({overlay: {...overlay, on: false}})).toEqual([]);
  expect(legend({overlay: {...overlay, outlines: true}})).not.toContainEqual(text[0]);
  const alone = {...defaultDisplay, mask: {hidden: new Set<number>(), isolated: 0}};
  expect(legend({}, true, alone)).toEqual([]);
});

it('gives the error at full colour, which the gain narrows', () => {
  const twice = {gain: 2, isAutomatic: false, beyond: 0};
  expect(words(depth, {mode: 'difference'}, twice)).toEqual([
    'prediction − ground truth',
    '−10',
    '0',
    '+10 m',
    '×2',
  ]);
  const found = {gain: 8, isAutomatic: true, beyond: 0.008};
  expect(words(image, {mode: 'difference'}, found)).toEqual([
    '|Δ|',
    '0',
    '12.5 % of full scale',
    '×8 (automatic)',
    '0.8 % of the pixels are beyond the scale',
  ]);
});

it('says who is who when runs or steps are compared', () => {
  const closer = {mode: 'difference', difference: 'closer'} as const;
  expect(words(mask, {...closer, a: runSide('unet')})).toContain('only unet (A)');
  expect(words(mask, {...closer, a: runSide(null, '100')})).toContain(
    'only same run at step 100 (A)',
  );
  // A and B may be any two.
  const signed = {mode: 'difference', difference: 'signed'} as const;
  expect(words(depth, {...signed, a: runSide('unet', '100')})).toContain(
    'prediction − unet at step 100',
  );
  expect(words(mask, {mode: 'difference', a: runSide('unet'), isolatedClass: 1})).toEqual([
    'car',
    'both',
    'only prediction',
    'only unet',
  ]);
  expect(words(image, {mode: 'blend', a: INPUT})).toEqual(['Input ◂ 60 ▸ Prediction']);
});

it('tells what stands for no value', () => {
  const ignoring = {...mask, palette: paletteOf([{id: 1, name: 'car'}], [255])};
  expect(words(ignoring, {mode: 'side'})).toEqual(['ignored']);
  expect(words(ignoring, {mode: 'difference'})).toContain('ignored');
  expect(words(levels(255), {mode: 'side'})).toEqual(['0', '80 m', 'NaN']);
  expect(words(depth, {mode: 'side'})).toEqual(['0', '80 m']);
});

function levels(level: number): HeatmapPicture {
  return {...depth, raster: {...raster, data: Uint8Array.of(level)}};
}

function numbers(value: number): HeatmapPicture {
  return {...depth, raster: {...raster, bits: 32, data: Float32Array.of(value)}};
}

it('tells the infinities apart, and NaN, whoever of a card has them', () => {
  for (const [infinite, text] of [
    [levels(253), '−∞'],
    [levels(254), '+∞'],
    [numbers(-Infinity), '−∞'],
    [numbers(Infinity), '+∞'],
    [numbers(NaN), 'NaN'],
  ] as const) {
    expect(words(depth, {mode: 'side'}, undefined, [depth, infinite])).toEqual(['0', '80 m', text]);
    expect(words(infinite, {mode: 'side'}, undefined, [depth])).toContain(text);
  }
});

it('says in a difference where nothing is judged, and where only one is a number', () => {
  const difference = {mode: 'difference', difference: 'signed'} as const;
  const last = (truth: Picture, prediction: Picture, change: Partial<ViewState> = {}) =>
    words(truth, {...difference, ...change}, undefined, [truth, prediction]).slice(4);
  expect(last(depth, depth)).toEqual([]);
  expect(last(levels(255), depth)).toEqual(['ground truth is NaN']);
  expect(last(depth, levels(255))).toEqual(['only one is a number']);
  expect(last(depth, levels(254))).toEqual(['only one is a number']);
  expect(last(levels(255), numbers(NaN))).toEqual(['ground truth is NaN', 'only one is a number']);
  const ofRun = {a: runSide('unet')};
  expect(last(depth, levels(255), ofRun)).toEqual(['unet is NaN', 'only one is a number']);
  expect(last(levels(255), depth, {...ofRun, difference: 'closer'})).toContain(
    'ground truth is NaN',
  );
  const flow: FlowPicture = {
    kind: 'flow',
    raster: {...raster, channels: 2, bits: 16, data: Uint16Array.of(0, 0)},
    range: [-1, 1],
    magnitude: 1,
  };
  const unknown = {...flow, raster: {...flow.raster, data: Uint16Array.of(65535, 65535)}};
  expect(words(unknown, difference, undefined, [flow])).toContain('ground truth is unknown');
  expect(words(flow, difference, undefined, [unknown])).toContain('only prediction is unknown');
});
