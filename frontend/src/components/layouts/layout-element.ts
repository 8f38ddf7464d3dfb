// SPDX-License-Identifier: Apache-2.0
/** What the elements that draw layouts have in common; each layout's element extends it. */
import {LitElement} from 'lit';
import {property} from 'lit/decorators.js';
import type {TagSamples} from '../../api/types.js';
import type {SampleSource, TagModel} from '../../store/data.js';
import type {VisibleSamples} from '../../store/intents.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {isEqual} from '../../views/equality.js';
import type {RenderContext} from '../../views/render-context.js';

/**
 * What an element that draws a layout is given, and what the page asks of it.
 *
 * @event pairs-visible-samples Which samples are in or near sight, and of which runs, so that only those are fetched; sent whole,
 *   whenever it changes.
 */
export abstract class LayoutElement extends LitElement {
  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  /** Metrics of the samples over all steps, when the store has them. */
  @property({attribute: false}) history: TagSamples | undefined;
  /** One for the page. */
  @property({attribute: false}) renderContext: RenderContext | undefined;

  #lastSent: VisibleSamples | undefined;

  /** The sample at the top of what is seen, where `top` is that of the page's; `null` where none is. */
  abstract topmost(top: number): string | null;

  /** Columns that are scrolled away at the left, with fractions; none in layouts that do not scroll sideways. */
  columnsAway(): number {
    return 0;
  }

  /** Scrolls to a sample; whether it is drawn already. `columns` as in `columnsAway`. */
  abstract reveal(sample: string, columns: number): boolean;

  /** Gives the focus to a sample's pictures; whether they are drawn. */
  abstract focusSample(sample: string): boolean;

  /** Samples behind the full view stand still. */
  protected override shouldUpdate(): boolean {
    return this.view.open === null;
  }

  /** The rows that are made, each of class `row`. */
  protected get rows(): NodeListOf<HTMLElement> {
    return this.renderRoot.querySelectorAll<HTMLElement>('.row');
  }

  /** The row of a sample, where each row is of one. */
  protected rowOf(sample: string): HTMLElement | undefined {
    return [...this.rows].find(({dataset}) => dataset.sample === sample);
  }

  /** Whether it was told yet what is in sight. */
  protected get hasTold(): boolean {
    return this.#lastSent !== undefined;
  }

  /** Tells what is in sight, unless that was told last. */
  protected tellVisible(detail: VisibleSamples): void {
    if (isEqual(detail, this.#lastSent)) {
      return;
    }
    this.#lastSent = detail;
    this.dispatchEvent(
      new CustomEvent('pairs-visible-samples', {detail, bubbles: true, composed: true}),
    );
  }
}
