// SPDX-License-Identifier: Apache-2.0
/** The curves over the slider, and where it stands. */
import type {CatalogTag, RunSamples, RunSeries, Step, TagSamples, TagSeries} from '../api/types.js';
import type {DataState, TagModel} from './data.js';
import {fallsOf} from './dips.js';
import type {TimelineCurve, Dip, SampledTag, Timeline} from './page.js';
import {PENDING, latest} from './resource.js';
import {isDashed, runColor} from './runs.js';
import {averagedAt, type AveragedSamples} from './sample-sets.js';
import {nearestIndex, stepFractions} from './steps.js';
import {rowsBySample} from './tag-model.js';

/** What the timeline draws, whatever step is shown. */
export interface Drawing {
  readonly fractions: readonly number[];
  readonly curves: readonly TimelineCurve[];
  readonly dips: readonly Dip[];
}

export function makeDrawing(
  steps: readonly Step[],
  shown: readonly string[],
  series: TagSeries | undefined,
  samples: TagSamples | undefined,
  sample: string | null,
  metric: string | null,
  lowerIsBetter: boolean,
  places: ReadonlyMap<string, number>,
): Drawing {
  const fractions = stepFractions(steps);
  const fractionOf = new Map(steps.map((step, i) => [step, fractions[i]!]));
  const curves: TimelineCurve[] = [];
  const dips: Dip[] = [];
  for (const run of metric === null ? [] : shown) {
    const ofRun = series?.runs[run];
    const [first] = ofRun?.steps ?? [];
    const last = ofRun?.steps.at(-1);
    if (ofRun === undefined || metric === null || first === undefined || last === undefined) {
      continue;
    }
    const place = places.get(run) ?? 0;
    const color = runColor(place);
    const points = pointsOf(ofRun, samples?.runs[run], sample, metric).flatMap((point) => {
      const fraction = fractionOf.get(point.step);
      return fraction === undefined ? [] : {...point, fraction};
    });
    const y = points.map(({value}) => value);
    curves.push({
      run,
      color,
      dashed: isDashed(place),
      ends: [first, last],
      steps: points.map(({step}) => step),
      x: points.map(({fraction}) => fraction),
      y,
      averaged: points.map(({averaged}) => averaged),
    });
    const sets = points.map(({averaged}) => averaged?.mark);
    for (const fall of fallsOf(y, lowerIsBetter, sets)) {
      dips.push({...points[fall]!, color});
    }
  }
  dips.sort((a, b) => a.fraction - b.fraction);
  return {fractions, curves, dips};
}

export function sampledTags(
  tags: readonly CatalogTag[],
  series: DataState['series'],
  shown: readonly string[],
): readonly SampledTag[] {
  return tags.flatMap(({tag}) => {
    const ofTag = latest(series.get(tag) ?? PENDING);
    let worst: SampledTag | undefined;
    for (const run of shown) {
      const {logged = 0, steps = []} = ofTag?.runs[run] ?? {};
      const kept = steps.length;
      if (logged - kept > (worst === undefined ? 0 : worst.logged - worst.kept)) {
        worst = {tag, run, kept, logged};
      }
    }
    return worst ?? [];
  });
}

interface Point {
  readonly step: Step;
  readonly value: number;
  /** Of a mean, the samples that it is over. */
  readonly averaged: AveragedSamples | undefined;
}

/** The finite values of a sample, or of the mean where the sample has none of its own. */
function pointsOf(
  series: RunSeries,
  samples: RunSamples | undefined,
  sample: string | null,
  metric: string,
): readonly Point[] {
  const row =
    sample === null || samples === undefined ? undefined : rowsBySample(samples).get(sample);
  const steps = row === undefined ? series.steps : samples!.steps;
  const values =
    (row === undefined ? series.metrics[metric] : samples!.metrics[metric]?.[row]) ?? [];
  return steps.flatMap((step, i) => {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return [];
    }
    return {step, value, averaged: row === undefined ? averagedAt(series, metric, i) : undefined};
  });
}

export function makeTimeline(
  drawing: Drawing,
  sampled: Timeline['sampled'],
  steps: readonly Step[],
  step: Step | null,
  marked: Step | null,
  sample: string | null,
  focus: TagModel | undefined,
): Timeline {
  const metric = focus?.metric ?? null;
  const exact = focus?.runs.find(({offset}) => offset === 0n) ?? focus?.runs[0];
  return {
    ...drawing,
    sampled,
    steps,
    index: step === null ? -1 : steps.indexOf(step),
    step,
    wallTime: exact?.wallTime ?? null,
    tag: focus?.tag ?? null,
    sample,
    metric,
    lowerIsBetter: metric !== null && (focus?.lowerIsBetter.has(metric) ?? false),
    marked: marked === null ? null : (drawing.fractions[nearestIndex(steps, marked)] ?? null),
  };
}
