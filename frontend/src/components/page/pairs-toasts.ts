// SPDX-License-Identifier: Apache-2.0
/**
 * Messages at the edge of the page that disappear after a few seconds. The app shows them with
 * `toast`.
 */
import {LitElement, css, html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';

export interface Toast {
  readonly text: string;
  readonly tone: 'info' | 'error';
}

const SHOWN_MS = {info: 4000, error: 12_000} as const;
const MOST = 4;

/** Short news that goes away by itself. Screen readers hear it from the page's live region. */
@customElement('pairs-toasts')
export class PairsToasts extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        position: fixed;
        z-index: 30;
        bottom: 18px;
        left: 50%;
        display: grid;
        justify-items: center;
        gap: 8px;
        transform: translateX(-50%);
      }
      .toast {
        display: flex;
        align-items: center;
        gap: 10px;
        max-width: min(520px, calc(100vw - 40px));
        padding: 8px 8px 8px 14px;
        border: 1px solid var(--pairs-color-line);
        border-radius: var(--pairs-radius);
        background: var(--pairs-color-raised);
        box-shadow: var(--pairs-shadow);
        overflow-wrap: anywhere;
      }
      .error > pairs-icon {
        color: var(--pairs-color-bad);
      }
      .error {
        color: inherit;
      }
    `,
  ];

  @state() private toasts: readonly (Toast & {readonly id: number})[] = [];
  #nextId = 0;

  show(toast: Toast): void {
    const id = this.#nextId++;
    const others = this.toasts.filter(({text}) => text !== toast.text);
    this.toasts = [...others, {...toast, id}].slice(-MOST);
    setTimeout(() => this.#dismiss(id), SHOWN_MS[toast.tone]);
  }

  override render() {
    return repeat(
      this.toasts,
      ({id}) => id,
      ({id, text, tone}) =>
        html`<div class="toast ${tone}">
          <pairs-icon name=${tone === 'error' ? 'circle-alert' : 'check'}></pairs-icon>
          <span>${text}</span>
          <button class="plain" aria-label="Dismiss" @click=${() => this.#dismiss(id)}>
            <pairs-icon name="x"></pairs-icon>
          </button>
        </div>`,
    );
  }

  #dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-toasts': PairsToasts;
  }
}
