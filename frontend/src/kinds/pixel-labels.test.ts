// SPDX-License-Identifier: Apache-2.0
/** What the kinds write on a magnified pixel. */
import {expect, it} from 'vitest';
import {heatmap as heatmapOf, image, mask as maskOf} from './goldens.fixture.js';
import {heatmap} from './heatmap/heatmap.js';
import {mask} from './mask/mask.js';
import {paletteOf} from './mask/palette.js';
import {kindOf} from './registry.js';
import {numberLabels} from './values.js';

const HERE = {x: 0, y: 0};

it.each([
  ['0.502', '0.502', '0.502'],
  ['0.50196', '0.502', '0.502'],
  ['0.123456', '0.1235', '0.123'],
  ['123.456', '123.5', '123'],
  ['12345.678', '12346', '12346'],
  ['0.000123456', '0.0001235', '0.000123'],
  ['≥ −1.23456e−7', '≥ −1.235e−7', '≥ −1.23e−7'],
  ['65535', '65535', '65535'],
  ['0.500', '0.500', '0.500'],
  ['NaN', 'NaN', 'NaN'],
])('writes %s with four digits, or with three', (text, four, three) => {
  expect(numberLabels([text])).toEqual([[four], [three]]);
});

it('writes numbers without their unit, which the legend says', () => {
  const depth = {...heatmapOf([32766], 1, [0, 10]), unit: 'm'};
  expect(heatmap.pixelLabels(depth, HERE)).toEqual([['5'], ['5']]);
  expect(kindOf(depth).valueTexts(depth, HERE)[0]).toContain(' m');
});

it('writes a line for each channel of an image', () => {
  const color = image([1, 20, 255], 1, 3);
  expect(kindOf(color).pixelLabels(color, HERE)[0]).toEqual(['1', '20', '255']);
});

it('writes the name of a class, or its id where that has no room', () => {
  const palette = paletteOf(
    [
      {id: 0, name: 'road'},
      {id: 1, name: 'pedestrian'},
    ],
    [],
  );
  const [truth, predicted] = [maskOf([0], 1, palette), maskOf([1], 1, palette)];
  expect(mask.pixelLabels(predicted, HERE)).toEqual([['pedestrian'], ['1']]);
  expect(mask.differenceLabels(truth, HERE, predicted, HERE)).toEqual([
    ['pedestrian', 'not road'],
    ['1', 'not 0'],
  ]);
  expect(mask.differenceLabels(truth, HERE, truth, HERE)).toEqual([]);
});
