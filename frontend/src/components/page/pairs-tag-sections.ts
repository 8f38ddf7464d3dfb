// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {ShotSource, TagModel} from '../../store/data.js';
import {latest, PENDING} from '../../store/resource.js';
import type {Snapshot} from '../../store/session.js';
import type {ViewState} from '../../store/view.js';
import type {Studio} from '../cards/studio.js';
import './pairs-tag-section.js';

/** How far beyond what is seen sections are drawn, so that scrolling finds them ready. */
const MARGIN_PX = 600;

/**
 * The sections of all tags. Those far from what is seen are only their headers.
 *
 * @event pairs-tags-in-sight The tags near what is seen, from the top: sent whole, whenever it changes.
 */
@customElement('pairs-tag-sections')
export class PairsTagSections extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  @property({attribute: false}) tags: readonly TagModel[] = [];
  @property({attribute: false}) view!: ViewState;
  @property({attribute: false}) source: ShotSource | undefined;
  @property({type: Number}) revision = 0;
  @property({attribute: false}) histories: Snapshot['history'] = new Map();
  @property({attribute: false}) studio: Studio | undefined;
  /** The element that scrolls. */
  @property({attribute: false}) scroller: HTMLElement | undefined;

  /** `undefined` until the page was laid out: then the first section is near. */
  @state() private near: ReadonlySet<string> | undefined;
  #observer: IntersectionObserver | undefined;
  #told: readonly string[] = [];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  reveal(tag: string): void {
    const section = [...this.#sections].find((element) => element.dataset.tag === tag);
    section?.scrollIntoView({block: 'start'});
  }

  override render() {
    return repeat(
      this.tags,
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
          .studio=${this.studio}
        ></pairs-tag-section>`,
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('tags') || this.#observer === undefined) {
      this.#watch();
    }
  }

  get #sections(): NodeListOf<HTMLElement> {
    return this.renderRoot.querySelectorAll<HTMLElement>('pairs-tag-section');
  }

  #watch(): void {
    this.#observer ??= new IntersectionObserver((entries) => this.#note(entries), {
      root: this.scroller ?? null,
      rootMargin: `${MARGIN_PX}px 0px`,
    });
    // Observing what is observed already does nothing.
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
    if (tags.join('\0') === this.#told.join('\0')) {
      return;
    }
    this.#told = tags;
    this.dispatchEvent(
      new CustomEvent('pairs-tags-in-sight', {detail: tags, bubbles: true, composed: true}),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-tag-sections': PairsTagSections;
  }
  interface HTMLElementEventMap {
    'pairs-tags-in-sight': CustomEvent<readonly string[]>;
  }
}
