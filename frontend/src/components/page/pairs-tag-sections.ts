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
import {HeldPlace} from '../behaviors/held-place.js';
import {WheelHint} from '../behaviors/wheel-hint.js';
import {oncePerFrame} from '../../once-per-frame.js';
import './pairs-tag-section.js';
import type {PairsTagSection} from './pairs-tag-section.js';

/** How far beyond the visible part sections are drawn, so that they are ready when scrolled to. */
const MARGIN_PX = 600;

/**
 * The sections of all tags. Far from the visible part, only their headers are drawn.
 *
 * @event pairs-visible-tags The tags near the visible part, whenever they change: first the one that the viewer chose or that has
 *   most of it, then the others from the top.
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
  readonly #place = new HeldPlace();
  /** The tag that was asked for, until the viewer scrolls. */
  #revealed: string | null = null;
  #scrolled: HTMLElement | undefined;

  constructor() {
    super();
    new WheelHint(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#followScroll(undefined);
  }

  reveal(tag: string): void {
    void this.#hold(tag, (section) => {
      section?.scrollIntoView({block: 'start'});
      return section !== undefined;
    });
  }

  /** Scrolls to a place in a tag; resolves to whether no other place was asked for meanwhile. */
  async #hold(
    tag: string,
    scrollThere: (section: PairsTagSection | undefined) => boolean,
  ): Promise<boolean> {
    const {scroller} = this;
    if (scroller === undefined) {
      return false;
    }
    this.#revealed = tag;
    const held = this.#place.hold(scroller, {
      scrollThere: () => scrollThere(this.#sectionOf(tag)),
      isPending: () => this.#isPendingTo(tag),
    });
    this.#tell();
    return held;
  }

  /** Whether the tag, or one above it that is drawn, waits for its samples. */
  #isPendingTo(tag: string): boolean {
    const sections = [...this.#sections];
    const end = sections.findIndex((section) => section.dataset.tag === tag) + 1;
    return sections
      .slice(0, end)
      .some(
        ({near, model}) => near && model?.collapsed === false && model.status.state === 'pending',
      );
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
    const isLast = await this.#hold(tag, (section) => {
      const {layout} = section ?? {};
      if (layout == null) {
        section?.scrollIntoView({block: 'start'});
        return false;
      }
      const isThere = layout.reveal(sample, columns);
      // The first stands below what says which tag it is of.
      if (isThere && section?.model?.rows[0]?.id === sample) {
        section.scrollIntoView({block: 'start'});
      }
      return isThere;
    });
    if (isLast) {
      this.dispatchEvent(intent({type: 'anchored'}));
    }
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
    this.#followScroll(this.scroller);
    const {anchor} = this.view;
    if (anchor !== null && anchor !== this.#anchor && this.#isReadyFor(anchor)) {
      this.#anchor = anchor;
      void this.#scrollTo(anchor);
    }
    if (changed.has('tags') || this.#observer === undefined) {
      this.#watch();
    }
  }

  #isReadyFor({tag}: Anchor): boolean {
    return this.scroller !== undefined && this.#sectionOf(tag) !== undefined;
  }

  #followScroll(scroller: HTMLElement | undefined): void {
    this.#scrolled?.removeEventListener('scroll', this.#onScroll);
    this.#scrolled = scroller;
    scroller?.addEventListener('scroll', this.#onScroll, {passive: true});
  }

  readonly #onScroll = oncePerFrame(() => {
    if (this.#scrolled !== undefined && !this.#place.holds(this.#scrolled)) {
      this.#revealed = null;
    }
    this.#tell();
  });

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

  /** The tag that was asked for; else the first at the start of the page, and elsewhere the one with most in sight. */
  #current(tags: readonly string[]): string | undefined {
    if (this.#revealed !== null && tags.includes(this.#revealed)) {
      return this.#revealed;
    }
    const {scroller} = this;
    if (scroller === undefined || scroller.scrollTop === 0) {
      return tags[0];
    }
    const {top, bottom} = scroller.getBoundingClientRect();
    const inSight = (tag: string): number => {
      const box = this.#sectionOf(tag)?.getBoundingClientRect();
      return box === undefined ? 0 : Math.min(bottom, box.bottom) - Math.max(top, box.top);
    };
    const seen = tags.map(inSight);
    return tags[seen.indexOf(Math.max(...seen))];
  }

  #tell(): void {
    const {near} = this;
    if (near === undefined) {
      return;
    }
    const fromTop = this.tags
      .filter(({tag, collapsed}) => near.has(tag) && !collapsed)
      .map(({tag}) => tag);
    const current = this.#current(fromTop);
    const tags = [...new Set([...(current === undefined ? [] : [current]), ...fromTop])];
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
