// SPDX-License-Identifier: Apache-2.0
/**
 * Creates the workers that decode. `index.ts` creates the first one early, while the page still
 * loads.
 */
import type {WorkerLike} from './worker-pool.js';

export function createWorker(): WorkerLike {
  return new Worker(new URL('./worker.js', import.meta.url), {type: 'module'});
}

/** Starts a worker now. The returned function hands it out first, unless it could not be loaded, and then starts others. */
export function createWorkerEarly(create = createWorker): () => WorkerLike {
  let ahead: WorkerLike | undefined;
  try {
    ahead = create();
    ahead.onerror = () => (ahead = undefined);
  } catch {
    // The first call throws then.
  }
  return () => {
    const worker = ahead ?? create();
    ahead = undefined;
    return worker;
  };
}
