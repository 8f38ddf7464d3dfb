// SPDX-License-Identifier: Apache-2.0
/** Pictures to look at. */
import {optional, readOneOf} from '../../api/reading.js';
import {colormap, denseColormap} from '../../pixels/colormaps.js';
import {countLevels, type Numbers} from '../../pixels/distribution.js';
import {opaque} from '../../pixels/color.js';
import {drawGround, middleGround} from '../../pixels/ground.js';
import {storedValues} from '../../pixels/lut.js';
import type {Raster} from '../../pixels/raster.js';
import {sliderValue} from '../../sliders.js';
import {boundOf, boundOfDifference, boundedDifference, boundedText, type Bound} from '../bounds.js';
import {chosenRange, type Kind} from '../kind.js';
import {amountLegend} from '../heatmap/amount.js';
import {closerLegend, legendScale, legendText} from '../legend.js';
import type {Tables} from '../tables.js';
import {bitsPhrase} from '../tag-phrases.js';
import {formatNumber} from '../../texts/numbers.js';
import {numberLabels, signed, storedAt} from '../values.js';
import {CHANGED, CHANGED_PART, changedLegend, DIFFERS, drawChanged} from '../differing.js';
import {drawImageDifference} from './difference.js';
import {drawImageDiffering} from './differing.js';
import {drawImage} from './draw.js';
import {colorChannels, largestError} from './levels.js';
import {IMAGE_MEASURES, meanErrors} from './measures.js';
import type {ImageDifference, ImageDisplay, ImagePicture} from './picture.js';
import {EXPOSURE_SLIDER, GAMMA_SLIDER, toneTable} from './tone.js';
import {drawImageVersus} from './versus.js';

/** A viewer's choice that is computed and shown as a heatmap of its own. */
const SSIM = 'ssim';

export const image: Kind<'image'> = {
  name: 'image',
  defaultDisplay: {range: [0, 1], exposure: 0, gamma: 1},
  isTranslucent: true,
  standsAlone: true,
  hasClasses: false,
  ownMetrics: {names: ['mae', 'psnr'], whyNone: 'no pixel is finite in both pictures'},
  measures: IMAGE_MEASURES,
  controls: ['range'],
  sliders: [EXPOSURE_SLIDER, GAMMA_SLIDER],
  mayBeClasses: true,
  differences: [
    {id: 'absolute', label: 'Absolute |Δ|', isAmount: true},
    {id: 'signed', label: 'Signed Δ', isAmount: true},
    {id: 'squared', label: 'Squared Δ²', isAmount: true},
    {
      id: SSIM,
      label: 'Structure (1 − SSIM)',
      isAmount: true,
      computed: {measure: 'SSIM', shown: '1 − SSIM'},
    },
    CHANGED,
  ],
  defaultDifference: 'absolute',

  readTag: (tag) => optional(tag, 'bits', 'kind', (bits, where) => readOneOf(bits, where, [8, 16])),
  describeTag: ({bits}, place) => bitsPhrase(bits, place),
  build: (_, {dtype, clipped}, raster) =>
    raster.bits === 32 ? undefined : {kind: 'image', raster, dtype, clipped},

  display: ({choice}, pictures) => ({
    range: chosenRange(choice, 'image', pictures.map(numbersOf)) ?? image.defaultDisplay.range,
    exposure: sliderValue(choice.sliders, EXPOSURE_SLIDER),
    gamma: sliderValue(choice.sliders, GAMMA_SLIDER),
  }),
  draw: ({raster}, display, tables) => drawImage(raster, toneOf(raster, display, tables)),
  drawGround: ({raster}, display, tables) => drawGround(raster, toneOf(raster, display, tables)),

  errorSize(truth, prediction, difference) {
    if (difference.how === 'changed') {
      return undefined;
    }
    const {how, gain} = difference;
    const error = (pixel: number) => largestError(truth.raster, prediction.raster, pixel);
    return how === 'squared' ? (pixel) => gain * error(pixel) ** 2 : (pixel) => gain * error(pixel);
  },

  chooseDifference: ({difference, gain}) =>
    difference === CHANGED.id
      ? {type: 'image', how: 'changed'}
      : {
          type: 'image',
          how: difference === 'signed' || difference === 'squared' ? difference : 'absolute',
          gain,
        },
  drawDifference: (truth, prediction, how) =>
    how.how === 'changed'
      ? drawChanged(
          drawImageDiffering(truth.raster, prediction.raster, CHANGED_PART),
          opaque(middleGround),
        )
      : drawImageDifference(truth.raster, prediction.raster, how.how, how.gain),
  drawDiffers: (truth, prediction, how) =>
    drawImageDiffering(truth.raster, prediction.raster, leastDiffering(how)),
  differsText: (_, how) => `by at least ${formatNumber(100 * leastDiffering(how))} % of full scale`,
  // Blue, the upper end of the reversed map, is A; red is B.
  drawVersus: (truth, a, b, gain) =>
    drawImageVersus(truth.raster, a.raster, b.raster, gain, denseColormap(colormap('RdBu', true))),

  hasOutlines: () => false,
  drawOutlined() {
    throw new Error('got an image to outline, want a kind that has borders');
  },

  valueTexts: (picture, {x, y}) =>
    storedAt(picture, x, y).map((level) =>
      boundedText(
        boundAt(picture, level),
        (level * levelUnit(picture)).toFixed(levelDigits(picture)),
      ),
    ),
  isJudged: () => true,
  differenceText(truth, at, prediction, other) {
    const errors = errorTexts(
      truth,
      storedAt(truth, at.x, at.y),
      prediction,
      storedAt(prediction, other.x, other.y),
    );
    return errors.length === 0 ? '' : `Δ ${errors.join(' ')}`;
  },
  pixelLabels: (picture, pixel) => numberLabels(image.valueTexts(picture, pixel)),
  differenceLabels: (truth, at, prediction, other) =>
    numberLabels(
      errorTexts(
        truth,
        storedAt(truth, at.x, at.y),
        prediction,
        storedAt(prediction, other.x, other.y),
      ),
    ),

  valueLegend: () => [],
  differenceLegend(truth, request, names) {
    const {a, b} = names;
    if (request.difference === SSIM) {
      return [legendText('1 − SSIM'), amountLegend(['0', formatNumber(1 / request.gain)])];
    }
    const difference = image.chooseDifference(request, truth);
    if (difference.how === 'changed') {
      return [changedLegend(image.differsText(truth, difference, names), names)];
    }
    const {how, gain} = difference;
    const full = `${formatNumber(100 / (how === 'squared' ? Math.sqrt(gain) : gain))} %`;
    if (how === 'signed') {
      return [legendText(`${b} − ${a}`), legendScale(colormap('greys'), [`−${full}`, `+${full}`])];
    }
    return [
      legendText(how === 'squared' ? 'Δ²' : '|Δ|'),
      legendScale(colormap('greys'), ['0', `${full} of full scale`]),
    ];
  },
  distance(a, b) {
    const {mae} = meanErrors(a.raster, b.raster);
    return {value: mae, name: 'mean |Δ|', unit: ' of full scale', isShare: true};
  },
  versusLegend: closerLegend,
  gapLegend: () => [],

  values: ({raster: {data, width, height, channels}}) => ({data, shape: [height, width, channels]}),
  fitsPng: () => true,
  pngPixels: ({raster}) => ({raster}),
  numbers: numbersOf,
  rangeShown: ({range}) => range,
  thresholdScore: () => undefined,
  truthValues: () => undefined,
  thresholdSearch: () => undefined,
  confusion: () => undefined,
  classes: () => [],
  classStyle: () => undefined,

  colorKey: (display) => display,
  isShownAsStored: ({raster: {bits, channels}}, {range: [low, high], exposure, gamma}) =>
    bits === 8 && channels % 2 === 1 && low === 0 && high === 1 && exposure === 0 && gamma === 1,
};

/** As a fraction of full scale. */
function leastDiffering(difference: ImageDifference): number {
  if (difference.how === 'changed') {
    return CHANGED_PART;
  }
  const least = DIFFERS / difference.gain;
  return difference.how === 'squared' ? Math.sqrt(least) : least;
}

function toneOf({bits}: Raster, display: ImageDisplay, tables: Tables): Uint8Array {
  const key = `image tone ${bits} ${JSON.stringify(display)}`;
  return tables.get(key, () => toneTable(bits, display));
}

/** Fractions of full scale. */
function numbersOf(picture: ImagePicture): Numbers {
  const {raster} = picture;
  const size = storedValues(raster.bits);
  let values: Float64Array | undefined;
  return {
    raster,
    channels: colorChannels(raster),
    count(channel) {
      values ??= Float64Array.from({length: size}, (_, stored) => stored / (size - 1));
      return countLevels(raster, channel, values);
    },
    stored: [0, 1],
    shown: [0, 1],
    unit: '',
    said: isFloat(picture) ? 1 : size - 1,
  };
}

/** Of each channel, signed; none where the two agree or have different channels. */
function errorTexts(
  truth: ImagePicture,
  wanted: readonly number[],
  prediction: ImagePicture,
  got: readonly number[],
): readonly string[] {
  if (wanted.length !== got.length) {
    return [];
  }
  const digits = Math.max(levelDigits(truth), levelDigits(prediction));
  const errors = got.map(
    (level, channel) => level * levelUnit(prediction) - wanted[channel]! * levelUnit(truth),
  );
  const bounds = got.map((level, channel) =>
    boundOfDifference(boundAt(truth, wanted[channel]!), boundAt(prediction, level)),
  );
  return errors.every((error) => error === 0) && bounds.every((bound) => bound === '')
    ? []
    : errors.map((error, channel) => boundedDifference(bounds[channel], signed(error, digits)));
}

function boundAt({raster: {bits}, clipped}: ImagePicture, level: number): Bound {
  return boundOf(level, storedValues(bits) - 1, clipped);
}

/** Images of floats are said as fractions of full scale, of integers as they are. */
function levelUnit(picture: ImagePicture): number {
  return isFloat(picture) ? 1 / (storedValues(picture.raster.bits) - 1) : 1;
}

function levelDigits(picture: ImagePicture): number {
  return isFloat(picture) ? (picture.raster.bits === 8 ? 3 : 5) : 0;
}

/** `float32`, `float16`, `bfloat16`, ... */
function isFloat({dtype}: ImagePicture): boolean {
  return dtype?.includes('float') ?? false;
}
