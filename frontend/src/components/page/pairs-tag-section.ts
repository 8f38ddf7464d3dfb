// SPDX-License-Identifier: Apache-2.0
/** The section of one tag: its header and controls, then its samples or why there are none. */
import {knownTag} from '../../kinds/registry.js';
import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {html as staticHtml, unsafeStatic} from 'lit/static-html.js';
import {customElement, property, state} from 'lit/decorators.js';
import type {Step, TagSamples} from '../../api/types.js';
import type {SampleSource, TagModel} from '../../store/data.js';
import {intent, type Intent} from '../../store/intents.js';
import {latest} from '../../store/resource.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {layoutOf} from '../../layouts/registry.js';
import {LAYOUT_ELEMENTS, isLayoutElement} from '../layouts/elements.js';
import type {LayoutElement} from '../layouts/layout-element.js';
import {pairSize, pairSizeText} from '../../views/metric-text.js';
import '../existing/pairs-existing-note.js';
import {isEmptyPair} from '../existing/pairs-existing-note.js';
import type {RenderContext} from '../../views/render-context.js';
import {controlStyles} from '../../controls/control-styles.js';
import {showNumber, showPhrase} from '../../controls/scoped-number.js';
import {countOf, joinPhrases, phrase, scopedCount, type Phrase} from '../../texts/scoped-number.js';
import '../../controls/pairs-icon.js';
import {kindNote} from './kind-note.js';
import './pairs-class-note.js';
import './pairs-notice.js';
import './pairs-tag-controls.js';
import {styles} from './pairs-tag-section-styles.js';

/**
 * One tag: its name, its contents and its samples.
 *
 * @event pairs-intent What the user asks for.
 */
@customElement('pairs-tag-section')
export class PairsTagSection extends LitElement {
  static override styles = [controlStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  @property({type: Number}) revision = 0;
  @property({attribute: false}) history: TagSamples | undefined;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** Whether it is near enough to the visible part of the page to be drawn. */
  @property({type: Boolean}) near = false;

  @state() private isDescribed = false;

  #size: Phrase | undefined;
  /** The sample that it is of. */
  #sized: string | undefined;
  /** A sample that has another size than the first. */
  #otherSize: {readonly tag: string; readonly run: string; readonly sample: string} | undefined;

  /** Far from the visible part, only the header is drawn, and that follows from the model. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    return (
      this.near ||
      !this.hasUpdated ||
      changed.has('near') ||
      changed.has('model') ||
      changed.has('isDescribed')
    );
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What changed while it was far was not looked at.
    if (['model', 'source', 'revision', 'near'].some((name) => changed.has(name))) {
      this.#size = this.#sizePhrase();
    }
  }

  override render() {
    const {model} = this;
    if (model === undefined) {
      return nothing;
    }
    const {tag, collapsed, description} = model;
    return html`<section class=${collapsed ? 'collapsed' : ''} aria-label=${tag}>
      <header>
        <h2>
          <button
            class="plain"
            aria-expanded=${collapsed ? 'false' : 'true'}
            @click=${() => this.#send({type: 'collapseTag', tag, collapsed: !collapsed})}
          >
            <pairs-icon name="chevron-down"></pairs-icon>${tag}
          </button>
        </h2>
        <span class="muted">${showPhrase(joinPhrases(this.#summary(model), ' · '))}</span>
        ${this.near ? this.#renderControls(model) : nothing}
      </header>
      ${this.isDescribed ? html`<p class="description">${description}</p>` : nothing}
      ${model.kindChanges.map((change) => html`<p class="description" role="note">${showPhrase(kindNote(tag, change))}</p>`)}
      ${collapsed ? nothing : this.near ? this.#renderSamples(model) : html`<div class="pending"></div>`}
    </section>`;
  }

  /** Far sections have none: a log may have hundreds of tags. */
  #renderControls(model: TagModel): TemplateResult {
    const {tag, pinned, collapsed, description} = model;
    return html`${
        model.existing === undefined
          ? html`<pairs-class-note
              .model=${model}
              .source=${this.source}
              .revision=${this.revision}
              .renderContext=${this.renderContext}
            ></pairs-class-note>`
          : html`<pairs-existing-note .model=${model} .view=${this.view}></pairs-existing-note>`
      }
      <span class="actions">
        ${
          description === ''
            ? nothing
            : html`<button
                class="plain"
                aria-label="Description of ${tag}"
                title="Description"
                aria-expanded=${this.isDescribed ? 'true' : 'false'}
                @click=${() => (this.isDescribed = !this.isDescribed)}
              >
                <pairs-icon name="info"></pairs-icon>
              </button>`
        }
        <button
          class="plain"
          aria-label="Pin ${tag} to the top"
          title=${pinned ? 'Unpin' : 'Pin to the top'}
          aria-pressed=${pinned ? 'true' : 'false'}
          @click=${() => this.#send({type: 'pinTag', tag, pinned: !pinned})}
        >
          <pairs-icon name="pin"></pairs-icon>
        </button>
      </span>
      ${
        collapsed
          ? nothing
          : html`<pairs-tag-controls .model=${model} .view=${this.view}></pairs-tag-controls>`
      }`;
  }

  #renderSamples(model: TagModel): TemplateResult {
    const {status, rows, runs, total} = model;
    if (status.state === 'error' && rows.length === 0) {
      return html`<pairs-notice
        class="panel"
        compact
        tone="error"
        icon="circle-alert"
        heading="This tag could not be loaded"
      >
        <span>${status.message}</span>
        <button @click=${() => this.#send({type: 'reload'})}>Try again</button>
      </pairs-notice>`;
    }
    if (status.state === 'pending') {
      return html`<div class="panel skeleton" role="status" aria-label="Loading ${model.tag}"></div>
        <div class="panel skeleton"></div>`;
    }
    if (runs.length === 0 && isEmptyPair(model)) {
      return html`<pairs-existing-note class="panel" whole .model=${model}></pairs-existing-note>`;
    }
    if (runs.length === 0) {
      return html`<pairs-notice
        class="panel"
        compact
        icon="info"
        heading="None of the runs that are on has this tag"
      >
        <button @click=${() => this.#send({type: 'showAllRuns'})}>Show all runs</button>
      </pairs-notice>`;
    }
    if (rows.length === 0 && total > 0) {
      return html`<pairs-notice
        class="panel"
        compact
        icon="search"
        heading="No sample passes the filter"
      >
        <button @click=${this.#showAll}>
          Show all ${showNumber(countOf(total, 'samples', {tag: model.tag}))}
        </button>
      </pairs-notice>`;
    }
    if (total === 0) {
      return html`<pairs-notice
        class="panel"
        compact
        icon="image-off"
        heading="The record of this step holds no samples"
      >
        <span>This step was logged with an empty batch.</span>
      </pairs-notice>`;
    }
    const {element} = layoutOf(this.view, model.tag, runs.length);
    const name = unsafeStatic(element);
    return staticHtml`<${name}
      .model=${model}
      .view=${this.view}
      .source=${this.source}
      .revision=${this.revision}
      .history=${this.history}
      .renderContext=${this.renderContext}
    ></${name}>`;
  }

  /** What draws the samples, where they are drawn. */
  get layout(): LayoutElement | null {
    const element = this.renderRoot.querySelector(LAYOUT_ELEMENTS);
    return element !== null && isLayoutElement(element) ? element : null;
  }

  #summary({tag, rows, total, runs, status, collapsed}: TagModel): readonly Phrase[] {
    if (status.state === 'pending') {
      // What is collapsed is not asked for.
      return this.near && !collapsed ? [['loading']] : [];
    }
    if (status.state === 'error' && total === 0) {
      return [];
    }
    const kind = runs[0]?.kind;
    const known = kind && knownTag(kind);
    const ofKind = known?.kind.describeTag(known.facts, {tag}) ?? [];
    return [
      rows.length === total
        ? scopedCount(total, 'sample', {tag})
        : phrase`${countOf(rows.length, 'shown samples', {tag})} of ${scopedCount(total, 'sample', {tag})}`,
      scopedCount(runs.length, 'run', {tag}),
      ...(this.#size === undefined ? [] : [this.#size]),
      ...ofKind.filter(({isAtHead}) => isAtHead).map((one) => one.phrase),
    ];
  }

  /** The size of the first sample's pictures that are there, and whether a sample that was fetched has others. */
  #sizePhrase(): Phrase | undefined {
    const {model, source} = this;
    const [run] = model?.runs ?? [];
    if (model === undefined || source === undefined || run === undefined) {
      return undefined;
    }
    for (const [i, {id}] of model.rows.entries()) {
      const place = {tag: model.tag, run: run.run, step: run.step};
      const at = [place.tag, place.run, place.step, id] as const;
      // While a step is under way, what was said at the one before stays.
      const before = id === this.#sized ? latest(source.get(...at)) : undefined;
      const {groundTruth, prediction} = source.peek(...at) ?? before ?? {};
      if (groundTruth !== undefined) {
        this.#sized = id;
        const size = pairSize(groundTruth, prediction, {...place, sample: id});
        const others = model.rows.slice(i + 1);
        return this.#hasOther(pairSizeText(groundTruth, prediction), others, source, place)
          ? phrase`${size} and other sizes`
          : size;
      }
    }
    return undefined;
  }

  /** What is only looked at is not used, so that the cache does not keep it for that. */
  #hasOther(
    size: string,
    rows: TagModel['rows'],
    source: SampleSource,
    {tag, run, step}: {readonly tag: string; readonly run: string; readonly step: Step},
  ): boolean {
    const known = this.#otherSize;
    const other = rows.find(({id}) => {
      const {groundTruth, prediction} = source.peek(tag, run, step, id) ?? {};
      if (groundTruth !== undefined) {
        return pairSizeText(groundTruth, prediction) !== size;
      }
      // While a step is under way, what was said at the one before stays.
      const isKnown = known?.sample === id && known.tag === tag && known.run === run;
      return isKnown && source.get(tag, run, step, id).state === 'pending';
    });
    this.#otherSize = other && {tag, run, sample: other.id};
    return other !== undefined;
  }

  readonly #showAll = (): void => {
    this.#send({
      type: 'sampleFilter',
      change: {text: '', min: null, max: null, flagged: false},
    });
    if (this.view.confusion !== null) {
      this.#send({type: 'confusion', confusion: null});
    }
  };

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-tag-section': PairsTagSection;
  }
}
