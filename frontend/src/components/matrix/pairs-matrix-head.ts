// SPDX-License-Identifier: Apache-2.0
/** The headers of a matrix, which put its columns in order. */
import {LitElement, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {RunAtStep, TagModel} from '../../store/data.js';
import type {RunGroup} from '../../store/hparams.js';
import {intent, type Intent} from '../../store/intents.js';
import {movedRun} from '../../store/runs.js';
import {formatStep} from '../../store/steps.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {scopedNumber} from '../../texts/scoped-number.js';
import {shortNames} from '../../texts/short-names.js';
import {
  averagedPhrase,
  averagedTitle,
  companyOf,
  type Company,
} from '../../views/averaged-samples.js';
import {cellStyle} from '../../views/cells.js';
import {isEqual} from '../../views/equality.js';
import {hparamPhrase, hparamText, runTitle} from '../../views/hparam-text.js';
import {
  dropPlace,
  fixedPlace,
  GROUP_HEIGHT,
  type MatrixGeometry,
} from '../../views/matrix-geometry.js';
import {metricName} from '../../views/metric-text.js';
import {hparamsLineStyles, renderHparamsLine} from '../layouts/hparams-line.js';
import {offsetTagStyles, renderOffsetTag} from '../layouts/offset-tag.js';
import {styles} from './pairs-matrix-head-styles.js';

/** CSS pixels that the pointer moves before it drags. */
const SLACK = 4;
/** CSS pixels of a cell's width from which on a mean and its samples stand in one line. */
const ROOMY = 160;

interface Drag {
  readonly run: string;
  readonly from: number;
  /** The runs before which the dragged one would be put. */
  readonly place: number | null;
}

/**
 * The headers of a matrix: what its columns are. A run's header is dragged to another place, or moved with Alt and the arrows; its
 * star lets it stand first.
 *
 * @event pairs-intent `orderRuns`, `reference`, `say`
 */
@customElement('pairs-matrix-head')
export class PairsMatrixHead extends LitElement {
  static override styles = [controlStyles, offsetTagStyles, hparamsLineStyles, styles];

  @property({attribute: false}) model!: TagModel;
  @property({attribute: false}) geometry!: MatrixGeometry;
  @property({attribute: false}) groups: readonly RunGroup[] = [];
  @property() reference: string | null = null;
  @property({type: Boolean}) hasInput = true;

  @state() private drag: Drag | undefined;
  /** Has the focus again at its new place. */
  #moved: string | undefined;

  override render() {
    const {geometry, model, drag} = this;
    const {metric, runs} = model;
    const company = companyOf(metric === null ? [] : runs.map(({averaged}) => averaged[metric]));
    const names = shortNames(runs.map(({run}) => run));
    const fixed = this.hasInput ? ['Input', 'Ground truth'] : ['Ground truth'];
    return html`<div
      class="heads"
      role="list"
      style=${styleMap({
        gridTemplateColumns: `repeat(${fixed.length + runs.length}, ${geometry.cell.width}px)`,
        gridTemplateRows: this.#rows,
      })}
    >
      ${fixed.map(
        (name, place) =>
          html`<div
            class="head ${place === fixed.length - 1 ? 'edge' : ''}"
            role="listitem"
            style=${styleMap({...cellStyle(fixedPlace(geometry, place)), gridRow: '1 / -1'})}
          >
            <b>${name}</b>
          </div>`,
      )}
      ${this.#renderGroups()}
      ${repeat(
        runs,
        ({run}) => run,
        (run, place) => this.#renderRun(run, place, names.get(run.run) ?? run.run, company),
      )}
      ${
        drag?.place == null
          ? nothing
          : html`<div
              class="mark"
              style=${styleMap({left: `${(geometry.fixed + drag.place) * geometry.cell.width}px`})}
            ></div>`
      }
    </div>`;
  }

  #renderRun(run: RunAtStep, place: number, name: string, company: Company) {
    const {model, geometry, drag} = this;
    const isReference = run.run === this.reference;
    return html`<div
      class="head run ${drag?.run === run.run && drag.place !== null ? 'dragged' : ''}"
      role="listitem"
      style=${styleMap({...cellStyle({column: geometry.fixed + place + 1}), gridRow: '-2 / -1'})}
      @pointerdown=${(event: PointerEvent) => this.#grab(event, run.run)}
      @pointermove=${this.#move}
      @pointerup=${this.#drop}
      @pointercancel=${() => (this.drag = undefined)}
    >
      <div class="line">
        <span class="dot" style=${styleMap({background: run.color})}></span>
        <button
          class="name plain"
          aria-label=${run.run}
          aria-description="Alt with the arrow keys moves this column"
          title="Drag, or Alt with ← →, to put it elsewhere"
          @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, run.run)}
        >
          <pairs-name .name=${name} .hint=${runTitle(model.hparams, run.run)}></pairs-name>
        </button>
        ${renderOffsetTag(model.tag, run)}
        <button
          class="star plain"
          aria-label="Stands first: ${run.run}"
          aria-pressed=${isReference ? 'true' : 'false'}
          title=${isReference ? 'It stands first, whatever A is. Press to let it stand in its order' : 'Let it stand first, in all tags. What pictures are compared with is A, in the bar above'}
          @click=${() => this.#send({type: 'reference', run: isReference ? null : run.run})}
        >
          <pairs-icon name="star"></pairs-icon>
        </button>
        ${this.#renderMean(model, run, company)}
      </div>
      ${renderHparamsLine(model.hparams, run.run)}
    </div>`;
  }

  get #rows(): string {
    return this.groups.length === 0 ? '1fr' : `${GROUP_HEIGHT}px 1fr`;
  }

  /** What the runs below have in common; it stays in sight as long as one of them does. */
  #renderGroups() {
    const {geometry, groups} = this;
    const name = this.model.hparams.groupBy;
    let column = geometry.fixed + 1;
    return groups.map(({value, runs}) => {
      const first = column;
      column += runs.length;
      return html`<div
        class="group"
        role="listitem"
        style=${styleMap({gridColumn: `${first} / ${column}`, gridRow: '1'})}
      >
        <span
          class="label"
          style=${styleMap({left: `${geometry.stuck * geometry.cell.width}px`})}
          title="${name}: ${value === undefined ? 'not logged' : hparamText(value)}"
          ><bdi>${name}</bdi>
          <b
            >${
              value === undefined
                ? 'not logged'
                : html`<bdi>${showPhrase(hparamPhrase(value, runs[0]!, name!))}</bdi>`
            }</b
          ></span
        >
      </div>`;
    });
  }

  #renderMean(
    {tag, metric}: TagModel,
    {run, step, metrics, averaged}: RunAtStep,
    company: Company,
  ) {
    if (metric === null) {
      return nothing;
    }
    const place = {tag, run, step, metric};
    const samples = averaged[metric];
    const mean = scopedNumber(metrics[metric], {
      ...place,
      what: 'mean',
      samples: samples?.count ?? 'all',
    });
    return html`<span
      class="mean ${this.geometry.cell.width < ROOMY ? 'narrow' : ''}"
      title="Mean ${metricName(metric)} at step ${formatStep(step)}${averagedTitle(samples, company)}"
      >${showNumber(mean)}<small
        >${showPhrase(averagedPhrase(samples, company, place))}</small
      ></span
    >`;
  }

  #grab(event: PointerEvent, run: string): void {
    const onStar = event
      .composedPath()
      .some((element) => element instanceof HTMLElement && element.classList.contains('star'));
    if (event.button !== 0 || onStar) {
      return;
    }
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.drag = {run, from: event.clientX, place: null};
  }

  readonly #move = ({clientX}: PointerEvent): void => {
    const {drag, geometry, model} = this;
    if (drag === undefined || (drag.place === null && Math.abs(clientX - drag.from) < SLACK)) {
      return;
    }
    const x = clientX - this.getBoundingClientRect().left - geometry.fixed * geometry.cell.width;
    this.drag = {...drag, place: dropPlace(geometry, model.runs.length, x)};
  };

  readonly #drop = (): void => {
    const {drag} = this;
    this.drag = undefined;
    if (drag?.place != null) {
      this.#put(drag.run, drag.place);
    }
  };

  #onKeyDown(event: KeyboardEvent, run: string): void {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (!event.altKey || by === 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const at = this.model.runs.findIndex((one) => one.run === run);
    // Before itself and before the next are the same place.
    this.#put(run, by < 0 ? at - 1 : at + 2);
  }

  /** Puts a run before the one that stands at a place now. */
  #put(run: string, place: number): void {
    const runs = this.model.runs.map((one) => one.run);
    const before = runs[place];
    if (place < 0 || before === run) {
      return;
    }
    const order = withFirst(movedRun(runs, run, before ?? null), this.reference);
    if (isEqual(order, runs)) {
      return;
    }
    const at = order.indexOf(run);
    this.#moved = run;
    this.#send({type: 'orderRuns', runs: order});
    this.#send({type: 'say', text: `${run} is column ${at + 1} of ${order.length}`});
  }

  /** Columns change their places once the page knows of it. */
  protected override updated(changed: PropertyValues<this>): void {
    const run = this.#moved;
    if (run === undefined || !changed.has('model')) {
      return;
    }
    this.#moved = undefined;
    const names = [...this.renderRoot.querySelectorAll<HTMLElement>('.name')];
    names.find((name) => name.ariaLabel === run)?.focus({preventScroll: true});
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

/** The run with the star stands first, whatever the order. */
function withFirst(order: readonly string[], first: string | null): readonly string[] {
  return first !== null && order.includes(first)
    ? [first, ...order.filter((run) => run !== first)]
    : order;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-matrix-head': PairsMatrixHead;
  }
}
