// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {TagSamples} from '../../api/wire.js';
import type {ShotSource, TagModel} from '../../store/data.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import type {Studio} from './studio.js';

/**
 * One sample, large: to be placed over the cards while `view.open` names a sample of `model`.
 *
 * @event pairs-intent What the user asks for; `close` and `moveSample` among it.
 * @event pairs-sight The sample shown.
 */
@customElement('pairs-full-view')
export class PairsFullView extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  /** The tag of the open sample. */
  @property({attribute: false}) model: TagModel | undefined;
  /** Id of the open sample. */
  @property() sample = '';
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: ShotSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  /** Metrics of the samples over all steps, when the store has them. */
  @property({attribute: false}) history: TagSamples | undefined;
  /** One for the page. */
  @property({attribute: false}) studio: Studio | undefined;

  override render() {
    return html`<h2>${this.sample}</h2>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-full-view': PairsFullView;
  }
}
