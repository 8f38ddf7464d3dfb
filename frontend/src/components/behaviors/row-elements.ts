// SPDX-License-Identifier: Apache-2.0
/** Elements of rows that are filled again while their list is scrolled: neither made nor moved, which takes most of a frame. */
import type {LitElement, ReactiveController} from 'lit';
import {RowSlots, type SlotRow} from '../../views/row-slots.js';

/** Milliseconds without a change after which rows are put in order. */
const REST_MS = 300;

/** Which element shows which row. At rest, those that are spare go and the others stand in the order of rows. */
export class RowElements implements ReactiveController {
  readonly #slots = new RowSlots();
  #tidying: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  /** As `RowSlots.place`. */
  place(wanted: ReadonlySet<number>, count: number): readonly SlotRow[] {
    return this.#slots.place(wanted, count);
  }

  hostUpdated(): void {
    clearTimeout(this.#tidying);
    // An element that is moved loses the focus.
    if (!this.#slots.isTidy && this.host.shadowRoot?.activeElement === null) {
      this.#tidying = setTimeout(() => {
        this.#slots.tidy();
        this.host.requestUpdate();
      }, REST_MS);
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#tidying);
  }
}
