// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {TagSamples} from '../../api/wire.js';
import type {ShotSource, TagModel} from '../../store/data.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import type {Studio} from './studio.js';

/**
 * The cards of one tag: one per sample.
 *
 * @event pairs-intent What the user asks for.
 * @event pairs-sight Which samples are in or near sight; sent whole, whenever it changes.
 * @event pairs-class-score Scores of a mask in sight.
 */
@customElement('pairs-card-list')
export class PairsCardList extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: ShotSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  /** Metrics of the samples over all steps, when the store has them. */
  @property({attribute: false}) history: TagSamples | undefined;
  /** One for the page. */
  @property({attribute: false}) studio: Studio | undefined;

  override render() {
    return html`${this.model?.rows.map((row) => html`<div>${row.id}</div>`)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-card-list': PairsCardList;
  }
}
