// SPDX-License-Identifier: Apache-2.0
/** The last view, kept by the browser, so that the next visit begins with it. */
import {JsonStorage} from './json-storage.js';
import {remembered, type Params} from './store/link.js';

export class ViewStorage {
  readonly #json: JsonStorage;

  constructor(storage: () => Storage, place: string) {
    this.#json = new JsonStorage(storage, `pairs.view:${place}`);
  }

  read(): Params {
    const entries = this.#json.read();
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  }

  write(params: Params): void {
    this.#json.write([...remembered(params)]);
  }
}

function isEntry(value: unknown): value is [string, string] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'string')
  );
}
