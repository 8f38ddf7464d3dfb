// SPDX-License-Identifier: Apache-2.0
/** Which steps an export takes by default, and how large it will be. */
import type {FetchedPicture, SampleSource, TagModel} from '../store/data.js';
import {isLacking} from '../store/parts.js';
import {latest} from '../store/resource.js';
import {formatNumber} from '../texts/numbers.js';

/**
 * Bytes of the PNGs of these samples over `steps` steps, judged by those that were fetched already; `null` while there are
 * none. Ground truths and inputs are taken to stay the same.
 */
export function estimateBytes(
  model: TagModel,
  samples: readonly string[],
  steps: number,
  source: SampleSource,
): number | null {
  let shared = 0;
  let predictions = 0;
  let seen = 0;
  for (const sample of samples) {
    const samplesAtStep = model.runs.map(({run, step}) =>
      latest(source.get(model.tag, run, step, sample)),
    );
    const known = samplesAtStep.filter((sample) => sample?.prediction?.blob !== undefined);
    if (known.length === 0) {
      continue;
    }
    seen += 1;
    const first = known[0];
    const mean =
      known.reduce((sum, sample) => sum + (sample?.prediction?.blob?.length ?? 0), 0) /
      known.length;
    // What was not fetched is taken to be as large as what was.
    const bytesOf = (picture: FetchedPicture | undefined) =>
      picture?.blob?.length ?? (isLacking(picture) ? mean : 0);
    shared += bytesOf(first?.groundTruth) + bytesOf(first?.input);
    predictions += mean;
  }
  if (seen === 0) {
    return null;
  }
  return (samples.length / seen) * (shared + predictions * model.runs.length * steps);
}

/** Of a file, for people. */
export function formatBytes(bytes: number): string {
  const size = bytes / 2 ** 20;
  return size < 0.1 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${formatNumber(size)} MB`;
}
