// SPDX-License-Identifier: Apache-2.0
/** Caches of computed results. */

const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/** A number for an object, the same each time: what a key says of an object that never changes. */
export function identity(object: object): number {
  let number = identities.get(object);
  if (number === undefined) {
    number = nextIdentity++;
    identities.set(object, number);
  }
  return number;
}

/** The last result for each object, found again while all else that it was made of is the same. */
export class LastResults<T> {
  readonly #last = new WeakMap<object, {readonly others: readonly unknown[]; readonly value: T}>();

  get(object: object, others: readonly unknown[], make: () => T): T {
    const last = this.#last.get(object);
    if (last?.others.every((other, i) => Object.is(other, others[i])) === true) {
      return last.value;
    }
    const value = make();
    this.#last.set(object, {others, value});
    return value;
  }
}

/** Results by key, of bounded size; the least recently used go first. */
export class Memo<T> {
  readonly #entries = new Map<string, T>();
  #bytes = 0;

  /** `drop` is called for each result that is evicted, but not for one too large to be kept at all. */
  constructor(
    private readonly maxBytes: number,
    private readonly sizeOf: (value: T) => number,
    private readonly drop: (value: T) => void = () => undefined,
  ) {}

  get(key: string, make: () => T): T {
    const kept = this.#entries.get(key);
    if (kept !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, kept);
      return kept;
    }
    const value = make();
    this.#entries.set(key, value);
    this.#bytes += this.sizeOf(value);
    this.#trim(value);
    return value;
  }

  clear(): void {
    for (const value of this.#entries.values()) {
      this.drop(value);
    }
    this.#entries.clear();
    this.#bytes = 0;
  }

  #trim(newest: T): void {
    for (const [key, value] of this.#entries) {
      if (this.#bytes <= this.maxBytes || value === newest) {
        return;
      }
      this.#entries.delete(key);
      this.#bytes -= this.sizeOf(value);
      this.drop(value);
    }
  }
}
