// SPDX-License-Identifier: Apache-2.0
/** The threshold at which each run's predictions are best, in one sample and over all. */
import type {Api} from '../api/client.js';
import type {Role} from '../api/types.js';
import type {Picture} from '../kinds/kind.js';
import {isSameKind, kindNamed, kindOf} from '../kinds/registry.js';
import type {BestThreshold, ThresholdSearch} from '../kinds/threshold-score.js';
import {LastResults} from '../pixels/memo.js';
import type {Range} from '../pixels/raster.js';
import type {RunAtStep, TagModel} from '../store/data.js';
import {pause, type LongTask} from '../store/long-task.js';
import {fetchSamples} from '../store/sample-fetching.js';
import {decodePicture} from './picture-decoding.js';
import type {RenderContext} from './render-context.js';

/** It is asked for whenever anything about the sample changes. */
const known = new LastResults<BestThreshold | undefined>();

/** Undefined where the ground truth has not just two values. */
export function bestThreshold(truth: Picture, prediction: Picture): BestThreshold | undefined {
  return known.get(prediction, [truth], () => {
    const search = isSameKind(truth, prediction)
      ? searchFor(kindOf(truth).truthValues(truth), truth)
      : undefined;
    search?.add(truth, prediction);
    return search?.best();
  });
}

function searchFor(
  values: readonly number[] | undefined,
  {kind}: {readonly kind: string},
): ThresholdSearch | undefined {
  const [low, high] = values ?? [];
  return low === undefined || high === undefined
    ? undefined
    : kindNamed(kind)?.thresholdSearch([low, high]);
}

export interface BestRequest {
  readonly model: TagModel;
  readonly api: Pick<Api, 'frames'>;
  readonly renderContext: RenderContext;
}

export interface BestOverSamples {
  /** Of all of them. */
  readonly samples: number;
  readonly byRun: ReadonlyMap<string, BestThreshold | undefined>;
}

/** Over the pixels of all samples that are listed; `null` where their ground truths have not just two values. */
export async function bestOverSamples(
  {model, api, renderContext}: BestRequest,
  {signal, progress}: LongTask,
): Promise<BestOverSamples | null> {
  const samples = model.rows.map(({id}) => id);
  const at = model.runs.map(({run, step}) => ({run, step}));
  const source = await fetchSamples(
    api,
    {tag: model.tag, at, samples},
    {signal, progress: (done) => progress(done / 2)},
  );
  const decode = (run: RunAtStep, sample: string, role: Role) =>
    decodePicture({source, tag: model.tag, renderContext}, run, sample, role, signal);
  const ends = await truthEnds(model.runs, samples, decode, signal);
  if (ends === undefined) {
    return null;
  }
  const searches = model.runs.map((run) => ({
    run,
    search: searchFor(ends, {kind: run.kind.name}),
  }));
  // Sample by sample: runs share its ground truth, which the decoder has kept since the run before.
  for (const [index, sample] of samples.entries()) {
    for (const {run, search} of searches) {
      const truth = await decode(run, sample, 'groundTruth');
      const prediction = await decode(run, sample, 'prediction');
      if (truth !== undefined && isSameKind(truth, prediction)) {
        search?.add(truth, prediction!);
      }
      await pause(signal);
    }
    progress(0.5 + (0.5 * (index + 1)) / samples.length);
  }
  const byRun = new Map(searches.map(({run: {run}, search}) => [run, search?.best()]));
  return {samples: samples.length, byRun};
}

/** The two values that all ground truths have; undefined where there are others. */
async function truthEnds(
  runs: readonly RunAtStep[],
  samples: readonly string[],
  decode: (run: RunAtStep, sample: string, role: Role) => Promise<Picture | undefined>,
  signal: AbortSignal,
): Promise<Range | undefined> {
  const found = new Set<number>();
  for (const sample of samples) {
    const seen = new Set<Picture>();
    for (const run of runs) {
      const truth = await decode(run, sample, 'groundTruth');
      if (truth === undefined || seen.has(truth)) {
        continue;
      }
      seen.add(truth);
      const values = kindOf(truth).truthValues(truth);
      if (values === undefined) {
        return undefined;
      }
      values.forEach((value) => found.add(value));
      await pause(signal);
    }
  }
  const [low, high] = [...found].sort((a, b) => a - b);
  return found.size === 2 ? [low!, high!] : undefined;
}
