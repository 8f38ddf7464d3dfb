// SPDX-License-Identifier: Apache-2.0
/** A box with a reason and a next step, for pages and tags that have nothing to show. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {IconName} from '../../icons/icons.js';
import '../../controls/pairs-icon.js';

/**
 * Says why there is nothing here, and what to do next.
 *
 * @slot What to do next: text, buttons, code.
 */
@customElement('pairs-notice')
export class PairsNotice extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      justify-items: center;
      gap: 10px;
      max-width: 560px;
      margin: 0 auto;
      padding: 48px 20px;
      color: var(--pairs-color-ink-2);
      text-align: center;
    }
    :host([compact]) {
      padding: 18px 20px;
    }
    .icon {
      color: var(--pairs-color-control);
      font-size: 28px;
      line-height: 1;
    }
    :host([compact]) .icon {
      font-size: 20px;
    }
    :host([tone='error']) .icon {
      color: var(--pairs-color-bad);
    }
    h2 {
      margin: 0;
      color: var(--pairs-color-ink);
      font-size: 15px;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .rest {
      display: grid;
      justify-items: center;
      gap: 10px;
      max-width: 100%;
    }
  `;

  @property() icon: IconName = 'info';
  @property() heading = '';
  @property({reflect: true}) tone: 'info' | 'error' = 'info';
  @property({type: Boolean, reflect: true}) compact = false;

  override render() {
    return html`<div class="icon"><pairs-icon name=${this.icon}></pairs-icon></div>
      ${this.heading === '' ? nothing : html`<h2>${this.heading}</h2>`}
      <div class="rest"><slot></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-notice': PairsNotice;
  }
}
