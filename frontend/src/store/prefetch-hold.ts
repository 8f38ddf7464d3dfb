// SPDX-License-Identifier: Apache-2.0
/** When fetching ahead must wait: the answer takes the page's time just when a step that was asked for is painted. */

/** Milliseconds without a move after which the slider rests. */
const REST_MS = 300;
/** Moves in a row that fetched pictures are there for: as many as are fetched around a slider that rests. */
const HELD_MOVES = 2;

/**
 * A slider that leaves its rest holds what would be fetched ahead until the step it moved to is on the screen. One that moves on
 * before holds nothing: what is fetched ahead is then what will be seen next.
 */
export class PrefetchHold {
  #movedAt = -Infinity;
  /** Since it last rested. */
  #moves = 0;
  #release: (() => void) | undefined;

  /** `afterPaint` calls its argument once what has changed is on the screen, unless what it returned is called before. */
  constructor(
    private readonly afterPaint: (work: () => void) => () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get holds(): boolean {
    return this.#release !== undefined;
  }

  /** Notes that another step is shown; calls `released` once what was held may be fetched. */
  move(released: () => void): void {
    const at = this.now();
    this.#moves = at - this.#movedAt > REST_MS ? 1 : this.#moves + 1;
    this.#movedAt = at;
    this.#release?.();
    this.#release = undefined;
    if (this.#moves <= HELD_MOVES) {
      this.#release = this.afterPaint(() => {
        this.#release = undefined;
        released();
      });
    }
  }
}
