// SPDX-License-Identifier: Apache-2.0

import {remembered, type Params} from './store/link.js';

/** The last view, kept by the browser. A browser that keeps nothing is as good as one that was never here. */
export class Memory {
  readonly #key: string;

  constructor(
    private readonly storage: () => Storage,
    place: string,
  ) {
    this.#key = `pairs.view:${place}`;
  }

  read(): Params {
    try {
      const entries = JSON.parse(this.storage().getItem(this.#key) ?? '[]') as unknown;
      return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
    } catch {
      return new Map();
    }
  }

  write(params: Params): void {
    try {
      this.storage().setItem(this.#key, JSON.stringify([...remembered(params)]));
    } catch {
      // Full or forbidden: the next visit begins with the first view.
    }
  }
}

function isEntry(value: unknown): value is [string, string] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'string')
  );
}
