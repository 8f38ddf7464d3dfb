// SPDX-License-Identifier: Apache-2.0
import {perform, type Reply, type Request, type Result, type Results, type Task} from './tasks.js';

/** May become urgent while the task waits. */
export interface Turn {
  urgent: boolean;
}

interface Job {
  readonly request: Request;
  readonly turn: Turn;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** The part of a `Worker` that is used. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: Request, options: {transfer: Transferable[]}): void;
  terminate(): void;
}

/**
 * Workers that do tasks, each one at a time, in the order given, urgent ones first. A task that is aborted while it waits is
 * never begun. Where no worker can be started, or one fails to load, tasks are done on this thread.
 */
export class Crew {
  #idle: WorkerLike[] = [];
  /** Not there yet: what is to be done is not kept for them, since those that are there may be quicker. */
  readonly #starting = new Set<WorkerLike>();
  readonly #busy = new Map<WorkerLike, Job>();
  #queue: Job[] = [];
  #nextNumber = 0;
  /** How many more workers may be started. */
  #vacancies: number;

  constructor(
    private readonly hire: () => WorkerLike,
    size: number,
  ) {
    this.#vacancies = size;
  }

  /** Starts a worker before there is a task, so that its code is there when one comes. */
  prepare(): void {
    this.#start();
  }

  do<T extends Task>(
    task: T,
    signal?: AbortSignal,
    turn: Turn = {urgent: true},
  ): Promise<Results[T['type']]> {
    return new Promise<Result>((resolve, reject) => {
      const request = {number: this.#nextNumber++, task};
      this.#queue.push({request, turn, signal, resolve, reject});
      this.#assign();
    }) as Promise<Results[T['type']]>;
  }

  dispose(): void {
    this.#vacancies = 0;
    for (const worker of [...this.#idle, ...this.#starting, ...this.#busy.keys()]) {
      worker.terminate();
    }
    this.#idle = [];
    this.#starting.clear();
    for (const job of [...this.#busy.values(), ...this.#queue]) {
      job.reject(new DOMException('The page no longer decodes pictures', 'AbortError'));
    }
    this.#busy.clear();
    this.#queue = [];
  }

  #assign(): void {
    for (;;) {
      const job = this.#queue.find(({turn}) => turn.urgent) ?? this.#queue[0];
      if (job === undefined) {
        return;
      }
      if (job.signal?.aborted === true) {
        this.#unqueue(job);
        job.reject(job.signal.reason);
        continue;
      }
      const worker = this.#idle.pop();
      if (worker === undefined && this.#starting.size < this.#queue.length) {
        this.#start();
      }
      if (worker !== undefined) {
        this.#unqueue(job);
        this.#busy.set(worker, job);
        send(worker, job.request);
      } else if (this.#busy.size + this.#starting.size === 0) {
        this.#unqueue(job);
        perform(job.request.task).then(job.resolve, job.reject);
      } else {
        return;
      }
    }
  }

  #unqueue(job: Job): void {
    this.#queue.splice(this.#queue.indexOf(job), 1);
  }

  #start(): void {
    if (this.#vacancies === 0) {
      return;
    }
    this.#vacancies--;
    try {
      const worker = this.hire();
      worker.onmessage = ({data}) => this.#finish(worker, data);
      worker.onerror = () => this.#lose(worker);
      this.#starting.add(worker);
      send(worker, {number: this.#nextNumber++, task: {type: 'nothing'}});
    } catch {
      // No workers here, so none later either.
      this.#vacancies = 0;
    }
  }

  #finish(worker: WorkerLike, reply: Reply): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#starting.delete(worker);
    this.#idle.push(worker);
    if (job !== undefined) {
      if ('error' in reply) {
        job.reject(new Error(reply.error));
      } else {
        job.resolve(reply.result);
      }
    }
    this.#assign();
  }

  /** A worker that could not be loaded, or broke: its job is done again elsewhere. */
  #lose(worker: WorkerLike): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#starting.delete(worker);
    this.#idle = this.#idle.filter((other) => other !== worker);
    this.#vacancies = 0;
    worker.terminate();
    if (job !== undefined) {
      this.#queue.unshift(job);
    }
    this.#assign();
  }
}

/** A blob is a view of the whole answer it came in, which a message would copy; the original stays, to be decoded again. */
function send(worker: WorkerLike, {number, task}: Request): void {
  if (task.type === 'decode') {
    const blob = task.blob.slice();
    worker.postMessage({number, task: {...task, blob}}, {transfer: [blob.buffer]});
  } else {
    worker.postMessage({number, task}, {transfer: []});
  }
}
