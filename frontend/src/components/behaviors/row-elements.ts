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
  #hadFocus = false;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  /** As `RowSlots.place`. */
  place(wanted: ReadonlySet<number>, count: number): readonly SlotRow[] {
    return this.#slots.place(wanted, count);
  }

  hostConnected(): void {
    this.host.addEventListener('focusout', this.#rest);
  }

  /** Whether a row that the last update took away had the focus. */
  get lostFocus(): boolean {
    return this.#hadFocus && !this.#hasFocus;
  }

  get #hasFocus(): boolean {
    return (this.host.shadowRoot?.activeElement ?? null) !== null;
  }

  hostUpdate(): void {
    this.#hadFocus = this.#hasFocus;
  }

  hostUpdated(): void {
    this.#rest();
  }

  hostDisconnected(): void {
    clearTimeout(this.#tidying);
    this.host.removeEventListener('focusout', this.#rest);
  }

  /** Waits until rows rest and none has the focus: an element that is moved loses it. */
  readonly #rest = (): void => {
    clearTimeout(this.#tidying);
    if (this.#slots.isTidy) {
      return;
    }
    this.#tidying = setTimeout(() => {
      // Once it has left, this begins again.
      if (!this.#hasFocus) {
        this.#slots.tidy();
        this.host.requestUpdate();
      }
    }, REST_MS);
  };
}
