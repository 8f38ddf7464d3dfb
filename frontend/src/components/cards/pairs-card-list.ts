// SPDX-License-Identifier: Apache-2.0
/**
 * The cards of one tag's samples. It fetches nothing: it reports which samples are visible, and
 * the session fetches these.
 */
import {css, html, nothing} from 'lit';
import {customElement} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {SampleRow, TagModel} from '../../store/data.js';
import {pictureWidthOf} from '../../layouts/registry.js';
import {intent} from '../../store/intents.js';
import {latest, PENDING} from '../../store/resource.js';
import type {Zoom} from '../../store/view.js';
import {Blink} from '../behaviors/blink.js';
import './pairs-card.js';
import {Peek} from '../behaviors/peek.js';
import {SampleZooms} from '../behaviors/sample-zooms.js';
import {CARD_GAP, cardsBeside, cardWidth} from '../../views/pane-layout.js';
import {VisibleRows} from '../behaviors/visible-rows.js';
import {LayoutElement} from '../layouts/layout-element.js';
import {ElementWidth} from '../behaviors/element-width.js';

/** CSS pixels: of a card less than its header is not seen. */
const HEADER = 36;
/** CSS pixels of a card that was not measured yet. */
const GUESSED_HEIGHT = 240;

/**
 * The cards of one tag: one per sample. Only those near the part of the page that is seen are made.
 *
 * @event pairs-intent What the user asks for.
 */
@customElement('pairs-card-list')
export class PairsCardList extends LayoutElement {
  static override styles = css`
    :host {
      display: block;
    }
    .rows {
      display: grid;
      grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
      align-items: start;
      gap: ${CARD_GAP}px;
    }
    .row {
      min-width: 0;
    }
  `;

  readonly #visibleRows = new VisibleRows(this, (samples) => {
    if (this.model !== undefined) {
      this.tellVisible({tag: this.model.tag, samples});
    }
  });
  readonly #blink = new Blink(this);
  readonly #peek = new Peek(this);
  readonly #zooms = new SampleZooms(this);
  readonly #width = new ElementWidth(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('view')) {
      this.#blink.follow(this.view);
      this.#zooms.follow(this.view);
    }
    const old = changed.get('model') as TagModel | undefined;
    if (old !== undefined && old.tag !== this.model?.tag) {
      this.#zooms.clear();
      this.#visibleRows.clear();
    }
  }

  protected override updated(): void {
    this.#visibleRows.follow(this.rows);
  }

  topmost(top: number): string | null {
    const row = [...this.rows].find((one) => one.getBoundingClientRect().bottom > top + HEADER);
    return row?.dataset.sample ?? null;
  }

  reveal(sample: string): boolean {
    const row = this.rowOf(sample);
    row?.scrollIntoView({block: 'start'});
    return row !== undefined;
  }

  focusSample(sample: string): boolean {
    const card = this.rowOf(sample)?.querySelector('pairs-card');
    card?.focusPictures();
    return card != null;
  }

  protected override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    const narrowest = pictureWidthOf(this.view, model.tag, model.runs.length);
    const columns = cardsBeside(this.#width.value, model.runs.length + 2, narrowest);
    const width = cardWidth(this.#width.value, model.runs.length, narrowest);
    return html`<div
      class="rows"
      role="list"
      style=${styleMap({'--columns': columns})}
      @pairs-panes-swipe=${this.#onSwipe}
    >
      ${repeat(
        model.rows,
        ({id}) => id,
        (row, place) => this.#renderRow(model, row, place, width, narrowest),
      )}
    </div>`;
  }

  #renderRow(model: TagModel, row: SampleRow, place: number, width: number, narrowest: number) {
    const height = this.#visibleRows.heightOf(row.id) ?? GUESSED_HEIGHT;
    const seen = this.#visibleRows.isVisible(row.id, place);
    return html`<div
      class="row"
      role="listitem"
      data-sample=${row.id}
      style=${styleMap(seen ? (this.#isThere(model, row) ? {} : {minHeight: `${height}px`}) : {height: `${height}px`})}
    >
      ${
        seen
          ? html`<pairs-card
              .model=${model}
              .row=${row}
              .view=${this.view}
              .source=${this.source}
              .revision=${this.revision}
              .history=${this.history}
              .renderContext=${this.renderContext}
              .zoom=${this.#zooms.of(row.id, this.view)}
              .width=${width}
              .narrowest=${narrowest}
              .showsOtherSide=${this.#blink.showsOtherSide}
              .peeking=${this.#peek.held}
              @pairs-panes-zoom=${({detail}: CustomEvent<Zoom>) => {
                this.#zooms.set(row.id, detail);
              }}
            ></pairs-card>`
          : nothing
      }
    </div>`;
  }

  /** Until something of it is, a card is only its header: rows that shrink and grow again carry the page away. */
  #isThere({tag, runs}: TagModel, {id}: SampleRow): boolean {
    return runs.some(
      ({run, step}) => latest(this.source?.get(tag, run, step, id) ?? PENDING) !== undefined,
    );
  }

  readonly #onSwipe = ({detail}: CustomEvent<number>): void => {
    this.dispatchEvent(intent({type: 'swipe', position: detail}));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-card-list': PairsCardList;
  }
}
