// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {cssColor} from '../../pixels/color.js';
import {paletteOf, styleOf} from '../../kinds/mask/palette.js';
import {intent, type Intent} from '../../store/intents.js';
import type {ClassList} from '../../store/models.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import {formatMetric} from '../../texts/numbers.js';
import '../../controls/pairs-name.js';
import {railStyles} from './rail-styles.js';

/**
 * The classes of masks: colour, on or off, and the mean IoU of what is in sight. A click on a name shows that class alone.
 *
 * @event pairs-intent `showClass`, `showClasses`, `isolateClass`
 */
@customElement('pairs-class-list')
export class PairsClassList extends LitElement {
  static override styles = [
    controlStyles,
    railStyles,
    css`
      .swatch {
        flex: none;
        width: 12px;
        height: 12px;
        border-radius: 3px;
      }
      .off {
        color: var(--pairs-color-ink-2);
      }
      .name {
        flex: 1;
        justify-content: flex-start;
        min-width: 0;
        min-height: 24px;
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
      }
      .name:hover:not(:disabled) {
        background: none;
        text-decoration: underline;
      }
      .name[aria-pressed='true'] {
        background: none;
        color: var(--pairs-color-accent-ink);
        font-weight: 600;
      }
    `,
  ];

  @property({attribute: false}) list: ClassList | null = null;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** Mean IoU by class id. */
  @property({attribute: false}) scores: ReadonlyMap<number, number> = new Map();

  @state() private isByScore = false;

  override render() {
    const {list, view, scores} = this;
    if (list === null) {
      return nothing;
    }
    const palette = paletteOf(list.classes, list.ignore);
    const listed = new Set(list.classes.map(({id}) => id));
    const found = [...scores.keys()].filter((id) => !listed.has(id)).sort((a, b) => a - b);
    const styles = [...palette.classes, ...found.map((id) => styleOf(palette, id))];
    if (styles.length === 0) {
      return nothing;
    }
    const score = (id: number): number => scores.get(id) ?? Infinity;
    const shown = this.isByScore ? [...styles].sort((a, b) => score(a.id) - score(b.id)) : styles;
    const isAnyHidden = view.hiddenClasses.length > 0 || view.isolatedClass !== null;
    return html`
      <h2>
        Classes
        <span class="aside">
          ${
            styles.length > 1
              ? html`<button
                  class="link"
                  @click=${() => this.#send({type: 'showClasses', hidden: isAnyHidden ? [] : styles.map(({id}) => id)})}
                >
                  ${isAnyHidden ? 'all' : 'none'}
                </button>`
              : nothing
          }
          ${
            scores.size > 0
              ? html`<button
                  class="link"
                  title=${this.isByScore ? 'Sort as logged' : 'Sort by IoU, worst first'}
                  aria-pressed=${this.isByScore ? 'true' : 'false'}
                  @click=${() => (this.isByScore = !this.isByScore)}
                >
                  IoU${this.isByScore ? ' ↑' : ''}
                </button>`
              : nothing
          }
        </span>
      </h2>
      <div class="list" role="list">
        ${shown.map(({id, name, color, ignored}) => {
          const isIsolated = view.isolatedClass === id;
          const isShown =
            view.isolatedClass === null ? !view.hiddenClasses.includes(id) : isIsolated;
          return html`<div class="row ${isShown ? '' : 'off'}" role="listitem">
            <input
              type="checkbox"
              aria-label="Show ${name}"
              .checked=${isShown}
              @change=${(event: Event) =>
                this.#send({
                  type: 'showClass',
                  id,
                  shown: (event.target as HTMLInputElement).checked,
                })}
            />
            <span class="swatch" style=${styleMap({background: cssColor(color)})}></span>
            <button
              class="name"
              title=${isIsolated ? 'Show all classes' : `Show ${isolated(name)} alone`}
              aria-pressed=${isIsolated ? 'true' : 'false'}
              @click=${() => this.#send({type: 'isolateClass', id: isIsolated ? null : id})}
            >
              <pairs-name
                .name=${name}
                .hint=${isIsolated ? 'Show all classes' : `Show ${isolated(name)} alone`}
              ></pairs-name
              >${ignored ? html`<span class="muted">ignored</span>` : nothing}
            </button>
            <span class="value">${formatMetric(scores.get(id))}</span>
          </div>`;
        })}
      </div>
    `;
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-class-list': PairsClassList;
  }
}
