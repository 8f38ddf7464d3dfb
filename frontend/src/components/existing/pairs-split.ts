// SPDX-License-Identifier: Apache-2.0
/** The panel that says what the pictures of a tag hold: where they are cut, and what each pane is. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {LeftTag, PaneRole} from '../../api/types.js';
import {controlStyles} from '../../controls/control-styles.js';
import {dialogStyles} from '../../controls/dialog-styles.js';
import {cutShares} from '../../existing/cuts.js';
import {intent} from '../../store/intents.js';
import {copyOfRules} from '../../store/copied-texts.js';
import {
  assignRole,
  firstDraft,
  moveCut,
  pairName,
  problemOf,
  ruleOf,
  swapRoles,
  usualPanes,
  withPartner,
  type SplitDraft,
} from './split-draft.js';
import {styles} from './pairs-split-styles.js';

const ROLE_NAMES: Readonly<Record<PaneRole, string>> = {
  input: 'Input',
  groundTruth: 'Ground truth',
  prediction: 'Prediction',
  other: 'Not shown',
};

/**
 * @event pairs-intent `rule`, `copy`
 * @event pairs-split-done It was closed.
 */
@customElement('pairs-split')
export class PairsSplit extends LitElement {
  static override styles = [controlStyles, dialogStyles, styles];

  @property({attribute: false}) subject!: LeftTag;
  /** The tags that its pictures may be a pair with. */
  @property({attribute: false}) others: readonly LeftTag[] = [];

  @state() private draft: SplitDraft = {
    axis: 'x',
    panes: usualPanes(2),
    cuts: null,
    cell: null,
    partner: null,
  };
  @state() private size: {readonly width: number; readonly height: number} | undefined;
  @state() private isBroken = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('.picture') private picture!: HTMLElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render() {
    const {subject, draft} = this;
    const problem = problemOf(draft);
    return html`<dialog aria-label="Split ${subject.tag}" @close=${this.#done}>
      <header>
        <h2>Split <bdi>${subject.tag}</bdi></h2>
        <button class="plain" aria-label="Close" @click=${() => this.dialog.close()}>✕</button>
      </header>
      ${this.#renderPicture()} ${this.#renderPartner()}
      ${draft.partner === null ? this.#renderCutting() : nothing}
      <div class="row">
        ${draft.panes.map((role, i) => this.#renderRole(role, i))}
        <button @click=${() => (this.draft = swapRoles(draft))}>Swap</button>
      </div>
      ${draft.partner === null ? this.#renderGrid() : nothing}
      ${problem === null ? nothing : html`<p class="error" role="alert">${problem}</p>`}
      <footer>
        <button
          ?disabled=${problem !== null}
          @click=${() => this.dispatchEvent(intent(copyOfRules([ruleOf(draft, subject)])))}
        >
          Copy as pairs.json
        </button>
        <button class="main" autofocus ?disabled=${problem !== null} @click=${this.#show}>
          Show as pair
        </button>
      </footer>
    </dialog>`;
  }

  #renderPartner() {
    const {partner} = this.draft;
    const others = this.others.filter(({tag}) => tag !== this.subject.tag);
    if (others.length === 0) {
      return nothing;
    }
    return html`<label class="row">
      <span>Its pair is</span>
      <select
        @change=${(event: Event) => {
          const {value} = event.target as HTMLSelectElement;
          const found = others.find(({tag}) => tag === value);
          this.draft = withPartner(this.draft, found ?? null, this.#firstDraft);
        }}
      >
        <option value="" .selected=${partner === null}>in the same picture</option>
        ${others.map(
          ({tag}) =>
            html`<option value=${tag} .selected=${tag === partner?.tag}>
              the picture of ${tag}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #renderCutting() {
    const {draft} = this;
    return html`<div class="row" role="group" aria-label="How it is cut">
      ${[2, 3, 4].map((count) => this.#renderCount(count))}
      <span class="gap"></span>
      ${(['x', 'y'] as const).map(
        (axis) =>
          html`<button
            aria-pressed=${String(draft.axis === axis)}
            @click=${() => (this.draft = {...draft, axis, cuts: null})}
          >
            ${axis === 'x' ? 'Side by side' : 'One below another'}
          </button>`,
      )}
    </div>`;
  }

  #renderPicture() {
    const {subject, draft} = this;
    const address = pictureOf(subject);
    if (this.isBroken) {
      return html`<p class="error" role="alert">The picture can't be loaded.</p>`;
    }
    return html`<div class="picture">
        <img
          src=${address}
          alt="The last picture of ${subject.tag}"
          draggable="false"
          @load=${this.#onLoad}
          @error=${() => (this.isBroken = true)}
        />
        ${this.size === undefined || draft.cell !== null || draft.partner !== null ? nothing : cutShares(draft).map((share, i) => this.#renderCut(share, i))}
      </div>
      ${
        draft.partner === null
          ? nothing
          : html`<div class="picture">
              <img
                src=${pictureOf(draft.partner)}
                alt="The last picture of ${draft.partner.tag}"
                draggable="false"
              />
            </div>`
      }`;
  }

  #renderCut(share: number, index: number) {
    const {axis} = this.draft;
    return html`<div
      class="cut ${axis}"
      role="slider"
      tabindex="0"
      aria-label="Cut ${index + 1}"
      aria-orientation=${axis === 'x' ? 'horizontal' : 'vertical'}
      aria-valuemin="0"
      aria-valuemax=${this.#length}
      aria-valuenow=${Math.round(share * this.#length)}
      style=${styleMap({[axis === 'x' ? 'left' : 'top']: `${100 * share}%`})}
      @pointerdown=${this.#grab}
      @pointermove=${(event: PointerEvent) => this.#drag(event, index)}
      @keydown=${(event: KeyboardEvent) => this.#nudge(event, index)}
    ></div>`;
  }

  #renderCount(count: number) {
    const {draft} = this;
    return html`<button
      aria-pressed=${String(draft.panes.length === count)}
      @click=${() => (this.draft = {...draft, panes: usualPanes(count), cuts: null})}
    >
      ${count} panes
    </button>`;
  }

  #renderRole(role: PaneRole, index: number) {
    const {partner} = this.draft;
    const what = [this.subject.tag, partner?.tag][index];
    return html`<label>
      <span>${partner === null ? `Pane ${index + 1}` : html`<bdi>${what}</bdi>`}</span>
      <select
        @change=${(event: Event) =>
          (this.draft = assignRole(
            this.draft,
            index,
            (event.target as HTMLSelectElement).value as PaneRole,
          ))}
      >
        ${Object.entries(ROLE_NAMES).map(
          ([value, name]) =>
            html`<option value=${value} .selected=${value === role}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  #renderGrid() {
    const {cell} = this.draft;
    const fields = ['width', 'height', 'padding'] as const;
    return html`<div class="row">
      <label class="check">
        <input
          type="checkbox"
          .checked=${cell !== null}
          @change=${() => (this.draft = {...this.draft, cuts: null, cell: cell === null ? this.#firstCell : null})}
        />
        A grid of many, each cut so
      </label>
      ${
        cell === null
          ? nothing
          : fields.map(
              (field) =>
                html`<label>
                  <span>${field === 'padding' ? 'Between them' : `Each one’s ${field}`}</span>
                  <input
                    type="number"
                    min=${field === 'padding' ? 0 : 1}
                    .value=${String(cell[field])}
                    @change=${(event: Event) => {
                      const least = field === 'padding' ? 0 : 1;
                      const value = Math.max(
                        least,
                        Math.round(Number((event.target as HTMLInputElement).value)),
                      );
                      this.draft = {...this.draft, cell: {...cell, [field]: value}};
                    }}
                  />
                </label>`,
            )
      }
    </div>`;
  }

  get #firstCell(): NonNullable<SplitDraft['cell']> {
    const {width, height} = this.size ?? {width: 1, height: 1};
    return {width, height, padding: 0};
  }

  /** Of the side that is cut, in pixels. */
  get #length(): number {
    const {width, height} = this.size ?? {width: 1, height: 1};
    return this.draft.axis === 'x' ? width : height;
  }

  readonly #onLoad = (event: Event): void => {
    const {naturalWidth: width, naturalHeight: height} = event.target as HTMLImageElement;
    this.size = {width, height};
    this.draft = this.#firstDraft;
  };

  get #firstDraft(): SplitDraft {
    const {width, height} = this.size ?? {width: 1, height: 1};
    return firstDraft(this.subject, width, height);
  }

  readonly #grab = (event: PointerEvent): void => {
    if (event.button === 0) {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
  };

  #drag(event: PointerEvent, index: number): void {
    if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) {
      return;
    }
    const box = this.picture.getBoundingClientRect();
    const share =
      this.draft.axis === 'x'
        ? (event.clientX - box.left) / box.width
        : (event.clientY - box.top) / box.height;
    this.draft = moveCut(this.draft, index, share, 1 / this.#length);
  }

  #nudge(event: KeyboardEvent, index: number): void {
    const pixels = pixelsBy(event, this.#length);
    if (pixels === undefined) {
      return;
    }
    event.preventDefault();
    const pixel = 1 / this.#length;
    const share = cutShares(this.draft)[index]! + pixels * pixel;
    this.draft = moveCut(this.draft, index, share, pixel);
  }

  readonly #show = (): void => {
    const rule = ruleOf(this.draft, this.subject);
    this.dispatchEvent(intent({type: 'rule', rule, shows: pairName(this.draft, this.subject)}));
    this.dialog.close();
  };

  readonly #done = (): void => {
    this.dispatchEvent(new CustomEvent('pairs-split-done'));
  };
}

/** By how many pixels a key moves a cut along a side of so many; `undefined` for a key that moves none. */
function pixelsBy(
  {key, shiftKey, ctrlKey, metaKey, altKey}: KeyboardEvent,
  length: number,
): number | undefined {
  const step = shiftKey ? 10 : 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: -step,
    ArrowUp: -step,
    ArrowRight: step,
    ArrowDown: step,
    Home: -length,
    End: length,
  };
  return ctrlKey || metaKey || altKey ? undefined : moves[key];
}

/** The address of the last picture of a tag. */
function pictureOf({tag, run}: LeftTag): string {
  return `image?${new URLSearchParams({tag, run}).toString()}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-split': PairsSplit;
  }
}
