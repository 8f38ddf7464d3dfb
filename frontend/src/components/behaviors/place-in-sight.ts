// SPDX-License-Identifier: Apache-2.0
/** Where on the page one is, for a link that brings it back. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {CopyLink} from '../../store/intents.js';
import type {Anchor, PinnedCrossHair} from '../../store/view.js';
import './cross-hair-place.js';

/** What is scrolled to in the elements below another, and the cross-hair that is shown in them. */
export class PlaceInSight implements ReactiveController {
  /** By the panes that show them, the latest last. */
  readonly #crossHairs = new Map<Node, PinnedCrossHair>();

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('pairs-cross-hair', this.#note);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('pairs-cross-hair', this.#note);
  }

  /** `null` where nothing is scrolled, or no cross-hair shown. */
  below(
    sections: {readonly topmost: () => Anchor | null} | null,
  ): Required<Pick<CopyLink, 'anchor' | 'crossHair'>> {
    this.#forgetGone();
    return {
      anchor: sections?.topmost() ?? null,
      crossHair: [...this.#crossHairs.values()].at(-1) ?? null,
    };
  }

  readonly #note = (event: CustomEvent<PinnedCrossHair | null>): void => {
    const panes = event.composedPath()[0] as Node;
    this.#forgetGone();
    this.#crossHairs.delete(panes);
    if (event.detail !== null) {
      this.#crossHairs.set(panes, event.detail);
    }
  };

  /** Panes that were scrolled away are gone without a word. */
  #forgetGone(): void {
    for (const panes of this.#crossHairs.keys()) {
      if (!panes.isConnected) {
        this.#crossHairs.delete(panes);
      }
    }
  }
}
