// SPDX-License-Identifier: Apache-2.0
/** What is kept of one sample of a record. */
import {ROLES, type Digest, type Frame, type FrameSample, type Role} from '../api/types.js';
import type {FetchedPicture, SampleAtStep} from './data.js';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface CacheEntry {
  /** `null`: the record does not hold the sample. */
  readonly sample: SampleAtStep | null;
  readonly error: string | null;
  /** Of the pictures whose bytes are there. */
  readonly digests: readonly Digest[];
}

export function picturesOf(sample: SampleAtStep | null): readonly FetchedPicture[] {
  return ROLES.map((part) => sample?.[part]).filter((picture) => picture !== undefined);
}

export function hasFailedPicture(sample: SampleAtStep | null): boolean {
  return picturesOf(sample).some(({error}) => error !== undefined);
}

/** `parts` are those that the answer had to bring. */
export function entryOf(
  frame: Frame,
  sample: FrameSample,
  blobOf: (digest: Digest) => Bytes | undefined,
  parts: readonly Role[],
): CacheEntry {
  const digests: Digest[] = [];
  const picture = (part: Role): FetchedPicture | undefined => {
    const index = sample[part];
    const found = index === undefined ? undefined : frame.pictures?.[index];
    if (found === undefined || found.error !== undefined) {
      return found;
    }
    const blob = blobOf(found.digest);
    if (blob === undefined && parts.includes(part)) {
      return {...found, error: 'The server did not send this picture'};
    }
    if (blob !== undefined) {
      digests.push(found.digest);
    }
    return {...found, ...(blob && {blob}), ...(sample.range && {shown: sample.range})};
  };
  const groundTruth = picture('groundTruth');
  const prediction = picture('prediction');
  const input = picture('input');
  return {
    sample: {
      id: sample.id,
      run: frame.run,
      step: frame.step,
      metrics: sample.metrics ?? {},
      ...(frame.kind === undefined ? {} : {kind: frame.kind}),
      ...(sample.caption === undefined ? {} : {caption: sample.caption}),
      ...(groundTruth && {groundTruth}),
      ...(prediction && {prediction}),
      ...(input && {input}),
    },
    error: null,
    digests,
  };
}
