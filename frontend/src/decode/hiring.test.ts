// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {WorkerLike} from './crew.js';
import {hireAhead} from './hiring.js';

function workers(): {readonly hired: WorkerLike[]; readonly hire: () => WorkerLike} {
  const hired: WorkerLike[] = [];
  const hire = (): WorkerLike => {
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage: () => undefined,
      terminate: () => undefined,
    };
    hired.push(worker);
    return worker;
  };
  return {hired, hire};
}

describe('hireAhead', () => {
  it('starts a worker before it is asked for', () => {
    const {hired, hire} = workers();
    const next = hireAhead(hire);
    expect(hired).toHaveLength(1);

    expect(next()).toBe(hired[0]);
    expect(next()).toBe(hired[1]);
  });

  it('hands out no worker that could not be loaded', () => {
    const {hired, hire} = workers();
    const next = hireAhead(hire);

    hired[0]!.onerror!(new Event('error') as ErrorEvent);

    expect(next()).toBe(hired[1]);
  });

  it('leaves it to who asks to hear that there are no workers', () => {
    const next = hireAhead(() => {
      throw new Error('forbidden');
    });

    expect(next).toThrow('forbidden');
  });
});
