// SPDX-License-Identifier: Apache-2.0
/** Tells whether what was read of a source is still what it answers. */
import type {Digest} from '../api/types.js';
import type {SampleSource} from '../store/data.js';
import {latest, type Resource} from '../store/resource.js';

type Readable = Pick<SampleSource, 'get' | 'blob' | 'need'>;

/** Passes on what a source answers, and remembers it: what shows a sample need not be made anew because others came. */
export class RememberedReads implements Readable {
  readonly #reads: (() => boolean)[] = [];

  constructor(private readonly source: Readable) {}

  get(...of: Parameters<Readable['get']>): ReturnType<Readable['get']> {
    const read = () => this.source.get(...of);
    const answer = read();
    this.#reads.push(() => isSame(read(), answer));
    return answer;
  }

  blob(digest: Digest): ReturnType<Readable['blob']> {
    const answer = this.source.blob(digest);
    this.#reads.push(() => this.source.blob(digest) === answer);
    return answer;
  }

  need(...of: Parameters<Readable['need']>): void {
    this.source.need(...of);
  }

  /** Whether the source would answer something else now. To ask is to use what was read, as to read it is. */
  get haveChanged(): boolean {
    return !this.#reads.every((isStill) => isStill());
  }
}

function isSame<T>(one: Resource<T>, other: Resource<T>): boolean {
  const messageOf = (of: Resource<T>) => (of.state === 'error' ? of.message : undefined);
  return (
    one.state === other.state &&
    latest(one) === latest(other) &&
    messageOf(one) === messageOf(other)
  );
}
