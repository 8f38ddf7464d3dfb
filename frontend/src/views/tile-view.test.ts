// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Picture} from '../kinds/kind.js';
import {paletteOf} from '../kinds/mask/palette.js';
import type {Raster} from '../pixels/raster.js';
import {BLEND_MODE, PLAIN_MODE, MODES} from '../modes/registry.js';
import {INPUT} from '../store/sides.js';
import {INITIAL_VIEW, type ViewState} from '../store/view.js';
import type {GatheredPicture, GatheredRun, SamplePictures} from './sample-pictures.js';
import {partsOfTiles, tileView} from './tile-view.js';

const raster: Raster = {width: 1, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0)};
const image: Picture = {kind: 'image', raster};
const mask: Picture = {kind: 'mask', raster, palette: paletteOf([{id: 0}], [])};
const heatmap: Picture = {kind: 'heatmap', raster, range: [0, 10]};

function gathered(picture: Picture | undefined): GatheredPicture {
  return {picture, stored: undefined, status: {state: 'ready'}};
}

function sample(truth: Picture, input?: GatheredPicture): SamplePictures {
  return {
    input,
    truth: gathered(truth),
    runs: [{pictures: {a: truth}} as GatheredRun],
    reference: undefined,
    caption: undefined,
    frame: undefined,
    otherTruth: [],
    otherInput: [],
  };
}

function shown(
  change: Partial<ViewState>,
  of: SamplePictures,
): Pick<ViewState, 'mode' | 'overlay'> {
  return tileView({...INITIAL_VIEW, ...change}, of);
}

describe('a tile', () => {
  it('shows the prediction on the input, with the borders of the ground truth', () => {
    const found = shown({}, sample(mask, gathered(image)));
    expect(found.mode).toBe(BLEND_MODE);
    expect(found.overlay).toMatchObject({on: true, base: 'input', outlines: false});
  });

  it('shows the prediction alone where there are no borders, or no input', () => {
    expect(shown({}, sample(image, gathered(image))).mode).toBe(PLAIN_MODE);
    expect(shown({}, sample(mask)).mode).toBe(PLAIN_MODE);
    expect(shown({}, sample(mask, gathered(undefined))).mode).toBe(PLAIN_MODE);
    const isPlain = shown({}, sample(heatmap, gathered(image))).mode;
    expect(isPlain).toBe(PLAIN_MODE);
    const display = {...INITIAL_VIEW.display, threshold: 5};
    expect(shown({display}, sample(heatmap, gathered(image))).mode).toBe(BLEND_MODE);
  });

  it('shows the prediction alone where the viewer turned the overlay off', () => {
    const overlay = {...INITIAL_VIEW.overlay, on: false};
    expect(shown({overlay}, sample(mask, gathered(image))).mode).toBe(PLAIN_MODE);
  });

  it.each(MODES.filter(({id, hasLine}) => id !== PLAIN_MODE && !hasLine).map(({id}) => id))(
    'is in the mode that was chosen: %s',
    (mode) => {
      expect(shown({mode}, sample(mask, gathered(image)))).toMatchObject({
        mode,
        overlay: INITIAL_VIEW.overlay,
      });
    },
  );

  it('has no line that is moved', () => {
    const [swipe] = MODES.filter(({hasLine}) => hasLine);
    const one = sample(mask, gathered(image));
    expect(shown({mode: swipe!.id}, one).mode).toBe(BLEND_MODE);
  });
});

describe('the parts that tiles show', () => {
  const IMAGE = {name: 'image'};
  const range = {...INITIAL_VIEW.display, range: 'minmax' as const};

  it('are the predictions, where nothing on a tile is of another part', () => {
    expect(partsOfTiles(INITIAL_VIEW, IMAGE, false)).toEqual({parts: ['prediction']});
  });

  it.each([
    ['A is asked for', {}, IMAGE, true],
    ['borders and errors are drawn', {}, {name: 'mask'}, false],
    ['the mode compares', {mode: 'difference'}, IMAGE, false],
    ['colours follow the data, the ground truth among them', {display: range}, IMAGE, false],
    ['a number is of the input', {a: INPUT}, IMAGE, false],
  ] as const)('are all where %s', (_, change, kind, showsA) => {
    expect(partsOfTiles({...INITIAL_VIEW, ...change}, kind, showsA)).toEqual({});
  });
});
