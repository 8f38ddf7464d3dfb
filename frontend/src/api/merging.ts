// SPDX-License-Identifier: Apache-2.0
/** One answer out of those to the parts of a request. */
import {recordKey} from './record-key.js';
import type {Bundle, Frame, FrameSample, RecordCounts, RunStep} from './types.js';

/** Answers about different runs of one tag. */
export function mergeRuns<T extends {readonly runs: object}>(answers: readonly T[]): T {
  return {...answers[0]!, runs: joinedRecords(answers.map(({runs}) => runs))};
}

/** Answers about the same steps, and different samples. */
export function mergeSamples([first, ...others]: readonly [Bundle, ...Bundle[]]): Bundle {
  return others.reduce(
    (merged, other) => ({
      frames: merged.frames
        .slice(0, other.frames.length)
        .map((frame, i) => joined(frame, other.frames[i]!)),
      blobs: new Map([...merged.blobs, ...other.blobs]),
      omitted: Math.max(merged.omitted, other.omitted),
    }),
    first,
  );
}

/** Answers about one group of steps after another; all that follows a gap counts as left out. */
export function mergeSteps(
  parts: readonly {readonly asked: readonly RunStep[]; readonly answer: Bundle}[],
): Bundle {
  const gap = parts.findIndex(({answer}) => answer.omitted > 0);
  const whole = gap < 0 ? parts : parts.slice(0, gap + 1);
  const missing = parts.slice(whole.length).reduce((sum, {asked}) => sum + asked.length, 0);
  return {
    frames: whole.flatMap(({answer}) => answer.frames),
    blobs: new Map(whole.flatMap(({answer}) => [...answer.blobs])),
    omitted: (whole.at(-1)?.answer.omitted ?? 0) + missing,
  };
}

/** The samples of which the answer had no room for a picture. */
export function samplesWithoutRoom({samples = [], pictures = []}: Frame): readonly string[] {
  const hadNoRoom = (index: number | undefined) =>
    index !== undefined && pictures[index]?.noRoom === true;
  return samples
    .filter((sample) =>
      [sample.groundTruth, sample.prediction, sample.input, sample.strip?.picture].some(hadNoRoom),
    )
    .map(({id}) => id);
}

/** Answers about different samples of one record; undefined where it was written again between them. */
export function sameRecord(bundles: readonly [Bundle, ...Bundle[]]): Bundle | undefined {
  const times = new Set(bundles.map(({frames}) => frames[0]?.wallTime));
  return times.size === 1 ? mergeSamples(bundles) : undefined;
}

/** The answer, its one sample put together of those with a part each. */
export function withParts(bundle: Bundle | undefined): Bundle | undefined {
  const [frame] = bundle?.frames ?? [];
  const [first, ...others] = frame?.samples ?? [];
  return bundle === undefined || frame === undefined || first === undefined
    ? undefined
    : {...bundle, frames: [{...frame, samples: [Object.assign({...first}, ...others)]}]};
}

/** The answer, with some samples of its first frame as a second answer has them. */
export function withSamples(bundle: Bundle, ids: readonly string[], second: Bundle): Bundle {
  const [frame, ...others] = bundle.frames;
  const [again] = second.frames;
  if (frame === undefined || again === undefined) {
    return bundle;
  }
  const asked = new Set(ids);
  const kept = {...frame, samples: (frame.samples ?? []).filter(({id}) => !asked.has(id))};
  return {
    ...bundle,
    frames: [joined(kept, again), ...others],
    blobs: new Map([...bundle.blobs, ...second.blobs]),
  };
}

/** Answers about the same records, and different samples of them; of several errors the first. */
export function mergeCounts(answers: readonly RecordCounts[]): readonly RecordCounts[] {
  const merged = new Map<string, RecordCounts>();
  for (const answer of answers) {
    const key = recordKey(answer);
    const before = merged.get(key);
    if (before === undefined || answer.error !== undefined) {
      merged.set(key, before?.error === undefined ? answer : before);
    } else if (answer.each !== undefined) {
      merged.set(key, {...before, each: joinedRecords([before.each ?? {}, answer.each])});
    }
  }
  return [...merged.values()];
}

/** The answer about steps that can't be had. */
export function unreadable(at: readonly RunStep[], error: string): Bundle {
  return {frames: at.map(({run, step}) => ({run, step, error})), blobs: new Map(), omitted: 0};
}

/** One object without a prototype, as those that it joins, so that any name is data. */
function joinedRecords<T extends object>(parts: readonly T[]): T {
  return Object.assign(Object.create(null) as T, ...parts) as T;
}

function joined(frame: Frame, other: Frame): Frame {
  if (frame.error !== undefined || other.error !== undefined) {
    return frame.error === undefined ? other : frame;
  }
  const offset = frame.pictures?.length ?? 0;
  return {
    ...frame,
    pictures: [...(frame.pictures ?? []), ...(other.pictures ?? [])],
    samples: [
      ...(frame.samples ?? []),
      ...(other.samples ?? []).map((sample) => moved(sample, offset)),
    ],
  };
}

/** A sample whose pictures stand `offset` later. */
function moved(sample: FrameSample, offset: number): FrameSample {
  const {groundTruth, prediction, input, strip} = sample;
  return {
    ...sample,
    ...(groundTruth === undefined ? {} : {groundTruth: groundTruth + offset}),
    ...(prediction === undefined ? {} : {prediction: prediction + offset}),
    ...(input === undefined ? {} : {input: input + offset}),
    ...(strip === undefined ? {} : {strip: {...strip, picture: strip.picture + offset}}),
  };
}
