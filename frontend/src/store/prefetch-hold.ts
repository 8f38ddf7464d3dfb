// SPDX-License-Identifier: Apache-2.0
/** When fetching ahead must wait: the answer takes the page's time just when a step that was asked for is painted. */

/** Milliseconds without a move after which the slider rests. */
const REST_MS = 300;
/** How many moves in a row already have their pictures: as many steps are fetched on either side of a slider that rests. */
const HELD_MOVES = 2;

/**
 * A slider that leaves its rest holds what would be fetched ahead until a step that is there already is on the screen, and no
 * longer. One that goes on moving holds nothing: what is fetched ahead is then what will be seen next.
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
    const wasAtRest = at - this.#movedAt > REST_MS;
    this.#movedAt = at;
    this.#moves = wasAtRest ? 1 : this.#moves + 1;
    if (wasAtRest && this.holds) {
      // On a page too slow for its frames, moves that each begin anew would hold for ever.
      return;
    }
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
