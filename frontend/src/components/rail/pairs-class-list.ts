// SPDX-License-Identifier: Apache-2.0
/** The rail's list of classes, with switches and the IoU of one run. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {guard} from 'lit/directives/guard.js';
import {isCalledBackground} from '../../api/background.js';
import {cssColor} from '../../pixels/color.js';
import {paletteOf, styleOf} from '../../kinds/mask/palette.js';
import {intent, type Intent} from '../../store/intents.js';
import type {ClassList, ClassListRun} from '../../store/class-list.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {controlStyles} from '../../controls/control-styles.js';
import {isolated} from '../../texts/isolated.js';
import {backgroundChoices} from '../../views/background-choices.js';
import {iouOf, reasonOf, scopeOf, scoresOf} from '../../views/class-score-texts.js';
import type {ClassStyle} from '../../kinds/classes.js';
import type {ClassCounts} from '../../api/types.js';
import {
  confusionMatrixOf,
  worstConfusions,
  type ConfusionCell,
} from '../../store/confusion-matrix.js';
import '../../controls/pairs-name.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {swatch, swatchStyles} from '../../controls/swatch.js';
import '../confusions/pairs-confusion-list.js';
import '../confusions/pairs-confusion-matrix.js';
import {classListStyles} from './pairs-class-list-styles.js';
import {railStyles} from './rail-styles.js';

/**
 * The classes of a tag's masks: colour, on or off, and the IoU of one run over all samples of its record; and which of them it takes
 * for which. A click on a name shows that class alone.
 *
 * @event pairs-intent `showClass`, `showClasses`, `isolateClass`, `background`, `confusion`
 */
@customElement('pairs-class-list')
export class PairsClassList extends LitElement {
  static override styles = [swatchStyles, controlStyles, railStyles, classListStyles];

  @property({attribute: false}) list: ClassList | null = null;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @state() private isByScore = false;
  /** The run whose scores are listed; the first where it is not on. */
  @state() private chosenRun: string | null = null;
  /** Kept here, as they are gone while the counts of another step are fetched. */
  @state() private showsConfusions = false;

  override render() {
    const {list, view} = this;
    if (list === null) {
      return nothing;
    }
    const run = this.#shownRun(list);
    const scores = scoresOf(run);
    const palette = paletteOf(list.classes, list.ignore);
    const listed = new Set(list.classes.map(({id}) => id));
    // Of all runs, so that choosing another one moves no row.
    const counted = new Set(list.runs.flatMap((one) => [...scoresOf(one).keys()]));
    const found = [...counted].filter((id) => !listed.has(id)).sort((a, b) => a - b);
    // Class 0 that the list leaves out is its background.
    const isUnlisted = (id: number): boolean =>
      listed.size > 0 && found.includes(id) && !isCalledBackground({id});
    const styles = [...palette.classes, ...found.map((id) => styleOf(palette, id))];
    if (styles.length === 0) {
      return nothing;
    }
    // Where its name does not say so.
    const seeThrough = new Set(
      styles
        .filter((style) => list.background.includes(style.id) && !isCalledBackground(style))
        .map(({id}) => id),
    );
    const score = (id: number): number => scores.get(id)?.iou ?? Infinity;
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
      ${run === undefined ? nothing : this.#renderScope(list, run)}
      ${
        // Counts are large, and the view changes all the while a zoom or a line is dragged.
        run && guard([list, run, view.confusion], () => this.#renderWorst(list.tag, run, styles))
      }
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
            ${swatch(cssColor(color))}
            <button
              class="go"
              title=${isIsolated ? 'Show all classes' : `Show ${isolated(name)} alone`}
              aria-pressed=${isIsolated ? 'true' : 'false'}
              @click=${() => this.#send({type: 'isolateClass', id: isIsolated ? null : id})}
            >
              <pairs-name
                .name=${name}
                .hint=${isIsolated ? 'Show all classes' : `Show ${isolated(name)} alone`}
              ></pairs-name
              >${
                ignored
                  ? html`<span class="muted">ignored</span>`
                  : isUnlisted(id)
                    ? html`<span class="muted" title=${UNLISTED_HINT}>not listed</span>`
                    : nothing
              }${
                seeThrough.has(id)
                  ? html`<span class="muted" title=${BACKGROUND_HINT}>see-through</span>`
                  : nothing
              }
            </button>
            <span
              class="value"
              title=${run === undefined ? '' : reasonOf(run, scores.get(id), ignored)}
              >${ignored || run === undefined ? '–' : showNumber(iouOf(list.tag, run, id, scores.get(id)))}</span
            >
          </div>`;
        })}
      </div>
      ${styles.length > 1 || view.background !== null ? this.#renderBackground(styles) : nothing}
      ${
        run &&
        guard([list, run, view.confusion, this.showsConfusions], () =>
          this.#renderConfusions(list.tag, run, styles),
        )
      }
    `;
  }

  /** That of the chosen confusion until another one is chosen here, or else the first. */
  #shownRun({tag, runs}: ClassList): ClassListRun | undefined {
    const {confusion} = this.view;
    const named = confusion?.tag === tag ? confusion.run : null;
    const isOn = (name: string | null): boolean => runs.some(({run}) => run === name);
    const wanted = isOn(this.chosenRun) ? this.chosenRun : named;
    return runs.find(({run}) => run === wanted) ?? runs[0];
  }

  /** The most confused pair of classes, in words. */
  #renderWorst(tag: string, run: ClassListRun, styles: readonly ClassStyle[]) {
    const counts = countsOf(run);
    const [worst] = counts === null ? [] : worstConfusions(counts);
    return counts === null || worst === undefined
      ? nothing
      : html`<div class="worst">
          <span class="muted">Most confused</span>
          ${this.#renderList([worst], counts, tag, run, styles)}
        </div>`;
  }

  #renderList(
    cells: readonly ConfusionCell[],
    {counted: samples}: ClassCounts,
    tag: string,
    {run, step}: ClassListRun,
    styles: readonly ClassStyle[],
  ) {
    return html`<pairs-confusion-list
      .cells=${cells}
      .styleOf=${styleIn(styles)}
      .scope=${{tag, run, step, samples}}
      .chosen=${this.view.confusion}
    ></pairs-confusion-list>`;
  }

  #renderConfusions(tag: string, run: ClassListRun, styles: readonly ClassStyle[]) {
    const counts = countsOf(run);
    if (counts === null || counts.ids.length < 2) {
      return nothing;
    }
    // The matrix has hundreds of cells, which would be counted and filled anew at each step, seen or not.
    const content = this.showsConfusions ? this.#renderMatrix(counts, tag, run, styles) : nothing;
    return html`<details
      ?open=${this.showsConfusions}
      @toggle=${({target}: Event) => (this.showsConfusions = (target as HTMLDetailsElement).open)}
    >
      <summary>Confusions</summary>
      ${content}
    </details>`;
  }

  #renderMatrix(
    counts: ClassCounts,
    tag: string,
    run: ClassListRun,
    styles: readonly ClassStyle[],
  ) {
    const order = styles.map(({id}) => id);
    const worst = worstConfusions(counts).slice(0, MOST_WORDS);
    return html`${
        worst.length === 0
          ? html`<p class="muted">No class is taken for another</p>`
          : this.#renderList(worst, counts, tag, run, styles)
      }
      <pairs-confusion-matrix
        .matrix=${confusionMatrixOf(counts, order) ?? undefined}
        .styleOf=${styleIn(styles)}
        .scope=${{tag, run: run.run, step: run.step, samples: counts.counted}}
        .chosen=${this.view.confusion}
      ></pairs-confusion-matrix>`;
  }

  #renderBackground(styles: readonly ClassStyle[]) {
    const {background} = this.view;
    const chosen = background === null ? '' : String(background);
    return html`<div class="settings">
      <label for="background" class="muted">Background</label>
      <select
        id="background"
        class="wide"
        title=${BACKGROUND_HINT}
        @change=${({target}: Event) => this.#send({type: 'background', background: readBackground((target as HTMLSelectElement).value)})}
      >
        ${backgroundChoices(styles, background).map(
          ({value, label}) =>
            html`<option value=${value} .selected=${value === chosen}>${label}</option>`,
        )}
      </select>
    </div>`;
  }

  /** What the numbers are of. */
  #renderScope({tag, runs}: ClassList, chosen: ClassListRun) {
    return html`<p class="scope">
      <span>${showPhrase(scopeOf(tag, chosen))}</span>
      <span class="of"><pairs-name .name=${tag}></pairs-name></span>
      ${
        runs.length === 1
          ? html`<pairs-name .name=${chosen.run}></pairs-name>`
          : html`<select
              class="field"
              aria-label="Run whose IoU by class is listed"
              .value=${chosen.run}
              @change=${(event: Event) => (this.chosenRun = (event.target as HTMLSelectElement).value)}
            >
              ${runs.map(
                ({run}) =>
                  html`<option value=${run} .selected=${run === chosen.run}>${run}</option>`,
              )}
            </select>`
      }
    </p>`;
  }

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

const BACKGROUND_HINT =
  'The background leaves the input free where masks lie on it; taking it for a class is a false alarm';

const UNLISTED_HINT =
  'The pictures have this class, and the list that was logged with them has not';

function readBackground(value: string): ViewState['background'] {
  return value === '' ? null : value === 'none' ? value : Number(value);
}

/** Confusions in words above the matrix. */
const MOST_WORDS = 5;

/** Of a run's whole record, where it was counted. */
function countsOf({counted}: ClassListRun): ClassCounts | null {
  return counted.state === 'ready' ? counted.value.total : null;
}

function styleIn(styles: readonly ClassStyle[]): (id: number) => ClassStyle {
  const byId = new Map(styles.map((style) => [style.id, style]));
  return (id) => byId.get(id)!;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-class-list': PairsClassList;
  }
}
