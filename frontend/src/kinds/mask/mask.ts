// SPDX-License-Identifier: Apache-2.0
/** Classes, pixel by pixel. */
import {BEST_DIFFERENCE} from '../../best-difference.js';
import {alignPicture} from '../../pixels/align.js';
import {groundLut} from '../../pixels/ground.js';
import {noLabel, type Labelled} from '../../pixels/labels.js';
import {drawLut} from '../../pixels/lut-operation.js';
import type {Lut} from '../../pixels/lut.js';
import {identity} from '../../pixels/memo.js';
import {drawOutcomes, outcomeColors} from '../../pixels/outcomes.js';
import type {SampleOperation} from '../../pixels/operation.js';
import {isCalledBackground} from '../../api/background.js';
import type {Palette} from '../classes.js';
import {transparent} from '../../pixels/color.js';
import {CHANGED, changedLegend, drawChanged, drawDiffering} from '../differing.js';
import type {DifferenceRequest, Kind, Pixel} from '../kind.js';
import {
  groundLegend,
  legendSwatch,
  legendText,
  notJudgedLegend,
  noValueLegend,
  outcomeLegend,
} from '../legend.js';
import type {Tables} from '../tables.js';
import type {TagPlace} from '../tag-phrases.js';
import {countOf, joinPhrases, phrase, scopedCount, type Phrase} from '../../texts/scoped-number.js';
import {meanOver, storedAt} from '../values.js';
import {areIdsInPixels, idPixels, idValues} from './class-ids.js';
import {
  classId,
  classLabels,
  countShown,
  floatingLut,
  maskLut,
  membershipLabels,
  otherLabels,
  outlineLut,
} from './classes.js';
import {darkenedColors, errorColors, errorLegend, missedColors} from './errors.js';
import {countConfusion} from './confusion.js';
import {MASK_MEASURES} from './measures.js';
import {paletteOf, styleOf} from './palette.js';
import type {MaskDifference, MaskDisplay, MaskPicture} from './picture.js';
import {drawLabelVersus, versusColors} from './versus.js';
import {drawWrong} from './wrong.js';

/** The choices of wrong pixels in the colours of classes. */
const WRONG_BY: Readonly<Record<string, 'prediction' | 'truth'>> = {
  wrongByPrediction: 'prediction',
  wrongByTruth: 'truth',
};

export const mask: Kind<'mask'> = {
  name: 'mask',
  defaultDisplay: {hidden: new Set(), isolated: null},
  isTranslucent: false,
  hasClasses: true,
  ownMetrics: {names: ['iou', 'accuracy'], whyNone: 'every pixel of the ground truth is ignored'},
  measures: MASK_MEASURES,
  controls: [],
  differences: [
    {id: 'missed', label: 'Missed and false alarms'},
    {id: 'outcome', label: 'Hits and misses of a class'},
    {id: 'wrongByPrediction', label: 'Wrong pixels, as predicted', isInOwnColors: true},
    {id: 'wrongByTruth', label: 'Wrong pixels, as they should be', isInOwnColors: true},
    CHANGED,
  ],
  defaultDifference: 'missed',

  readTag: ({classes = [], ignore = [], background}) => ({
    palette: paletteOf(classes, ignore, background),
  }),
  describeTag: ({palette: {classes, ignore}}, place) => [
    ...(classes.length === 0
      ? []
      : [{phrase: scopedCount(classes.length, 'class', place), isAtHead: true} as const]),
    ...(ignore.size === 0 ? [] : [{phrase: ignoredPhrase(ignore, place)}]),
  ],
  build: ({palette}, {ids}, raster) =>
    raster.bits === 32 ? undefined : {kind: 'mask', raster, ids, palette},

  display: ({hiddenClasses, isolatedClass}) => ({
    hidden: new Set(hiddenClasses),
    isolated: isolatedClass,
  }),
  draw: (picture, display, tables) => drawLut(picture.raster, lutOf(picture, display, tables)),
  drawFloating(picture, display, tables) {
    const key = `mask floating ${displayKey(picture, display)}`;
    return drawLut(
      picture.raster,
      tables.get(key, () => floatingLut(picture, display)),
    );
  },
  drawGround(picture, _, tables) {
    const lut = lutOf(picture, mask.defaultDisplay, tables);
    return drawLut(
      picture.raster,
      tables.get(`ground ${identity(lut.solid)}`, () => groundLut(lut)),
    );
  },

  errorSize: () => undefined,
  errorParts: (how) =>
    how.how === 'class'
      ? {errors: {...how, part: 'errors'}, below: {...how, part: 'rest'}}
      : {errors: how},
  versusLeavesRightFree: true,

  chooseDifference(request, truth) {
    const {difference, isolatedClass, confusion} = request;
    if (difference === BEST_DIFFERENCE && confusion !== null) {
      return {type: 'mask', how: 'confusion', ...confusion};
    }
    if (difference === 'outcome' || (difference === BEST_DIFFERENCE && isolatedClass !== null)) {
      return {type: 'mask', how: 'class', id: chosenClass(request, truth)};
    }
    if (difference === CHANGED.id) {
      return {type: 'mask', how: 'changed'};
    }
    return {type: 'mask', how: 'wrong', by: WRONG_BY[difference] ?? 'outcome'};
  },
  drawDifference(truth, prediction, how, display, tables) {
    if (how.how === 'class') {
      const [wanted, got] = [member(truth, how.id, tables), member(prediction, how.id, tables)];
      return drawOutcomes(wanted, got, how.part);
    }
    if (how.how === 'confusion') {
      return drawConfusion(truth, prediction, how, tables);
    }
    const [wanted, got] = labelled([truth, prediction], display, tables) as [Labelled, Labelled];
    if (how.how === 'changed') {
      const all = tables.get(`mask wrong true ${classesKey(truth)}`, () => errorColors(truth));
      return drawChanged(drawWrong(wanted, got, 'truth', all), transparent);
    }
    const by = how.by === 'prediction' ? 'prediction' : 'truth';
    const shown = by === 'truth' ? truth : prediction;
    const colors = tables.get(`mask wrong ${how.by === 'outcome'} ${classesKey(shown)}`, () =>
      how.by === 'outcome' ? errorColors(shown) : darkenedColors(shown),
    );
    return drawWrong(wanted, got, by, colors);
  },
  drawDiffers(truth, prediction, how, display, tables) {
    if (how.how === 'class') {
      const [wanted, got] = [member(truth, how.id, tables), member(prediction, how.id, tables)];
      const colors = tables.get(`mask wrong true ${classesKey(truth)}`, () => errorColors(truth));
      return drawDiffering(drawWrong(wanted, got, 'truth', colors));
    }
    return drawDiffering(mask.drawDifference(truth, prediction, how, display, tables));
  },
  differsText({palette}, how) {
    switch (how.how) {
      case 'class':
        return `in being ${styleOf(palette, how.id).name}`;
      case 'confusion':
        return `in being ${confusionText(palette, how)}`;
      case 'wrong':
      case 'changed':
        return 'in class';
    }
  },
  drawVersus(truth, a, b, _, display, tables) {
    const labels = labelled([truth, a, b], display, tables) as [Labelled, Labelled, Labelled];
    return drawLabelVersus(...labels);
  },

  hasOutlines: () => true,
  drawOutlined(picture, display, tables) {
    const key = `mask outline ${displayKey(picture, display)}`;
    return drawLut(
      picture.raster,
      tables.get(key, () => outlineLut(picture, display)),
    );
  },

  valueTexts(picture, {x, y}) {
    const [stored] = storedAt(picture, x, y);
    const id = classId(picture, stored!);
    return [id === undefined ? `no class (${stored!})` : styleOf(picture.palette, id).name];
  },
  isJudged(truth, at) {
    const id = classAt(truth, at);
    return id === undefined || !truth.palette.ignore.has(id);
  },
  differenceText: (truth, at, prediction, other) =>
    isWrong(truth, at, prediction, other) ? '✗' : '',
  pixelLabels: (picture, pixel) => [mask.valueTexts(picture, pixel), [idText(picture, pixel)]],
  differenceLabels: (truth, at, prediction, other) =>
    isWrong(truth, at, prediction, other)
      ? [
          [...mask.valueTexts(prediction, other), `not ${mask.valueTexts(truth, at).join()}`],
          [idText(prediction, other), `not ${idText(truth, at)}`],
        ]
      : [],

  floatingLegend: ({palette}, {hidden, isolated}) =>
    [...palette.background]
      .map((id) => styleOf(palette, id))
      .filter((style) => isolated === null && !hidden.has(style.id) && !isCalledBackground(style))
      .map(({name}) => legendText(`${name} is see-through`)),
  valueLegend: ({palette}) => (palette.ignore.size === 0 ? [] : [noValueLegend('ignored')]),
  differenceLegend(truth, request, names) {
    const how = mask.chooseDifference(request, truth);
    if (how.how === 'class') {
      return [legendText(styleOf(truth.palette, how.id).name), ...outcomeLegend(names)];
    }
    if (how.how === 'confusion') {
      return [
        legendSwatch(outcomeColors.falseNegative, confusionText(truth.palette, how)),
        groundLegend('all else'),
      ];
    }
    if (how.how === 'changed') {
      return [changedLegend('in class', names), groundLegend('equal')];
    }
    if (how.by === 'outcome') {
      return errorLegend(truth, names);
    }
    const by = how.by === 'truth' ? names.a : names.b;
    return [
      legendText(
        `${names.isJudged ? 'wrong' : 'other'} pixels, in the colours of the ${by}, darkened`,
      ),
      groundLegend(names.isJudged ? 'right' : 'equal'),
    ];
  },
  distance(a, b) {
    const [aLabels, bLabels] = classLabels([a, b]) as [Uint32Array, Uint32Array];
    const value = meanOver(a.raster.data.length, (pixel) => {
      const label = aLabels[a.raster.data[pixel]!];
      return label === noLabel ? NaN : Number(label !== bLabels[b.raster.data[pixel]!]);
    });
    return value === undefined
      ? undefined
      : {value, name: 'differs', unit: ' of the pixels', isShare: true};
  },
  gapLegend: ({palette}) => (palette.ignore.size === 0 ? [] : [notJudgedLegend('ignored')]),
  versusLegend: (a, b) => [
    groundLegend('both right'),
    legendSwatch(versusColors.onlyA, `only ${a}`),
    legendSwatch(versusColors.onlyB, `only ${b}`),
    legendSwatch(versusColors.bothWrong, 'both wrong'),
  ],

  values: idValues,
  fitsPng: areIdsInPixels,
  pngPixels: idPixels,
  numbers: () => undefined,
  rangeShown: () => undefined,
  thresholdScore: () => undefined,
  truthValues: () => undefined,
  thresholdSearch: () => undefined,
  confusion: (truth, prediction) =>
    countConfusion(alignPicture(truth, prediction.raster), prediction),
  classes: ({palette}) => palette.classes,
  classStyle: ({palette}, id) => styleOf(palette, id),
  classPixels: countShown,

  colorKey: ({hidden, isolated}) => [[...hidden], isolated],
  isShownAsStored: () => false,
};

/** `0 and 255 ignored` */
function ignoredPhrase(ignore: Palette['ignore'], place: TagPlace): Phrase {
  const ids = [...ignore].map((id) => [countOf(id, 'ignored id', place)]);
  return phrase`${joinPhrases(ids, ' and ')} ignored`;
}

/** The class whose outcome is shown: the isolated one, or else the first that is shown and is not the background. */
function chosenClass(
  {isolatedClass, hiddenClasses}: DifferenceRequest,
  {palette}: MaskPicture,
): number {
  if (isolatedClass !== null) {
    return isolatedClass;
  }
  const hidden = new Set(hiddenClasses);
  const shown = palette.classes.filter(({id, ignored}) => !ignored && !hidden.has(id));
  return (shown.find(({id}) => !palette.background.has(id)) ?? shown[0])?.id ?? 1;
}

function classAt(picture: MaskPicture, {x, y}: Pixel): number | undefined {
  return classId(picture, storedAt(picture, x, y)[0]!);
}

/** The class's id, or a question mark for a stored value that is none. */
function idText(picture: MaskPicture, pixel: Pixel): string {
  return classAt(picture, pixel)?.toString() ?? '?';
}

function isWrong(truth: MaskPicture, at: Pixel, prediction: MaskPicture, other: Pixel): boolean {
  return mask.isJudged(truth, at) && classAt(truth, at) !== classAt(prediction, other);
}

function lutOf(picture: MaskPicture, display: MaskDisplay, tables: Tables): Lut {
  return tables.get(`mask colours ${displayKey(picture, display)}`, () =>
    maskLut(picture, display),
  );
}

function member(picture: MaskPicture, id: number, tables: Tables): Labelled {
  const labels = tables.get(`mask member ${classesKey(picture)} ${id}`, () =>
    membershipLabels(picture, id),
  );
  return {raster: picture.raster, labels};
}

type OneConfusion = Extract<MaskDifference, {readonly how: 'confusion'}>;

function drawConfusion(
  truth: MaskPicture,
  prediction: MaskPicture,
  how: OneConfusion,
  tables: Tables,
): SampleOperation {
  const labels = tables.get(`mask other ${classesKey(prediction)} ${how.predicted}`, () =>
    otherLabels(prediction, how.predicted),
  );
  const colors = tables.get(`mask missed ${classesKey(truth)} ${how.truth}`, () =>
    missedColors(truth, how.truth),
  );
  // Of the true class's pixels, labelled 1, only those differ that were taken for the predicted one, labelled 0.
  const wanted = member(truth, how.truth, tables);
  return drawWrong(wanted, {raster: prediction.raster, labels}, 'truth', colors);
}

function confusionText(palette: Palette, {truth, predicted}: OneConfusion): string {
  return `${styleOf(palette, truth).name} taken for ${styleOf(palette, predicted).name}`;
}

function labelled(
  pictures: readonly MaskPicture[],
  display: MaskDisplay,
  tables: Tables,
): readonly Labelled[] {
  const keys = pictures.map((picture) => displayKey(picture, display)).join();
  const labels = tables.get(`mask labels ${keys}`, () => classLabels(pictures, display));
  return pictures.map(({raster}, i) => ({raster, labels: labels[i]!}));
}

function classesKey({raster, ids, palette}: MaskPicture): string {
  return `${raster.bits} ${ids === undefined ? '' : identity(ids)} ${identity(palette)}`;
}

function displayKey(picture: MaskPicture, {hidden, isolated}: MaskDisplay): string {
  return `${classesKey(picture)} ${[...hidden].join()} ${isolated}`;
}
