// SPDX-License-Identifier: Apache-2.0
import type {WorkerLike} from './crew.js';

export function hireWorker(): WorkerLike {
  return new Worker(new URL('./worker.js', import.meta.url), {type: 'module'});
}

/** Starts a worker now. What is returned hands that one out first, unless it could not be loaded, and then starts others. */
export function hireAhead(hire = hireWorker): () => WorkerLike {
  let ahead: WorkerLike | undefined;
  try {
    ahead = hire();
    ahead.onerror = () => (ahead = undefined);
  } catch {
    // Whoever asks for one is told.
  }
  return () => {
    const worker = ahead ?? hire();
    ahead = undefined;
    return worker;
  };
}
