// SPDX-License-Identifier: Apache-2.0
/** Tables that draw operations look up, kept so that painting again with the same settings builds nothing. */
import type {Lut} from '../pixels/lut.js';
import {Memo} from '../pixels/memo.js';

type Table = Lut | Uint8Array | Uint32Array | readonly Uint32Array[];

const maxBytes = 32 * 2 ** 20;

export class Tables {
  readonly #kept = new Memo<Table>(maxBytes, tableBytes);

  /** The key says which type of table it is: its first words are different for each caller. */
  get<T extends Table>(key: string, make: () => T): T {
    return this.#kept.get(key, make) as T;
  }
}

function tableBytes(table: Table): number {
  if (Array.isArray(table)) {
    return (table as readonly Uint32Array[]).reduce((sum, {byteLength}) => sum + byteLength, 0);
  }
  const one = table as Lut | Uint8Array | Uint32Array;
  return 'solid' in one ? one.solid.byteLength + one.stripe.byteLength : one.byteLength;
}
