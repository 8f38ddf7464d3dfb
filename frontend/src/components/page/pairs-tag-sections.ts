// SPDX-License-Identifier: Apache-2.0
/** All tags below each other. It reports which ones are visible, so that only these are fetched. */
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {SampleSource, TagModel} from '../../store/data.js';
import {latest, PENDING} from '../../store/resource.js';
import type {Snapshot} from '../../store/session.js';
import {intent} from '../../store/intents.js';
import type {Anchor, OpenSample, ViewState} from '../../store/view.js';
import type {RenderContext} from '../../views/render-context.js';
import {controlStyles} from '../../controls/control-styles.js';
import {showPhrase} from '../../controls/scoped-number.js';
import {scopedCount} from '../../texts/scoped-number.js';
import {WheelHint} from '../behaviors/wheel-hint.js';
import './pairs-tag-section.js';
import type {PairsTagSection} from './pairs-tag-section.js';

/** How far beyond the visible part sections are drawn, so that they are ready when scrolled to. */
const MARGIN_PX = 600;
/** How long a card that a link names is awaited: cards above it are laid out meanwhile. */
const ANCHOR_FRAMES = 300;
const SETTLE_FRAMES = 30;

/**
 * The sections of all tags. Far from the visible part, only their headers are drawn.
 *
 * @event pairs-visible-tags The tags near the visible part, from the top: the whole list, whenever it changes.
 */
@customElement('pairs-tag-sections')
export class PairsTagSections extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .absent {
        color: var(--pairs-color-ink-2);
      }
      .absent summary {
        cursor: pointer;
      }
      .absent button {
        margin-left: 8px;
      }
      .absent li {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({attribute: false}) tags: readonly TagModel[] = [];
  @property({attribute: false}) view!: ViewState;
  @property({attribute: false}) source: SampleSource | undefined;
  @property({type: Number}) revision = 0;
  @property({attribute: false}) histories: Snapshot['history'] = new Map();
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** The element that scrolls. */
  @property({attribute: false}) scroller: HTMLElement | undefined;

  /** `undefined` until the page was laid out: then the first section is near. */
  @state() private near: ReadonlySet<string> | undefined;
  #observer: IntersectionObserver | undefined;
  #lastSent: readonly string[] = [];
  #anchor: Anchor | null = null;

  constructor() {
    super();
    new WheelHint(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  reveal(tag: string): void {
    this.#sectionOf(tag)?.scrollIntoView({block: 'start'});
  }

  /** Gives the focus to a sample's pictures; whether they are drawn. */
  focusSample({tag, sample}: OpenSample): boolean {
    return this.#sectionOf(tag)?.layout?.focusSample(sample) ?? false;
  }

  /** The first visible sample; `null` where nothing is scrolled away. */
  topmost(): Anchor | null {
    const {scroller} = this;
    if (scroller === undefined) {
      return null;
    }
    const first = this.#present[0];
    const {top} = scroller.getBoundingClientRect();
    for (const section of this.#sections) {
      if (section.getBoundingClientRect().bottom <= top) {
        continue;
      }
      const sample = section.layout?.topmost(top) ?? null;
      if (sample === null) {
        continue;
      }
      const tag = section.dataset.tag ?? '';
      const isAtStart =
        scroller.scrollTop === 0 && tag === first?.tag && sample === first.rows[0]?.id;
      const columns = section.layout?.columnsAway() ?? 0;
      return isAtStart && columns === 0 ? null : {tag, sample, ...(columns > 0 && {columns})};
    }
    return null;
  }

  /** Scrolls to a card, which is only drawn once its section is near; gives up when it does not come. */
  async #scrollTo({tag, sample, columns = 0}: Anchor): Promise<void> {
    for (let frame = 0; frame < ANCHOR_FRAMES && this.isConnected; frame++) {
      const section = this.#sectionOf(tag);
      const {layout} = section ?? {};
      if (layout == null) {
        section?.scrollIntoView({block: 'start'});
      } else if (layout.reveal(sample, columns)) {
        // The first stands below what says which tag it is of.
        if (section?.model?.rows[0]?.id === sample) {
          section.scrollIntoView({block: 'start'});
        }
        if (frame >= SETTLE_FRAMES) {
          break;
        }
      }
      await new Promise(requestAnimationFrame);
    }
    this.dispatchEvent(intent({type: 'anchored'}));
  }

  #sectionOf(tag: string): PairsTagSection | undefined {
    return [...this.#sections].find((element) => element.dataset.tag === tag);
  }

  override render() {
    const absent = this.tags.filter((model) => model.absent);
    return html`${this.#renderSections()}${absent.length === 0 ? nothing : this.#renderAbsent(absent)}`;
  }

  /** Tags that none of the runs which are on has: in one line, because each alone would be an empty box. */
  #renderAbsent(absent: readonly TagModel[]) {
    return html`<details class="absent">
      <summary>
        ${showPhrase(scopedCount(absent.length, 'tag'))} without a run that is on
        <button @click=${() => this.dispatchEvent(intent({type: 'showAllRuns'}))}>
          Show all runs
        </button>
      </summary>
      <ul>
        ${absent.map(({tag}) => html`<li><bdi>${tag}</bdi></li>`)}
      </ul>
    </details>`;
  }

  #renderSections() {
    return repeat(
      this.#present,
      ({tag}) => tag,
      (model, index) =>
        html`<pairs-tag-section
          data-tag=${model.tag}
          .near=${this.near?.has(model.tag) ?? index === 0}
          .model=${model}
          .view=${this.view}
          .source=${this.source}
          .revision=${this.revision}
          .history=${latest(this.histories.get(model.tag) ?? PENDING)}
          .renderContext=${this.renderContext}
        ></pairs-tag-section>`,
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    const {anchor} = this.view;
    if (anchor !== null && anchor !== this.#anchor && this.#sectionOf(anchor.tag) !== undefined) {
      this.#anchor = anchor;
      void this.#scrollTo(anchor);
    }
    if (changed.has('tags') || this.#observer === undefined) {
      this.#watch();
    }
  }

  get #present(): readonly TagModel[] {
    return this.tags.filter(({absent}) => !absent);
  }

  get #sections(): NodeListOf<PairsTagSection> {
    return this.renderRoot.querySelectorAll('pairs-tag-section');
  }

  #watch(): void {
    this.#observer ??= new IntersectionObserver((entries) => this.#note(entries), {
      root: this.scroller ?? null,
      rootMargin: `${MARGIN_PX}px 0px`,
    });
    // Observing an element twice does nothing.
    for (const section of this.#sections) {
      this.#observer.observe(section);
    }
    this.#tell();
  }

  #note(entries: readonly IntersectionObserverEntry[]): void {
    const near = new Set(this.near);
    for (const {target, isIntersecting} of entries) {
      const tag = (target as HTMLElement).dataset.tag ?? '';
      if (isIntersecting) {
        near.add(tag);
      } else {
        near.delete(tag);
      }
    }
    this.near = near;
    this.#tell();
  }

  #tell(): void {
    const {near} = this;
    if (near === undefined) {
      return;
    }
    const tags = this.tags
      .filter(({tag, collapsed}) => near.has(tag) && !collapsed)
      .map(({tag}) => tag);
    if (tags.join('\0') === this.#lastSent.join('\0')) {
      return;
    }
    this.#lastSent = tags;
    this.dispatchEvent(
      new CustomEvent('pairs-visible-tags', {detail: tags, bubbles: true, composed: true}),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-tag-sections': PairsTagSections;
  }
  interface HTMLElementEventMap {
    'pairs-visible-tags': CustomEvent<readonly string[]>;
  }
}
