// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Raster} from '../pixels/raster.js';
import type {ImagePicture} from './image/picture.js';
import {ssim} from './image/ssim.js';
import {paletteOf} from './mask/palette.js';
import type {MaskPicture} from './mask/picture.js';
import {measurePictures} from './measured.js';
import {ALL_KINDS} from './registry.js';

function raster(
  data: readonly number[],
  width: number,
  channels: Raster['channels'] = 1,
  bits: Raster['bits'] = 8,
): Raster {
  const values = bits === 8 ? Uint8Array.from(data) : Uint16Array.from(data);
  return {width, height: data.length / channels / width, channels, bits, data: values};
}

const image = (...of: Parameters<typeof raster>): ImagePicture => ({
  kind: 'image',
  raster: raster(...of),
});

const IDS = ['mae', 'psnr', 'ssim'];

describe('images', () => {
  it('are measured in fractions of full scale', () => {
    const truth = image([0, 51, 102, 255], 2);
    const prediction = image([51, 51, 0, 255], 2);
    // |Δ| is 0.2, 0, 0.4 and 0; Δ² is 0.04, 0, 0.16 and 0.
    const {mae, psnr} = measurePictures(IDS, truth, prediction);
    expect(mae).toBeCloseTo(0.15, 12);
    expect(psnr).toBeCloseTo(-10 * Math.log10(0.05), 12);
  });

  it('that are equal have no error, whatever their bits', () => {
    const equal = measurePictures(IDS, image([0, 255], 2), image([0, 65_535], 2, 1, 16));
    expect(equal.mae).toBe(0);
    expect(equal.psnr).toBe(Infinity);
    expect(equal.ssim).toBeCloseTo(1, 12);
  });

  it('of grey and of colours are compared channel by channel, without alpha', () => {
    const grey = image([102, 7, 0, 9], 2, 2);
    const colored = image([102, 51, 102, 0, 0, 0], 2, 3);
    // Of six values one is apart, by 0.2.
    expect(measurePictures(['mae'], grey, colored).mae).toBeCloseTo(0.2 / 6, 12);
    expect(measurePictures(['mae'], colored, grey).mae).toBeCloseTo(0.2 / 6, 12);
  });

  it('have the similarity that the difference of that name shows', () => {
    const truth = image(
      Array.from({length: 13 * 12}, (_, i) => (i * 7) % 256),
      13,
    );
    const prediction = image(
      Array.from({length: 13 * 12}, (_, i) => (i * 11) % 256),
      13,
    );
    const {mean} = ssim(truth.raster, prediction.raster);
    expect(measurePictures(['ssim'], truth, prediction)).toEqual({ssim: mean});
  });

  it('of two sizes have no metrics', () => {
    expect(measurePictures(IDS, image([1, 2], 2), image([1, 2, 3], 3))).toEqual({
      mae: null,
      psnr: null,
      ssim: null,
    });
  });
});

describe('masks', () => {
  const palette = paletteOf([{id: 0}, {id: 1}, {id: 2}], [2]);
  const mask = (...data: number[]): MaskPicture => ({
    kind: 'mask',
    raster: raster(data, data.length),
    palette,
  });

  it('are measured where the ground truth counts', () => {
    const values = measurePictures(['iou', 'accuracy'], mask(0, 0, 1, 2), mask(0, 1, 1, 0));
    // Of 0 one pixel of two is hit, and of 1 one of two.
    expect(values).toEqual({iou: 0.5, accuracy: 2 / 3});
  });

  it('of which no pixel is judged have no metrics', () => {
    expect(measurePictures(['iou', 'accuracy'], mask(2, 2), mask(0, 1))).toEqual({
      iou: null,
      accuracy: null,
    });
  });

  it('have no metrics beside an image', () => {
    expect(measurePictures(['iou'], mask(0, 1), image([0, 1], 2))).toEqual({iou: null});
  });
});

it('measures what each kind lists', () => {
  const pictures = {
    image: image([1], 1),
    mask: {kind: 'mask', raster: raster([1], 1), palette: paletteOf([], [])},
  } as const;
  const kinds = ALL_KINDS.filter(({measures}) => measures !== undefined);
  expect(kinds.map(({name}) => name).sort()).toEqual(Object.keys(pictures).sort());
  for (const {name, measures} of kinds) {
    const picture = pictures[name as keyof typeof pictures];
    const ids = measures!.map(({id}) => id);
    const values = Object.values(measurePictures(ids, picture, picture));
    expect(values.every((value) => value !== null)).toBe(true);
  }
});
