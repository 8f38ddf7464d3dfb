// SPDX-License-Identifier: Apache-2.0
/** Fetches samples for exports and blind comparisons, into a cache of their own. */
import type {Api} from '../api/client.js';
import type {SampleSource} from './data.js';
import {SampleCache, type SamplesAt} from './sample-cache.js';
import {pause, type LongTask} from './long-task.js';

const AT_PER_REQUEST = 32;
const SAMPLES_PER_REQUEST = 32;
/** Bytes of PNGs that one call may fetch. */
export const MAX_FETCHED_BYTES = 256 * 2 ** 20;

/** Fetches samples of runs at steps, apart from what the page keeps for itself. */
export async function fetchSamples(
  api: Pick<Api, 'frames'>,
  {tag, at, samples}: SamplesAt,
  {signal, progress}: LongTask,
): Promise<SampleSource> {
  const cache = new SampleCache(Infinity, Infinity);
  const total = at.length * samples.length;
  let bytes = 0;
  let done = 0;
  for (let first = 0; first < samples.length; first += SAMPLES_PER_REQUEST) {
    const some = samples.slice(first, first + SAMPLES_PER_REQUEST);
    let left = at;
    while (left.length > 0) {
      const batch = left.slice(0, AT_PER_REQUEST);
      const bundle = await api.frames({tag, at: batch, samples: some, have: []}, signal);
      const answered = batch.length - bundle.omitted;
      if (answered <= 0) {
        throw new Error('the server left these steps out of its answer');
      }
      for (const blob of bundle.blobs.values()) {
        bytes += blob.length;
      }
      if (bytes > MAX_FETCHED_BYTES) {
        throw new Error('these are more than 256 MB of pictures: choose fewer steps or samples');
      }
      cache.put(tag, bundle, some, new Map());
      left = left.slice(answered);
      done += answered * some.length;
      progress(done / total);
      await pause(signal);
    }
  }
  return cache;
}
