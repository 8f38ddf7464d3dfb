// SPDX-License-Identifier: Apache-2.0
/** Where on the page one is, for a link that brings it back. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {CopyLink} from '../../store/intents.js';
import type {Anchor, PinnedCrossHair} from '../../store/view.js';
import './cross-hair-place.js';

/** What is scrolled to in the elements below another, and the cross-hair that is shown in them. */
export class PlaceInSight implements ReactiveController {
  #last: {readonly panes: Node; readonly crossHair: PinnedCrossHair | null} | undefined;

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
    const {panes, crossHair = null} = this.#last ?? {};
    return {
      anchor: sections?.topmost() ?? null,
      // Panes that were scrolled away are gone without a word.
      crossHair: panes?.isConnected === true ? crossHair : null,
    };
  }

  readonly #note = (event: CustomEvent<PinnedCrossHair | null>): void => {
    this.#last = {panes: event.composedPath()[0] as Node, crossHair: event.detail};
  };
}
