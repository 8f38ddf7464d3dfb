// SPDX-License-Identifier: Apache-2.0
/** The card of one sample: a header with its score and menu, then its panes. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import type {TagSamples} from '../../api/types.js';
import type {SampleRow, SampleSource, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {latest} from '../../store/resource.js';
import {changedRuns} from '../../store/sample-rows.js';
import {paneCount} from '../../store/sides.js';
import {formatStep} from '../../store/steps.js';
import {FIT, INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {formatNumber} from '../../texts/numbers.js';
import {settingNumber} from '../../texts/scoped-number.js';
import {chipStyles} from './card-styles.js';
import {changeSince} from '../../views/history.js';
import {metricName, metricWords, NOT_LOGGED} from '../../views/metric-text.js';
import {columnsFor, tallestPane} from '../../views/pane-layout.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import type {LegendEntry} from '../../kinds/legend.js';
import './pairs-legend.js';
import './pairs-menu.js';
import type {MenuItem} from '../../views/menu-item.js';
import './pairs-panes.js';
import type {PairsPanes} from './pairs-panes.js';
import {sampleNote} from '../../views/sample-note.js';
import {shareIntent, shareItems} from '../../views/share-items.js';
import type {RenderContext} from '../../views/render-context.js';
import {styles} from './pairs-card-styles.js';

const MENU: readonly MenuItem[] = [
  {id: 'open', text: 'Open full view', key: 'Enter'},
  {id: 'fit', text: 'Fit', key: '0', parted: true},
  {id: 'actual', text: 'Actual size', key: '9'},
  {id: 'values', text: 'Magnify to values', key: '8'},
];

/**
 * One sample: what it is, how the runs do on it, and its pictures.
 *
 * @event pairs-intent `open`, `copyLink`, `export` and `blind`.
 * @event pairs-panes-zoom The zoom asked for.
 */
@customElement('pairs-card')
export class PairsCard extends LitElement {
  static override styles = [chipStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) row: SampleRow | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) history: TagSamples | undefined;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) zoom: Zoom = FIT;
  /** CSS pixels that the panes share. */
  @property({type: Number}) width = 0;
  /** CSS pixels of the narrowest pane. */
  @property({type: Number}) narrowest = 1;
  @property({type: Boolean}) showsOtherSide = false;
  @property({type: Boolean}) peeking = false;

  @state() private legend: readonly LegendEntry[] = [];
  @query('pairs-panes') private panes!: PairsPanes;

  focusPictures(): void {
    this.panes.focusPictures();
  }

  protected override render() {
    const {model, row} = this;
    if (model === undefined || row === undefined) {
      return nothing;
    }
    const samplesAtStep = model.runs.map(({run, step}) =>
      latest(this.source?.get(model.tag, run, step, row.id) ?? {state: 'pending'}),
    );
    const caption = samplesAtStep.find((sample) => sample?.caption !== undefined)?.caption ?? '';
    const hasInput = samplesAtStep.some((sample) => sample?.input !== undefined);
    const frame = samplesAtStep.find((sample) => sample?.groundTruth !== undefined)
      ?.groundTruth ?? {
      width: 2,
      height: 1,
    };
    const columns = columnsFor(this.width, paneCount(model, this.view, hasInput), this.narrowest);
    return html`<article aria-label=${this.#summary(model, row)}>
      <header>
        ${row.flagged ? html`<pairs-icon class="flag" name="flag" title="Flagged"></pairs-icon>` : nothing}
        <h3><pairs-name .name=${row.id}></pairs-name></h3>
        <span class="caption" title=${caption}>${caption}</span>
        ${this.legend.length === 0 ? nothing : html`<pairs-legend .entries=${this.legend}></pairs-legend>`}
        ${this.#renderNote(model, row)}
        <span class="actions">
          ${
            this.zoom.scale === 1
              ? nothing
              : html`<button
                  title="Fit the picture in its pane (0)"
                  @click=${() => {
                    this.panes.zoomTo('fit');
                  }}
                >
                  ${showNumber(settingNumber(this.zoom.scale, 'zoom'))}× ✕
                </button>`
          }
          <button
            class="expand"
            aria-label="Open full view"
            title="Open full view (Enter)"
            @click=${this.#open}
          >
            <pairs-icon name="maximize-2"></pairs-icon>
          </button>
          <pairs-menu
            label="More about ${row.id}"
            .items=${[...MENU, ...shareItems(model.runs.length)]}
            @pairs-menu-choose=${({detail}: CustomEvent<string>) => this.#choose(detail)}
          ></pairs-menu>
        </span>
      </header>
      <pairs-panes
        .model=${model}
        .row=${row}
        .view=${this.view}
        .source=${this.source}
        .revision=${this.revision}
        .renderContext=${this.renderContext}
        .zoom=${this.zoom}
        .columns=${columns}
        .tallest=${tallestPane(frame, window.innerHeight, columns, hasInput)}
        .showsOtherSide=${this.showsOtherSide}
        .peeking=${this.peeking}
        @pairs-panes-change=${({target}: Event) => (this.legend = (target as PairsPanes).legend)}
      ></pairs-panes>
    </article>`;
  }

  #renderNote(model: TagModel, row: SampleRow) {
    const {metric} = model;
    const note = sampleNote(this.view, model, row, this.history);
    if (metric === null || note === null) {
      return nothing;
    }
    return html`<span class="chip note" data-tone=${note.tone} title=${note.title}
      ><bdi>${note.subject ?? metricName(metric)}</bdi> ${
        note.run === null || model.runs.length === 1
          ? nothing
          : html`<span class="dot" style="background:${note.run.color}"></span
              ><pairs-name .name=${note.run.run} .hint=${note.title}></pairs-name>`
      } <b>${showPhrase(note.text)}</b></span
    >`;
  }

  /** As read out: "sample 17, step 4800, IoU 0.71, down 0.06". */
  #summary(model: TagModel, row: SampleRow): string {
    const {metric} = model;
    const words = [`Sample ${row.id}`];
    for (const run of model.runs) {
      const ofRun = model.runs.length > 1 ? `${run.run} ` : '';
      words.push(`${ofRun}step ${formatStep(run.step)}`);
      if (row.absentFrom.includes(run.run)) {
        words.push(NOT_LOGGED);
        continue;
      }
      if (metric === null) {
        continue;
      }
      words.push(`${metricName(metric)} ${metricWords(row.metrics.get(run.run)?.[metric])}`);
      const change = changeSince(this.history, run, row.id, metric, this.view.marked);
      if (change !== null && change.by !== 0) {
        words.push(
          `${change.by > 0 ? 'up' : 'down'} ${formatNumber(Math.abs(change.by))} since ${formatStep(change.since)}`,
        );
      }
    }
    if (changedRuns(row, model.runs).length > 0) {
      words.push('ground truth changed');
    }
    return words.join(', ');
  }

  readonly #open = (): void => {
    if (this.model === undefined || this.row === undefined) {
      return;
    }
    this.dispatchEvent(intent({type: 'open', tag: this.model.tag, sample: this.row.id}));
  };

  #choose(id: string): void {
    switch (id) {
      case 'open':
        this.#open();
        break;
      case 'fit':
      case 'actual':
      case 'values':
        this.panes.zoomTo(id);
        break;
      default: {
        if (this.model === undefined || this.row === undefined) {
          return;
        }
        const shared = shareIntent(id, {tag: this.model.tag, sample: this.row.id});
        if (shared !== null) {
          this.dispatchEvent(intent(shared));
        }
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-card': PairsCard;
  }
}
