// SPDX-License-Identifier: Apache-2.0
/** Puts what the page measured itself into the series and tables of the server, as if it had been logged. */
import {recordKey} from '../api/record-key.js';
import type {
  Metric,
  RunSamples,
  RunSeries,
  SampleSet,
  TagSamples,
  TagSeries,
} from '../api/types.js';
import {mapValues} from '../map-values.js';
import type {DataState} from './data.js';
import {
  isTried,
  type MeasuredMetric,
  type MeasuredOfRecord,
  type MeasuredOfTag,
} from './measured-store.js';
import {once, onceEach} from './memoize.js';
import {mapped, PENDING, type Resource} from './resource.js';

/** The data with what was measured; the same object while neither changed. */
export class MeasuredData {
  of(
    data: DataState,
    ids: readonly string[],
    measured: ReadonlyMap<string, MeasuredOfTag>,
  ): DataState {
    return ids.length === 0 ? data : this.#whole(data, ids, measured);
  }

  readonly #tag = onceEach(tagWithMeasured);

  readonly #whole = once(
    (
      data: DataState,
      ids: readonly string[],
      tags: ReadonlyMap<string, MeasuredOfTag>,
    ): DataState => {
      const series = new Map(data.series);
      const samples = new Map(data.samples);
      for (const [tag, measured] of tags) {
        const ofTag = data.series.get(tag);
        if (ofTag !== undefined) {
          const shown = this.#tag(tag, ofTag, samples.get(tag) ?? PENDING, measured, ids);
          series.set(tag, shown.series);
          samples.set(tag, shown.samples);
        }
      }
      return {...data, series, samples};
    },
  );
}

function tagWithMeasured(
  series: Resource<TagSeries>,
  samples: Resource<TagSamples>,
  measured: MeasuredOfTag,
  ids: readonly string[],
): {readonly series: Resource<TagSeries>; readonly samples: Resource<TagSamples>} {
  const metrics = chosenMetrics(measured, ids);
  return {
    series: mapped(series, (of) => ({
      ...of,
      runs: mapValues(of.runs, (run, name) => seriesWith(name, run, measured, metrics)),
    })),
    samples: mapped(samples, (of) => ({
      ...of,
      runs: mapValues(of.runs, (run, name) => tableWith(name, run, measured, metrics)),
    })),
  };
}

/** One of each metric that was chosen and that some sample has, in the order of `ids`. */
function chosenMetrics(measured: MeasuredOfTag, ids: readonly string[]): readonly MeasuredMetric[] {
  const found = new Map<string, MeasuredMetric>();
  for (const record of measured.values()) {
    for (const {metrics} of record.values()) {
      metrics.forEach((metric) => found.set(metric.id, metric));
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** A mean is given once its metric was tried of all samples of a record, so that it does not move while they are. */
function seriesWith(
  run: string,
  series: RunSeries,
  measured: MeasuredOfTag,
  metrics: readonly MeasuredMetric[],
): RunSeries {
  const sets = new SampleSets();
  const recordSets: (number | null)[] = [];
  const meanSets = metrics.map((): (number | null)[] => []);
  const means = metrics.map((): Metric[] => []);
  for (const step of series.steps) {
    const record = measured.get(recordKey({run, step}));
    const isWhole = series.samples.every((sample) => record?.has(sample));
    const there = isWhole ? series.samples.filter((id) => record?.get(id)?.isAbsent !== true) : [];
    recordSets.push(isWhole ? sets.place(there) : null);
    metrics.forEach(({id}, i) => {
      const isTriedOfAll = there.every((sample) => isTried(record?.get(sample), [id]));
      const {averaged, mean} = meanOf(record, isTriedOfAll ? there : [], id);
      means[i]!.push(mean);
      meanSets[i]!.push(mean === null ? null : sets.place(averaged));
    });
  }
  return {
    ...series,
    metrics: {...series.metrics, ...byName(metrics, means)},
    lowerIsBetter: [
      ...series.lowerIsBetter,
      ...metrics.flatMap(({name, lowerIsBetter}) => (lowerIsBetter ? name : [])),
    ],
    sampleSets: sets.all,
    recordSets,
    meanSets: byName(metrics, meanSets),
  };
}

/** As the means of records (`docs/format.md`): of the finite values, or else the infinity that all are. */
function meanOf(
  record: MeasuredOfRecord | undefined,
  samples: readonly string[],
  id: string,
): {readonly averaged: readonly string[]; readonly mean: Metric} {
  const known = samples.flatMap((sample) => {
    const value = valueOf(record, sample, id);
    return value === null || Number.isNaN(value) ? [] : {sample, value};
  });
  const finite = known.filter(({value}) => Number.isFinite(value));
  const isOneInfinity = new Set(known.map(({value}) => value)).size === 1;
  const counted = finite.length > 0 ? finite : isOneInfinity ? known : [];
  const total = counted.reduce((sum, {value}) => sum + value, 0);
  return {
    averaged: counted.map(({sample}) => sample),
    mean: counted.length === 0 ? null : total / counted.length,
  };
}

function tableWith(
  run: string,
  table: RunSamples,
  measured: MeasuredOfTag,
  metrics: readonly MeasuredMetric[],
): RunSamples {
  const records = table.steps.map((step) => measured.get(recordKey({run, step})));
  const rows = metrics.map(({id}) =>
    table.samples.map((sample) => records.map((record) => valueOf(record, sample, id))),
  );
  return {...table, metrics: {...table.metrics, ...byName(metrics, rows)}};
}

function valueOf(record: MeasuredOfRecord | undefined, sample: string, id: string): Metric {
  return record?.get(sample)?.metrics.find((metric) => metric.id === id)?.value ?? null;
}

function byName<T>(
  metrics: readonly MeasuredMetric[],
  values: readonly T[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(metrics.map(({name}, i) => [name, values[i]!]));
}

/** The distinct sets of samples of a run, each with its place. */
class SampleSets {
  readonly all: SampleSet[] = [];

  place(samples: readonly string[]): number {
    const mark = JSON.stringify(samples);
    const known = this.all.findIndex((set) => set.mark === mark);
    return known < 0 ? this.all.push({count: samples.length, mark}) - 1 : known;
  }
}
