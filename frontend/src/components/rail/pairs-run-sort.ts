// SPDX-License-Identifier: Apache-2.0
/** The choices of how hyperparameters put the runs in order. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {NO_SHOWN_HPARAMS, UNSORTED, type RunSort, type ShownHparams} from '../../store/hparams.js';
import {intent} from '../../store/intents.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import {railStyles} from './rail-styles.js';

/**
 * By which hyperparameters the runs stand in groups and in order; nothing where none tells the runs apart.
 *
 * @event pairs-intent `sortRuns`
 */
@customElement('pairs-run-sort')
export class PairsRunSort extends LitElement {
  static override styles = [
    controlStyles,
    railStyles,
    css`
      .settings {
        margin-top: 6px;
        font-size: 12px;
      }
      select {
        min-width: 0;
        width: 100%;
      }
    `,
  ];

  @property({attribute: false}) hparams: ShownHparams = NO_SHOWN_HPARAMS;
  @property({attribute: false}) sort: RunSort = UNSORTED;

  protected override render() {
    const {hparams, sort} = this;
    const {groupBy, by, descending} = sort;
    if (hparams.differing.length === 0 && groupBy === null && by === null) {
      return nothing;
    }
    return html`<div class="settings" role="group" aria-label="Order of the runs">
      <label for="group">Group</label>
      <select
        id="group"
        title="Hyperparameter whose values stand together"
        class="wide"
        @change=${(event: Event) => this.#send({groupBy: nameOf(event)})}
      >
        ${this.#renderOptions(groupBy, 'none')}
      </select>
      <label for="sort">Sort</label>
      <select
        id="sort"
        title="Hyperparameter that puts the runs in order"
        class=${by === null ? 'wide' : ''}
        @change=${(event: Event) => this.#send({by: nameOf(event)})}
      >
        ${this.#renderOptions(by, 'as logged, or by hand')}
      </select>
      ${
        by === null
          ? nothing
          : html`<button
              class="plain"
              aria-label=${descending ? 'From high to low' : 'From low to high'}
              title="${descending ? 'From high to low' : 'From low to high'}: turn it round"
              @click=${() => this.#send({descending: !descending})}
            >
              ${descending ? '▼' : '▲'}
            </button>`
      }
    </div>`;
  }

  /** What is chosen can be taken back, also where it tells no runs apart any more. */
  #renderOptions(chosen: string | null, none: string) {
    const {differing} = this.hparams;
    const names =
      chosen === null || differing.includes(chosen) ? differing : [...differing, chosen];
    return html`<option value="" .selected=${chosen === null}>${none}</option>
      ${names.map((name) => html`<option value=".${name}" .selected=${name === chosen}>${name}</option>`)}`;
  }

  #send(change: Partial<RunSort>): void {
    this.dispatchEvent(intent({type: 'sortRuns', change}));
  }
}

/** A name may be anything, so that each has a dot before it: without one it is no name. */
function nameOf({target}: Event): string | null {
  const {value} = target as HTMLSelectElement;
  return value === '' ? null : value.slice(1);
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-run-sort': PairsRunSort;
  }
}
