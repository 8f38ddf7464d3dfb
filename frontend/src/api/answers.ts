// SPDX-License-Identifier: Apache-2.0
/**
 * From the JSON of an answer to its type, with every member checked: past this file, types can
 * be trusted.
 */
import {
  readExisting,
  readGrid,
  readPairSource,
  readRunSource,
  readStrip,
} from './existing-answers.js';
import {
  AnswerError,
  optional,
  readCount,
  readList,
  readAttribute,
  readMetric,
  readMetrics,
  readNumber,
  readObject,
  readOneOf,
  readRange,
  readRecord,
  readStep,
  readText,
  type Json,
} from './reading.js';
import type {
  Attribute,
  Catalog,
  CatalogSeries,
  CatalogTag,
  ClassCounts,
  Frame,
  FrameSample,
  Hparams,
  MaskClass,
  PictureMetadata,
  RecordCounts,
  RunHparams,
  RunSamples,
  RunSeries,
  SampleSet,
  Skipped,
  TagCounts,
  TagKind,
  TagSamples,
  TagSeries,
} from './types.js';

/** What a record can claim (docs/format.md); more than is decoded, so that a picture with an error is shown as one. */
const MAX_SIDE = 2 ** 31 - 1;

export function readCatalog(value: unknown): Catalog {
  const object = readObject(value, 'tags');
  const runs = readList(object.runs, 'runs', readText);
  const kept = readObject(object.kept, 'kept');
  return {
    runs,
    tags: readList(object.tags, 'tags', (tag, at) => readCatalogTag(tag, at, runs.length)),
    skipped: readList(object.skipped, 'skipped', readSkipped),
    kept: {
      program: readText(kept.program, 'kept.program'),
      limit: kept.limit === null ? null : readCount(kept.limit, 'kept.limit'),
      flag: readText(kept.flag, 'kept.flag'),
    },
    ...optional(object, 'existing', 'tags', readExisting),
  };
}

function readCatalogTag(value: unknown, at: string, runs: number): CatalogTag {
  const object = readObject(value, at);
  return {
    tag: readText(object.tag, `${at}.tag`),
    series: readList(object.series, `${at}.series`, (series, where) =>
      readCatalogSeries(series, where, runs),
    ),
  };
}

function readCatalogSeries(value: unknown, at: string, runs: number): CatalogSeries {
  const object = readObject(value, at);
  return {
    runs: readList(object.runs, `${at}.runs`, (run, where) => readCount(run, where, runs - 1)),
    description: readText(object.description, `${at}.description`),
    kind: readKind(object.kind, `${at}.kind`),
    ...optional(object, 'source', at, readPairSource),
  };
}

export function readHparams(value: unknown): Hparams {
  return readRecord(readObject(value, 'hparams').runs, 'runs', readRunHparams);
}

function readRunHparams(value: unknown, at: string): RunHparams {
  const object = readObject(value, at);
  return {
    session: readText(object.session, `${at}.session`),
    values: readRecord(object.values, `${at}.values`, readHparam),
    ...optional(object, 'omitted', at, readCount),
    ...optional(object, 'error', at, readText),
  };
}

function readHparam(value: unknown, at: string): Attribute {
  return readAttribute(value, at) ?? readText(value, at);
}

/** Kinds kept; a log has few. */
const KEPT_KINDS = 256;
const kinds = new Map<string, TagKind>();

/** The same object for the same kind: each record says its own, and painters keep what they made of one. */
function readKind(value: unknown, at: string): TagKind {
  const key = JSON.stringify(value);
  let kind = kinds.get(key);
  if (kind === undefined) {
    kind = parseKind(value, at);
    if (kinds.size >= KEPT_KINDS) {
      kinds.clear();
    }
    kinds.set(key, kind);
  }
  return kind;
}

/** The members of a type that it names, without those that it only allows. */
type NamedMember<T> = keyof {[K in keyof T as string extends K ? never : K]: never} & string;

/** Members of kinds that are checked here, or not of a server and left out. */
const OF_ALL_KINDS = {
  name: 'checked',
  classes: 'checked',
  ignore: 'checked',
  recoveredFrom: 'left out',
  background: 'left out',
} satisfies Record<NamedMember<TagKind>, 'checked' | 'left out'>;

function parseKind(value: unknown, at: string): TagKind {
  const object = readObject(value, at);
  const ofItsKind = Object.entries(object).filter(
    ([member]) => !Object.hasOwn(OF_ALL_KINDS, member),
  );
  return {
    ...Object.fromEntries(ofItsKind),
    name: readText(object.name, `${at}.name`),
    ...optional(object, 'classes', at, (list, where) => readList(list, where, readClass)),
    ...optional(object, 'ignore', at, (list, where) => readList(list, where, readNumber)),
  };
}

function readClass(value: unknown, at: string): MaskClass {
  const object = readObject(value, at);
  return {
    id: readNumber(object.id, `${at}.id`),
    ...optional(object, 'name', at, readText),
    ...optional(object, 'color', at, readText),
  };
}

function readSkipped(value: unknown, at: string): Skipped {
  const object = readObject(value, at);
  return {
    run: readText(object.run, `${at}.run`),
    tag: readText(object.tag, `${at}.tag`),
    reason: readText(object.reason, `${at}.reason`),
  };
}

export function readTagSeries(value: unknown): TagSeries {
  const object = readObject(value, 'series');
  return {tag: readText(object.tag, 'tag'), runs: readRecord(object.runs, 'runs', readRunSeries)};
}

function readRunSeries(value: unknown, at: string): RunSeries {
  const object = readObject(value, at);
  return {
    steps: readList(object.steps, `${at}.steps`, readStep),
    wallTimes: readList(object.wallTimes, `${at}.wallTimes`, readNumber),
    logged: readCount(object.logged, `${at}.logged`),
    beforeRestart: readList(object.beforeRestart, `${at}.beforeRestart`, readStep),
    samples: readList(object.samples, `${at}.samples`, readText),
    metrics: readRecord(object.metrics, `${at}.metrics`, readMetrics),
    lowerIsBetter: readList(object.lowerIsBetter, `${at}.lowerIsBetter`, readText),
    ...readSampleSets(object, at),
    ...readKindsOfSteps(object, at),
    ...optional(object, 'source', at, readRunSource),
  };
}

function readSampleSets(
  object: Json,
  at: string,
): Pick<RunSeries, 'sampleSets' | 'recordSets' | 'meanSets'> {
  if (object.sampleSets === undefined) {
    return {};
  }
  const sampleSets = readList(object.sampleSets, `${at}.sampleSets`, readSampleSet);
  const readPlaces = (places: unknown, where: string): readonly (number | null)[] =>
    readList(places, where, (index, place) =>
      index === null ? null : readCount(index, place, sampleSets.length - 1),
    );
  return {
    sampleSets,
    ...optional(object, 'recordSets', at, readPlaces),
    ...optional(object, 'meanSets', at, (sets, where) => readRecord(sets, where, readPlaces)),
  };
}

function readSampleSet(value: unknown, at: string): SampleSet {
  const object = readObject(value, at);
  return {count: readCount(object.count, `${at}.count`), mark: readText(object.mark, `${at}.mark`)};
}

function readKindsOfSteps(object: Json, at: string): Pick<RunSeries, 'kinds' | 'kindAt'> {
  if (object.kinds === undefined) {
    return {};
  }
  const kinds = readList(object.kinds, `${at}.kinds`, readKind);
  return {
    kinds,
    kindAt: readList(object.kindAt, `${at}.kindAt`, (index, where) =>
      index === null ? null : readCount(index, where, kinds.length - 1),
    ),
  };
}

export function readTagCounts(value: unknown): TagCounts {
  const object = readObject(value, 'counts');
  return {counts: readList(object.counts, 'counts', readRecordCounts)};
}

function readRecordCounts(value: unknown, at: string): RecordCounts {
  const object = readObject(value, at);
  return {
    run: readText(object.run, `${at}.run`),
    step: readStep(object.step, `${at}.step`),
    ...optional(object, 'samples', at, (samples, where) => readCount(samples, where)),
    ...optional(object, 'total', at, readClassCounts),
    ...optional(object, 'each', at, readCountsBySample),
    ...optional(object, 'error', at, readText),
  };
}

function readCountsBySample(
  value: unknown,
  at: string,
): Readonly<Record<string, ClassCounts | null>> {
  return readRecord(value, at, (one, where) => (one === null ? null : readClassCounts(one, where)));
}

function readClassCounts(value: unknown, at: string): ClassCounts {
  const object = readObject(value, at);
  const ids = readList(object.ids, `${at}.ids`, readNumber);
  const pixels = (name: string): readonly number[] => {
    const column = readList(object[name], `${at}.${name}`, (one, where) => readCount(one, where));
    if (column.length !== ids.length) {
      throw new AnswerError(
        `The server's answer is not understood: ${at}.${name} has ${column.length} numbers, want ${ids.length}`,
      );
    }
    return column;
  };
  return {
    counted: readCount(object.counted, `${at}.counted`),
    ids,
    truePositive: pixels('truePositive'),
    falsePositive: pixels('falsePositive'),
    falseNegative: pixels('falseNegative'),
    ...optional(object, 'omittedClasses', at, (one, where) => readCount(one, where)),
    ...optional(object, 'confusions', at, readConfusions),
    ...optional(object, 'omittedPixels', at, (one, where) => readCount(one, where)),
  };
}

function readConfusions(value: unknown, at: string): NonNullable<ClassCounts['confusions']> {
  const object = readObject(value, at);
  const truth = readList(object.truth, `${at}.truth`, readNumber);
  const predicted = readList(object.predicted, `${at}.predicted`, readNumber);
  const pixels = readList(object.pixels, `${at}.pixels`, (one, where) => readCount(one, where));
  if (predicted.length !== truth.length || pixels.length !== truth.length) {
    throw new AnswerError(
      `The server's answer is not understood: ${at} has lists of ${truth.length}, ${predicted.length} and ${pixels.length}, want one length`,
    );
  }
  return {truth, predicted, pixels};
}

export function readTagSamples(value: unknown): TagSamples {
  const object = readObject(value, 'samples');
  return {tag: readText(object.tag, 'tag'), runs: readRecord(object.runs, 'runs', readRunSamples)};
}

function readRunSamples(value: unknown, at: string): RunSamples {
  const object = readObject(value, at);
  return {
    steps: readList(object.steps, `${at}.steps`, readStep),
    samples: readList(object.samples, `${at}.samples`, readText),
    metrics: readRecord(object.metrics, `${at}.metrics`, (table, where) =>
      readList(table, where, readMetrics),
    ),
    changed: readRecord(object.changed, `${at}.changed`, (steps, where) =>
      readList(steps, where, readStep),
    ),
    missing: readRecord(
      object.missing ?? {},
      `${at}.missing`,
      (indices, where) =>
        new Set(readList(indices, where, (index, place) => readCount(index, place))),
    ),
    attributes: readRecord(object.attributes ?? {}, `${at}.attributes`, (column, where) =>
      readList(column, where, readAttribute),
    ),
  };
}

export function readFrame(value: unknown, at: string): Frame {
  const object = readObject(value, at);
  const pictures =
    object.pictures === undefined ? [] : readList(object.pictures, `${at}.pictures`, readPicture);
  return {
    run: readText(object.run, `${at}.run`),
    step: readStep(object.step, `${at}.step`),
    pictures,
    ...optional(object, 'wallTime', at, readNumber),
    ...optional(object, 'kind', at, readKind),
    ...optional(object, 'samples', at, (samples, where) =>
      readList(samples, where, (sample, there) => readFrameSample(sample, there, pictures.length)),
    ),
    ...optional(object, 'error', at, readText),
  };
}

function readFrameSample(value: unknown, at: string, pictures: number): FrameSample {
  const object = readObject(value, at);
  const index = (part: unknown, where: string): number => readCount(part, where, pictures - 1);
  return {
    id: readText(object.id, `${at}.id`),
    ...optional(object, 'caption', at, readText),
    ...optional(object, 'metrics', at, (metrics, where) => readRecord(metrics, where, readMetric)),
    ...optional(object, 'range', at, readRange),
    ...optional(object, 'groundTruth', at, index),
    ...optional(object, 'prediction', at, index),
    ...optional(object, 'input', at, index),
    ...optional(object, 'strip', at, (strip, where) => readStrip(strip, where, pictures)),
    ...optional(object, 'grid', at, readGrid),
  };
}

function readPicture(value: unknown, at: string): PictureMetadata {
  const object = readObject(value, at);
  const width = readCount(object.width, `${at}.width`, MAX_SIDE);
  const height = readCount(object.height, `${at}.height`, MAX_SIDE);
  const layout = readOneOf(object.layout, `${at}.layout`, [
    'plain',
    'split',
    'neighbors',
    'encoded',
  ]);
  return {
    digest: readText(object.digest, `${at}.digest`),
    ...optional(object, 'valueDigest', at, readText),
    width,
    height,
    channels: readOneOf(object.channels, `${at}.channels`, [1, 2, 3, 4]),
    bits: readOneOf(object.bits, `${at}.bits`, [8, 16, 32]),
    layout,
    ...(layout === 'neighbors'
      ? {literals: readCount(object.literals, `${at}.literals`, width * height)}
      : {}),
    ...optional(object, 'dtype', at, readText),
    ...optional(object, 'ids', at, (ids, where) => readList(ids, where, readNumber)),
    ...optional(object, 'range', at, readRange),
    ...optional(object, 'clipped', at, readNumber),
    ...optional(object, 'mediaType', at, readText),
    ...optional(object, 'palette', at, (palette, where) => readList(palette, where, readText)),
    ...optional(object, 'exact', at, (exact) => exact === true),
    ...optional(object, 'error', at, readText),
    ...optional(object, 'noRoom', at, (noRoom) => noRoom === true),
  };
}
