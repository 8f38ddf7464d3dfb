// SPDX-License-Identifier: Apache-2.0
/** Which of a list's elements shows which of its rows, so that scrolling fills elements again instead of making them. */

/** An element, by its number, and what it shows. */
export interface SlotRow {
  readonly slot: number;
  readonly row: number;
}

/** The slots of the rows that are in sight. One whose row is not keeps it until another row needs the slot. */
export class RowSlots {
  readonly #rows = new Map<number, number>();
  readonly #spare = new Set<number>();
  #next = 0;

  /** Gives each of `wanted` a slot, and drops slots of rows that there are no more: only `count`. */
  place(wanted: ReadonlySet<number>, count: number): readonly SlotRow[] {
    const missing = new Set(wanted);
    for (const [slot, row] of this.#rows) {
      if (row >= count) {
        this.#drop(slot);
      } else if (missing.delete(row)) {
        this.#spare.delete(slot);
      } else {
        this.#spare.add(slot);
      }
    }
    for (const row of missing) {
      const [slot = this.#next++] = this.#spare;
      this.#spare.delete(slot);
      this.#rows.set(slot, row);
    }
    return [...this.#rows].map(([slot, row]) => ({slot, row}));
  }

  /** Whether slots stand in the order of their rows, and none is spare. */
  get isTidy(): boolean {
    const rows = [...this.#rows.values()];
    return this.#spare.size === 0 && rows.every((row, i) => i === 0 || rows[i - 1]! < row);
  }

  /** Drops what is spare. What reads the page reads it in the order of slots, but to move an element costs as much as to make it. */
  tidy(): void {
    for (const slot of [...this.#spare]) {
      this.#drop(slot);
    }
    const inOrder = [...this.#rows].sort(([, one], [, other]) => one - other);
    this.#rows.clear();
    for (const [slot, row] of inOrder) {
      this.#rows.set(slot, row);
    }
  }

  #drop(slot: number): void {
    this.#rows.delete(slot);
    this.#spare.delete(slot);
  }
}
