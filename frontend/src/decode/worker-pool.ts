// SPDX-License-Identifier: Apache-2.0
/** A pool of workers with a queue: urgent tasks first, aborted ones never. */
import {
  perform,
  type TaskReply,
  type TaskRequest,
  type TaskResult,
  type TaskResults,
  type Task,
} from './tasks.js';

/** May become urgent while the task waits. */
export interface Priority {
  urgent: boolean;
}

interface Job {
  readonly request: TaskRequest;
  readonly priority: Priority;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: TaskResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** The part of a `Worker` that is used. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<TaskReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: TaskRequest, options: {transfer: Transferable[]}): void;
  terminate(): void;
}

/**
 * Workers that do tasks, each one at a time, in the order given, urgent ones first. A task that is aborted while it waits is
 * never begun. Where no worker can be started, or one fails to load, tasks are done on this thread.
 */
export class WorkerPool {
  #idle: WorkerLike[] = [];
  /** Still loading. No task is reserved for them, since workers that are ready may be quicker. */
  readonly #starting = new Set<WorkerLike>();
  readonly #busy = new Map<WorkerLike, Job>();
  #queue: Job[] = [];
  #nextNumber = 0;
  /** How many more workers may be started. */
  #capacity: number;

  constructor(
    private readonly createWorker: () => WorkerLike,
    size: number,
  ) {
    this.#capacity = size;
  }

  /** Starts a worker before there is a task, so that its code is there when one comes. */
  prepare(): void {
    this.#start();
  }

  do<T extends Task>(
    task: T,
    signal?: AbortSignal,
    priority: Priority = {urgent: true},
  ): Promise<TaskResults[T['type']]> {
    return new Promise<TaskResult>((resolve, reject) => {
      const request = {number: this.#nextNumber++, task};
      this.#queue.push({request, priority, signal, resolve, reject});
      this.#assign();
    }) as Promise<TaskResults[T['type']]>;
  }

  dispose(): void {
    this.#capacity = 0;
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
      const job = this.#queue.find(({priority}) => priority.urgent) ?? this.#queue[0];
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
    if (this.#capacity === 0) {
      return;
    }
    this.#capacity--;
    try {
      const worker = this.createWorker();
      worker.onmessage = ({data}) => this.#finish(worker, data);
      worker.onerror = () => this.#lose(worker);
      this.#starting.add(worker);
      send(worker, {number: this.#nextNumber++, task: {type: 'nothing'}});
    } catch {
      // No workers here, so none later either.
      this.#capacity = 0;
    }
  }

  #finish(worker: WorkerLike, reply: TaskReply): void {
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
    this.#capacity = 0;
    worker.terminate();
    if (job !== undefined) {
      this.#queue.unshift(job);
    }
    this.#assign();
  }
}

/** A blob is a view of the whole answer it came in, which a message would copy; the original stays, to be decoded again. */
function send(worker: WorkerLike, {number, task}: TaskRequest): void {
  if (task.type === 'decode') {
    const blob = task.blob.slice();
    worker.postMessage({number, task: {...task, blob}}, {transfer: [blob.buffer]});
  } else {
    worker.postMessage({number, task}, {transfer: []});
  }
}
