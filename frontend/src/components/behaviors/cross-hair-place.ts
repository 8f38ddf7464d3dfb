// SPDX-License-Identifier: Apache-2.0
/** Where the cross-hair of a sample's panes is, which the pointer, keys and links move. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {intent} from '../../store/intents.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import type {PinnedCrossHair, ViewState} from '../../store/view.js';
import type {Point} from '../../views/viewport.js';

declare global {
  interface HTMLElementEventMap {
    'pairs-cross-hair': CustomEvent<PinnedCrossHair | null>;
  }
}

interface Panes extends ReactiveControllerHost, EventTarget {
  readonly model: TagModel | undefined;
  readonly row: SampleRow | undefined;
  readonly view: ViewState;
}

/** The cross-hair of the panes of one sample. */
export class CrossHairPlace implements ReactiveController {
  #at: Point | null = null;
  /** It stays where it is when the pointer leaves. */
  #pinnedBy: 'keys' | 'link' | null = null;
  #taken: PinnedCrossHair | null = null;

  constructor(private readonly host: Panes) {
    host.addController(this);
  }

  /** In the frame; `null` for none. */
  get at(): Point | null {
    return this.#at;
  }

  /** Where keys move it, if they do. */
  get pinned(): Point | null {
    return this.#pinnedBy === null ? null : this.#at;
  }

  /** The panes of a link's cross-hair take it, once. */
  hostUpdated(): void {
    const {view, model, row} = this.host;
    const wanted = view.crossHair;
    if (
      wanted === null ||
      wanted === this.#taken ||
      model?.tag !== wanted.tag ||
      row?.id !== wanted.sample
    ) {
      return;
    }
    this.#taken = wanted;
    this.#move({x: wanted.x, y: wanted.y}, 'link');
    this.host.dispatchEvent(intent({type: 'crossHairShown'}));
  }

  /** Keys put it, or take it away. */
  pin(at: Point | null): void {
    this.#move(at, at === null ? null : 'keys');
  }

  /** The pointer is there, or left. */
  point(at: Point | null): void {
    if (at !== null || this.#pinnedBy === null) {
      this.#move(at, this.#pinnedBy === 'link' ? null : this.#pinnedBy);
    }
  }

  readonly unpin = (): void => {
    if (this.#pinnedBy !== null) {
      this.#move(null, null);
    }
  };

  #move(at: Point | null, pinnedBy: 'keys' | 'link' | null): void {
    this.#at = at;
    this.#pinnedBy = pinnedBy;
    this.host.requestUpdate();
    const {model, row} = this.host;
    const detail =
      at === null || model === undefined || row === undefined
        ? null
        : {tag: model.tag, sample: row.id, x: at.x, y: at.y};
    this.host.dispatchEvent(
      new CustomEvent('pairs-cross-hair', {detail, bubbles: true, composed: true}),
    );
  }
}
