// SPDX-License-Identifier: Apache-2.0
/** The page without tags: loading, an error, or how to log the first pairs. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Catalog} from '../../api/types.js';
import {intent, type Intent} from '../../store/intents.js';
import {latest, PENDING, type Resource} from '../../store/resource.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import '../existing/pairs-existing.js';
import './pairs-notice.js';

const EXAMPLE = `import tb_pairs_plugin as pairs

pairs.summary("val/segmentation", masks, predictions,
              step=step, image=images)`;

/**
 * Shown while there are no tags: the page is loading, loading failed, or nothing was logged yet.
 *
 * @event pairs-intent `reload`, `copy`
 */
@customElement('pairs-welcome')
export class PairsWelcome extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .code {
        position: relative;
        max-width: 100%;
      }
      pre {
        margin: 0;
        padding: 14px 84px 14px 16px;
        overflow: auto;
        border: 1px solid var(--pairs-color-line);
        border-radius: var(--pairs-radius);
        background: var(--pairs-color-surface);
        color: var(--pairs-color-ink);
        font: 12px/1.6 var(--pairs-font-mono);
        text-align: left;
      }
      .code button {
        position: absolute;
        top: 8px;
        right: 8px;
      }
      ul {
        margin: 0;
        padding-left: 18px;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .skeleton {
        height: 240px;
        margin-bottom: var(--pairs-space-3);
        border: 1px solid var(--pairs-color-line);
        border-radius: var(--pairs-radius);
        background: var(--pairs-color-surface);
        animation: breathe 1.6s ease-in-out infinite;
      }
      @keyframes breathe {
        50% {
          opacity: 0.55;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .skeleton {
          animation: none;
        }
      }
    `,
  ];

  @property({attribute: false}) catalog: Resource<Catalog> = PENDING;
  /** The user's rules for pictures that are no records. */
  @property({attribute: false}) rules = '';

  override render() {
    const {catalog} = this;
    const known = latest(catalog);
    if (known !== undefined) {
      return this.#renderEmpty(known);
    }
    if (catalog.state === 'error') {
      return html`<pairs-notice
        tone="error"
        icon="circle-alert"
        heading="The pairs could not be loaded"
      >
        <span>${catalog.message}</span>
        <button @click=${() => this.#send({type: 'reload'})}>
          <pairs-icon name="refresh-cw"></pairs-icon>Try again
        </button>
      </pairs-notice>`;
    }
    return html`<div role="status" aria-label="Loading">
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`;
  }

  #renderEmpty({skipped, existing}: Catalog) {
    if (existing !== undefined) {
      return html`<pairs-notice icon="image-off" heading="No pairs yet, but pictures">
        <span>
          The names of these pictures don’t say which belong together. Say it here: split a picture
          that holds several.
        </span>
        <pairs-existing .existing=${existing} .rules=${this.rules} expanded></pairs-existing>
      </pairs-notice>`;
    }
    if (skipped.length > 0) {
      return html`<pairs-notice
        icon="triangle-alert"
        heading="The pairs in this log can't be shown"
      >
        <ul>
          ${skipped.map(({run, tag, reason}) => html`<li><bdi>${tag}</bdi> (<bdi>${run}</bdi>): <bdi>${reason}</bdi></li>`)}
        </ul>
      </pairs-notice>`;
    }
    return html`<pairs-notice icon="image-off" heading="No pairs yet">
      <span>Write some while training, and they appear here:</span>
      <div class="code">
        <pre>${EXAMPLE}</pre>
        <button @click=${() => this.#send({type: 'copy', text: EXAMPLE, what: 'The example'})}>
          <pairs-icon name="copy"></pairs-icon>Copy
        </button>
      </div>
      <span>This page looks again whenever TensorBoard reloads.</span>
      <button @click=${() => this.#send({type: 'reload'})}>
        <pairs-icon name="refresh-cw"></pairs-icon>Look now
      </button>
    </pairs-notice>`;
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-welcome': PairsWelcome;
  }
}
