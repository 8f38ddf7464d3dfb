// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {WorkerLike} from './worker-pool.js';
import {createWorkerEarly} from './create-worker.js';

function workers(): {readonly created: WorkerLike[]; readonly createWorker: () => WorkerLike} {
  const created: WorkerLike[] = [];
  const createWorker = (): WorkerLike => {
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage: () => undefined,
      terminate: () => undefined,
    };
    created.push(worker);
    return worker;
  };
  return {created, createWorker};
}

describe('createWorkerEarly', () => {
  it('starts a worker before it is asked for', () => {
    const {created, createWorker} = workers();
    const next = createWorkerEarly(createWorker);
    expect(created).toHaveLength(1);

    expect(next()).toBe(created[0]);
    expect(next()).toBe(created[1]);
  });

  it('hands out no worker that could not be loaded', () => {
    const {created, createWorker} = workers();
    const next = createWorkerEarly(createWorker);

    created[0]!.onerror!(new Event('error') as ErrorEvent);

    expect(next()).toBe(created[1]);
  });

  it('leaves it to who asks to hear that there are no workers', () => {
    const next = createWorkerEarly(() => {
      throw new Error('forbidden');
    });

    expect(next).toThrow('forbidden');
  });
});
