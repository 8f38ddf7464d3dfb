// SPDX-License-Identifier: Apache-2.0
/** Scrolling to a place while what is above it still gets its height. */

/** How long a place is awaited and held at most, in frames. */
const MOST_FRAMES = 300;
/** For how many frames it must stand still. */
const STILL_FRAMES = 30;

/** A place that is scrolled to, and to which the page goes back until it stands still. */
interface Place {
  /** Scrolls there; says whether it was reached. */
  readonly scrollThere: () => boolean;
  /** Whether something above it still waits for data, and so for its height. */
  readonly isPending: () => boolean;
}

/**
 * Holds one place at a time. Where the page was scrolled though nothing in it changed its height, the viewer did, and is left
 * alone.
 */
export class HeldPlace {
  #turn = 0;
  #scrollTop = -1;
  #isHeld = false;

  /** Whether `scroller` stands where it was scrolled to last, or still goes there. */
  holds(scroller: HTMLElement): boolean {
    return this.#isHeld || scroller.scrollTop === this.#scrollTop;
  }

  /** Resolves to whether no other place was asked for meanwhile. */
  async hold(scroller: HTMLElement, {scrollThere, isPending}: Place): Promise<boolean> {
    const turn = ++this.#turn;
    this.#isHeld = true;
    let height = -1;
    let still = 0;
    for (let frame = 0; frame < MOST_FRAMES && still < STILL_FRAMES; frame++) {
      const hasGrown = scroller.scrollHeight !== height;
      if (!hasGrown && scroller.scrollTop !== this.#scrollTop) {
        break;
      }
      const isThere = scrollThere();
      const isStill = isThere && !hasGrown && scroller.scrollTop === this.#scrollTop;
      still = isStill && !isPending() ? still + 1 : 0;
      this.#scrollTop = scroller.scrollTop;
      height = scroller.scrollHeight;
      await new Promise(requestAnimationFrame);
      if (turn !== this.#turn || !scroller.isConnected) {
        return false;
      }
    }
    this.#isHeld = false;
    return true;
  }
}
