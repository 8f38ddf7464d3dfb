// SPDX-License-Identifier: Apache-2.0
/** Which rows of a list are in sight, and which come next while it is scrolled. */

/** In order; those next follow from where the rows went last, at first downwards. */
export class RowsInSight {
  #rows: readonly number[] = [];
  #heading: 1 | -1 = 1;

  get rows(): readonly number[] {
    return this.#rows;
  }

  /** As many rows as are in sight, the next first; there may be fewer in the list. */
  get ahead(): readonly number[] {
    const edge = this.#rows.at(this.#heading > 0 ? -1 : 0) ?? 0;
    return this.#rows.map((_, i) => edge + this.#heading * (i + 1)).filter((row) => row >= 0);
  }

  move(rows: readonly number[]): void {
    const [from, to] = [this.#rows[0], rows[0]];
    const [fromEnd, toEnd] = [this.#rows.at(-1), rows.at(-1)];
    if (from !== undefined && to !== undefined) {
      const moved = to - from || toEnd! - fromEnd!;
      this.#heading = moved === 0 ? this.#heading : moved > 0 ? 1 : -1;
    }
    this.#rows = rows;
  }
}
