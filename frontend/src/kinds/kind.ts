// SPDX-License-Identifier: Apache-2.0
/**
 * What a kind of data is to the page, and all that the page asks of one.
 *
 * To add a kind, say surface normals:
 * 1. `kinds/normals/`: what a tag says of it, its picture, display and differences, declared into `TagFacts`, `Pictures`, `Display`
 *    and `Differences` below; its draw operations (see `pixels/operation.ts`); and `normals.ts`, a `Kind<'normals'>`, which also reads
 *    and words what the tag says of it. If a member is missing, it does not compile.
 *    Switches and sliders that it alone has it declares there (`switches`, `sliders`): the rail, the view and links need nothing more.
 *    A difference that needs a computation over whole pictures has a line in `kinds/computed.ts`, for the workers, and metrics that the
 *    page measures one in `kinds/measured.ts`.
 * 2. A line in `kinds/registry.ts`, which does not compile without it.
 *
 * Nothing else compares a kind's name (`test/names.test.ts`) or reads what a tag says of one kind alone: whoever has a picture asks
 * `kindOf(picture)`, whoever has a tag `knownTag(tag.kind)`. A scene of every operation in `test/painters.page.ts` shows that both painters agree.
 *
 * A room imports what all kinds share (the files of `kinds/` itself, `pixels/`, `texts/`, `sliders.ts`), the types of `api/` with what
 * reads JSON there, and no other room but to draw with its operations.
 */
import type {TagKind} from '../api/types.js';
import type {DrawOperation, SampleOperation} from '../pixels/operation.js';
import {rangeOf, type Numbers, type RangeMode} from '../pixels/distribution.js';
import type {DecodedRaster, Range} from '../pixels/raster.js';
import type {SliderValue, Sliders} from '../sliders.js';
import type {ClassStyle, Confusion} from './classes.js';
import type {LegendEntry, PairNames} from './legend.js';
import type {Mark, MarkWindow} from './marks.js';
import type {PixelValues, PngPixels} from './pixel-values.js';
import type {Tables} from './tables.js';
import type {TagPhrase, TagPlace} from './tag-phrases.js';
import type {ThresholdScore, ThresholdSearch} from './threshold-score.js';

/* eslint-disable @typescript-eslint/no-empty-object-type -- The rooms declare their members. */
/** By kind: what a tag says of it alone, as `readTag` of its room reads it. */
export interface TagFacts {}
/** By kind: its pictures, each with `kind` and `raster`. */
export interface Pictures {}
/** How pictures of each kind are shown; one object serves a whole card. */
export interface Display {}
/** By kind: how two of its pictures are compared, pixel by pixel, each with the kind as `type`. */
export interface Differences {}
/* eslint-enable @typescript-eslint/no-empty-object-type */

export type KindName = keyof TagFacts & keyof Pictures & keyof Display & keyof Differences;
export type Picture = Pictures[KindName];
export type Difference = Differences[KindName];

/** What the viewer chose for the values, and what it is chosen for. */
export interface DisplayRequest {
  readonly choice: {
    readonly range: RangeMode;
    /** Set by hand, of the kind named; `null`: as `range` says. */
    readonly limits: {readonly of: string; readonly range: Range} | null;
    readonly threshold: number | null;
    /** `null`: the tag's own. */
    readonly colormap: string | null;
    /** Ids of the switches that are on. */
    readonly on?: readonly string[];
    /** Where the sliders stand that were moved: see `sliderValue`. */
    readonly sliders: Sliders;
  };
  readonly hiddenClasses: readonly number[];
  readonly isolatedClass: number | null;
}

/** What the viewer chose for differences. */
export interface DifferenceRequest {
  /** The id of a `DifferenceChoice`; a kind that has not got it takes one of its own. */
  readonly difference: string;
  /** Multiplies a difference before it is shown. */
  readonly gain: number;
  readonly display: {readonly threshold: number | null};
  readonly isolatedClass: number | null;
  readonly hiddenClasses: readonly number[];
  /** The only confusion of classes to show; `null`: all. */
  readonly confusion: {readonly truth: number; readonly predicted: number} | null;
}

/** What a computed difference says of two pictures. */
export interface ComputedChoice {
  /** Of the two as a whole: `SSIM`. */
  readonly measure: string;
  /** At each pixel: `1 − SSIM`. */
  readonly shown: string;
}

/** What may be chosen as a difference. */
export interface DifferenceChoice {
  readonly id: string;
  readonly label: string;
  /** It is shown as an amount, which the gain multiplies. */
  readonly isAmount?: true;
  /** It is no draw operation but a picture of its own, computed in a worker: see `kinds/computed.ts`. */
  readonly computed?: ComputedChoice;
  /** It is in the colours of the pictures themselves, so that their legend holds for it too. */
  readonly isInOwnColors?: true;
}

/** Controls of the rail that several kinds share. */
export type DisplayControl = 'range' | 'colormap';

/** A switch of the rail: of one kind, or of all (`switches.ts`). */
export interface KindSwitch {
  /** As in links: a word that no other switch or slider has. */
  readonly id: string;
  readonly label: string;
  /** On hover. */
  readonly hint: string;
}

/** A slider of the rail that one kind has. */
export interface KindSlider extends SliderValue {
  readonly label: string;
  /** What its ends stand for, and how far one step goes: of the value, or of its logarithm to base 2. */
  readonly ends: Range;
  readonly step: number;
  readonly isLogarithmic?: true;
  /** The value as it stands beside the slider. */
  text(value: number): string;
  /** What a screen reader says instead; absent: the same. */
  spokenText?(value: number): string;
}

/** The metrics that the writer measures of a kind. */
export interface OwnMetrics {
  /** As `own_metrics` of `writing/kinds/` lists them. */
  readonly names: readonly string[];
  /** Why a sample has none, although its two pictures are of one shape. */
  readonly whyNone: string;
}

/** A metric of two pictures that the page can measure itself: see `kinds/measured.ts`. */
export interface KindMeasure {
  /** As the writer calls the same. */
  readonly id: string;
  readonly lowerIsBetter: boolean;
}

/** What the record says of one stored picture. */
export interface StoredFacts {
  readonly dtype?: string;
  readonly ids?: readonly number[];
  /** Share, 0 to 1, of the pixels that were clipped to what could be stored. */
  readonly clipped?: number;
  readonly range?: readonly [number, number];
  /** What the colours span in this sample, where its record says so. */
  readonly shown?: readonly [number, number];
}

/** Of a picture: column and row. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** Lines of text on a pixel. Of several, the first that fits is written: the fullest comes first. */
export type LabelLines = readonly string[];

export interface ErrorParts<D extends Difference = Difference> {
  readonly errors: D;
  readonly below?: D;
}

/** How far two pictures are apart, as one number. */
export interface Distance {
  readonly value: number;
  /** What it is, before the number: `mean |Δ|`. */
  readonly name: string;
  /** After the number, with a space where one belongs; empty without. */
  readonly unit: string;
  /** A part of all, 0 to 1. */
  readonly isShare: boolean;
}

/** Everything that depends on the kind. All pictures that one call gets are of this kind. */
export interface Kind<Name extends KindName = KindName> {
  readonly name: Name;
  readonly defaultDisplay: Display[Name];
  /** Alpha is part of its pictures, so squares are seen through them. */
  readonly isTranslucent: boolean;
  /** A picture looks the same whatever it is compared with: it has no borders to draw of another, nor a range to share; absent: false. */
  readonly standsAlone?: true;
  /** Its pixels are classes, which are counted and listed. */
  readonly hasClasses: boolean;
  readonly ownMetrics: OwnMetrics;
  /** Metrics that the page can measure of two of its pictures; absent: none. */
  readonly measures?: readonly KindMeasure[];
  readonly controls: readonly DisplayControl[];
  /** Switches of its own; absent: none. */
  readonly switches?: readonly KindSwitch[];
  /** Sliders of its own, which `display` reads by `sliderValue`; absent: none. */
  readonly sliders?: readonly KindSlider[];
  /** Its integers may be class ids that were logged so. */
  readonly mayBeClasses?: true;
  /** In the order in which they are listed. */
  readonly differences: readonly DifferenceChoice[];
  /** The id of the one that is drawn where the viewer chose none that it has. */
  readonly defaultDifference: string;

  /**
   * The members of a tag's kind that are of this kind alone, checked.
   *
   * @throws AnswerError where one is not as `docs/format.md` says.
   */
  readTag(tag: TagKind): TagFacts[Name];
  /** What the tag says of its kind, in words. */
  describeTag(facts: TagFacts[Name], place: TagPlace): readonly TagPhrase[];
  /** Joins the stored values with what they mean; undefined for values that the kind does not have. */
  build(
    facts: TagFacts[Name],
    stored: StoredFacts,
    raster: DecodedRaster,
  ): Pictures[Name] | undefined;

  /** One display for all panes of a card: a range that follows the data follows all of `pictures`. */
  display(request: DisplayRequest, pictures: readonly Pictures[Name][]): Display[Name];
  draw(picture: Pictures[Name], display: Display[Name], tables: Tables): DrawOperation;
  /** As `draw`, with what is background transparent, on an input; absent: it has none, and lies there only where someone asks. */
  drawFloating?(picture: Pictures[Name], display: Display[Name], tables: Tables): DrawOperation;

  /** What is drawn over its picture where that is magnified; absent: nothing. */
  marks?(picture: Pictures[Name], display: Display[Name], window: MarkWindow): readonly Mark[];

  /** As the ground that errors stand on (`pixels/ground.ts`); asked for only of inputs and where there are borders to draw. */
  drawGround(picture: Pictures[Name], display: Display[Name], tables: Tables): DrawOperation;

  /**
   * How large the difference is at a pixel, by index, where 1 is full colour for `how`; NaN where there is nothing to compare.
   * Undefined where it is no amount. Both pictures have one size.
   */
  errorSize(
    truth: Pictures[Name],
    prediction: Pictures[Name],
    how: Differences[Name],
  ): ((pixel: number) => number) | undefined;

  /** The viewer's choice where the kind has it, or else `defaultDifference`, unless the rest of the request asks for less. */
  chooseDifference(request: DifferenceRequest, truth: Pictures[Name]): Differences[Name];
  drawDifference(
    truth: Pictures[Name],
    prediction: Pictures[Name],
    how: Differences[Name],
    display: Display[Name],
    tables: Tables,
  ): SampleOperation;
  /**
   * One colour where the two differ, transparent elsewhere and where there is nothing to compare, so that borders can be drawn of
   * it. Amounts differ from `DIFFERS` of full colour on (`kinds/differing.ts`).
   */
  drawDiffers(
    truth: Pictures[Name],
    prediction: Pictures[Name],
    how: Differences[Name],
    display: Display[Name],
    tables: Tables,
  ): SampleOperation;
  /** What `drawDiffers` colours, to follow "differs": "by at least 0.5 m". */
  differsText(truth: Pictures[Name], how: Differences[Name], names: PairNames): string;
  /** Which of two predictions is closer to the truth; `gain` multiplies by how much. The grid is A's. */
  drawVersus(
    truth: Pictures[Name],
    a: Pictures[Name],
    b: Pictures[Name],
    gain: number,
    display: Display[Name],
    tables: Tables,
  ): DrawOperation;

  /** Between which values a threshold may be set; absent: the kind has no threshold. */
  thresholdReach?(facts: TagFacts[Name]): Range;
  /** Whether its pictures have borders to draw, and its differences leave out what is right, so that they stand on a ground. */
  hasOutlines(request: Pick<DifferenceRequest, 'display'>): boolean;
  /**
   * The errors of a difference alone, so that thin ones can be widened, and what is drawn below them, if anything is. Undefined where
   * it has a colour wherever the two agree, which is where `hasOutlines` says no; absent: all have.
   */
  errorParts?(how: Differences[Name]): ErrorParts<Differences[Name]> | undefined;
  /** `drawVersus` draws nothing where both are right. */
  readonly versusLeavesRightFree?: true;
  /** What borders are drawn of; asked for only where there are some. */
  drawOutlined(picture: Pictures[Name], display: Display[Name], tables: Tables): SampleOperation;

  /** A pixel in the caller's terms, one text per channel. */
  valueTexts(picture: Pictures[Name], pixel: Pixel): string[];
  /** False where a prediction is neither right nor wrong. */
  isJudged(truth: Pictures[Name], pixel: Pixel): boolean;
  /** How a prediction differs at a pixel, to be said after its value; empty where it does not. */
  differenceText(
    truth: Pictures[Name],
    at: Pixel,
    prediction: Pictures[Name],
    other: Pixel,
  ): string;
  /** What is written on a magnified pixel. The legend says the unit. */
  pixelLabels(picture: Pictures[Name], pixel: Pixel): readonly LabelLines[];
  /** What is written on a pixel of a difference; none where the two do not differ. */
  differenceLabels(
    truth: Pictures[Name],
    at: Pixel,
    prediction: Pictures[Name],
    other: Pixel,
  ): readonly LabelLines[];

  /** What `drawFloating` leaves out, where its name does not say so; absent: nothing. */
  floatingLegend?(picture: Pictures[Name], display: Display[Name]): readonly LegendEntry[];
  /** What the colours of a picture mean. */
  valueLegend(truth: Pictures[Name], display: Display[Name]): readonly LegendEntry[];
  differenceLegend(
    truth: Pictures[Name],
    request: DifferenceRequest,
    names: PairNames,
  ): readonly LegendEntry[];
  /** What else stands in a difference: where nothing is judged, and where one has no value. `null` asks for `drawVersus`. */
  gapLegend(
    truth: Pictures[Name],
    display: Display[Name],
    names: PairNames,
    request: DifferenceRequest | null,
  ): readonly LegendEntry[];
  /** By how much the two differ over all, in the unit that its name says; undefined where nothing can be compared. One size. */
  distance(a: Pictures[Name], b: Pictures[Name]): Distance | undefined;
  /** What the colours of `drawVersus` mean, in the names of the two. */
  versusLegend(a: string, b: string): readonly LegendEntry[];

  /** Its values by themselves, for a file. */
  values(picture: Pictures[Name]): PixelValues;
  /** Whether a PNG may hold them: asked each time that the page is drawn. */
  fitsPng(picture: Pictures[Name]): boolean;
  /** What a PNG holds of them; undefined where that is not all. */
  pngPixels(picture: Pictures[Name]): PngPixels | undefined;
  /** Its values as numbers to count; undefined where they are none. */
  numbers(picture: Pictures[Name]): Numbers | undefined;
  /** What the colours span; undefined where the kind has no such range. */
  rangeShown(display: Display[Name], truth: Pictures[Name]): Range | undefined;
  /** Of where both are at least the threshold; undefined where the kind has no threshold. Both may be of any size. */
  thresholdScore(
    truth: Pictures[Name],
    prediction: Pictures[Name],
    threshold: number,
  ): ThresholdScore | undefined;
  /** The values that occur in a ground truth, where they are one or two and the kind has a threshold. */
  truthValues(truth: Pictures[Name]): readonly number[] | undefined;
  /** For ground truths that have these two values; undefined where the kind has no threshold. */
  thresholdSearch(ends: Range): ThresholdSearch<Pictures[Name]> | undefined;
  /** Pixels by true and predicted class; undefined without classes. Both may be of any size. */
  confusion(truth: Pictures[Name], prediction: Pictures[Name]): Confusion | undefined;
  /** The classes of a tag, with every colour decided. */
  classes(facts: TagFacts[Name]): readonly ClassStyle[];
  /** The style of any class of a picture, listed or not. */
  classStyle(picture: Pictures[Name], id: number): ClassStyle | undefined;
  /** Pixels by the id of each class that is seen and judged, as `drawFloating` draws it or `draw`; absent: its pixels are no classes. */
  classPixels?(
    picture: Pictures[Name],
    display: Display[Name],
    floats: boolean,
  ): ReadonlyMap<number, number>;

  /** All of the display that decides a picture's colours, to tell pictures of different colours apart. */
  colorKey(display: Display[Name]): unknown;
  /** Whether the colours shown are the integers stored. */
  isShownAsStored(picture: Pictures[Name], display: Display[Name]): boolean;
}

/** The range that colours span, as the viewer chose it for this kind. */
export function chosenRange(
  {range, limits}: DisplayRequest['choice'],
  kind: KindName,
  pictures: readonly Numbers[],
): Range | null {
  return limits?.of === kind ? limits.range : rangeOf(range, pictures);
}
