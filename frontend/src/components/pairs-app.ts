// SPDX-License-Identifier: Apache-2.0
/**
 * The root element. It lays out the page, runs commands from keys, and passes intents on to the
 * session.
 */
import {LitElement, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import type {Api} from '../api/client.js';
import {intent, type Intent, type SessionEffect, type ViewChange} from '../store/intents.js';
import type {TagModel} from '../store/data.js';
import type {CommandScope} from '../store/command.js';
import {latest, PENDING} from '../store/resource.js';
import type {Snapshot} from '../store/session.js';
import type {OpenSample} from '../store/view.js';
import {Announcer} from './behaviors/announcer.js';
import {CommandKeys} from './behaviors/command-keys.js';
import {deepFocus} from './behaviors/key-scope.js';
import {PlaceInSight} from './behaviors/place-in-sight.js';
import {SelectRelease} from './behaviors/select-release.js';
import {Tips} from './behaviors/tips.js';
import type {RenderContext} from '../views/render-context.js';
import {announcement} from '../views/announcements.js';
import './page/pairs-notice.js';
import './page/pairs-skipped.js';
import './page/pairs-tag-sections.js';
import type {PairsTagSections} from './page/pairs-tag-sections.js';
import './page/pairs-toasts.js';
import type {PairsToasts, Toast} from './page/pairs-toasts.js';
import './page/pairs-welcome.js';
import './rail/pairs-rail.js';
import type {PairsRail} from './rail/pairs-rail.js';
import {controlStyles} from '../controls/control-styles.js';
import {showPhrase} from '../controls/scoped-number.js';
import {scopedCount} from '../texts/scoped-number.js';
import {Media} from './behaviors/media.js';
import {loadDialog, sharingDialog, type SharingSubject} from './dialogs.js';
import {compareBar} from './compare/compare-bar.js';
import './time/pairs-time-bar.js';
import {styles} from './pairs-app-styles.js';
import {errorMessage} from '../error-message.js';

/** Below this width the rail lies over the page instead of beside it. */
const NARROW = '(max-width: 900px)';
/** There is no room for a bar of modes above the cards: it is in the rail. */
const CRAMPED = '(max-width: 900px), (max-height: 640px)';

/**
 * The page: rail, time bar and cards, and what lies above them.
 *
 * What the user asks for, with the pointer or by key, arrives here as `pairs-intent`; what is about this page's own parts is
 * done here, and all else goes to `forward`.
 */
@customElement('pairs-app')
export class PairsApp extends LitElement {
  static override styles = [controlStyles, styles];

  @property({attribute: false}) snapshot: Snapshot | undefined;
  @property({attribute: false}) scope: CommandScope | undefined;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** Where exports and blind comparisons fetch what the page does not show. */
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;
  /** Takes what the user asks for and the app does not do itself. */
  @property({attribute: false}) forward: (intent: ViewChange | SessionEffect) => void = () =>
    undefined;

  @state() private isRailOver = false;
  /** What the dialog is about that exports, or compares blind. */
  @state() private subject: SharingSubject | undefined;
  @query('.scroll') private scroller!: HTMLElement | null;
  @query('pairs-rail') private rail!: PairsRail | null;
  @query('pairs-tag-sections') private sections!: PairsTagSections | null;
  @query('pairs-toasts') private toasts!: PairsToasts;

  readonly #narrow = new Media(this, NARROW, () => (this.isRailOver = false));
  readonly #cramped = new Media(this, CRAMPED);
  readonly #announcer = new Announcer(this);
  readonly #place = new PlaceInSight(this);
  #focusBefore: HTMLElement | null = null;

  constructor() {
    super();
    new SelectRelease(this);
    new CommandKeys(this, {
      scope: () => this.scope,
      view: () => this.snapshot?.view,
      leave: () => this.#closeRail(),
    });
    new Tips(this);
    this.addEventListener('pairs-intent', this.#onIntent);
  }

  toast(toast: Toast): void {
    this.toasts.show(toast);
    this.#announcer.say(toast.text);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {snapshot} = this;
    if (snapshot === undefined) {
      return;
    }
    const {open, dialog} = snapshot.view;
    const isShown = this.#isRailAside ? this.isRailOver : !snapshot.view.railCollapsed;
    this.setAttribute('rail', isShown ? (this.#isRailAside ? 'over' : 'beside') : 'hidden');
    // Cards that became wider behind the full view would be elsewhere after it.
    this.toggleAttribute(
      'folded',
      open !== null && !this.#narrow.matches && !snapshot.view.railCollapsed,
    );
    if (open !== null) {
      void import('./cards/pairs-full-view.js');
    }
    if (dialog !== null) {
      void loadDialog(dialog);
    }
    const before = changed.get('snapshot');
    if (before !== undefined) {
      this.#noteChange(before, snapshot);
    }
  }

  /** Whether the rail lies over the page while it is asked for: there is no room beside it, or pictures have all of it. */
  get #isRailAside(): boolean {
    return this.#narrow.matches || this.snapshot?.view.open != null;
  }

  override render() {
    const {snapshot} = this;
    if (snapshot === undefined) {
      return nothing;
    }
    const {view, page} = snapshot;
    const isFull = view.open !== null && this.#openModel !== undefined;
    const rail = this.getAttribute('rail');
    return html`
      <h1 class="unseen">Pairs</h1>
      ${
        rail === 'hidden'
          ? nothing
          : html`<pairs-rail
              .page=${page}
              .view=${view}
              ?stacked=${this.#cramped.matches}
              role="complementary"
              aria-label="What is shown"
            ></pairs-rail>`
      }
      ${rail === 'over' ? html`<div class="scrim" @click=${() => (this.isRailOver = false)}></div>` : nothing}
      <main>
        <pairs-time-bar
          .timeline=${page.timeline}
          .view=${view}
          .kept=${page.kept}
          .railHidden=${rail === 'hidden'}
        ></pairs-time-bar>
        ${this.#cramped.matches || isFull ? nothing : compareBar(page, view)}
        ${this.#renderBanner(snapshot)}
        <div class="scroll" tabindex="-1" ?inert=${isFull}>${this.#renderTags(snapshot)}</div>
        ${this.#renderFullView(snapshot)}
      </main>
      ${view.dialog === 'help' ? html`<pairs-help></pairs-help>` : nothing}
      ${
        view.dialog === 'palette'
          ? html`<pairs-palette .view=${view} .scope=${this.scope} .page=${page}></pairs-palette>`
          : nothing
      }
      ${sharingDialog(this, snapshot, this.subject, this.#modelOf(this.subject?.tag))}
      <pairs-toasts></pairs-toasts>
      <div class="unseen" role="status" aria-live="polite">${this.#announcer.text}</div>
    `;
  }

  #renderTags({view, page, sampleSource, revision, history}: Snapshot) {
    const catalog = latest(page.catalog);
    if (catalog === undefined || catalog.tags.length === 0) {
      return html`<pairs-welcome .catalog=${page.catalog} .rules=${view.rules}></pairs-welcome>`;
    }
    if (page.tags.tags.length === 0) {
      return html`<pairs-notice icon="search" heading="No tag matches “${view.tagFilter}”">
        <button @click=${() => this.#send({type: 'tagFilter', text: ''})}>
          Show all ${showPhrase(scopedCount(page.tags.total, 'tag'))}
        </button>
      </pairs-notice>`;
    }
    if (page.runs.shown === 0) {
      return html`<pairs-notice icon="info" heading="No run is on">
        <button @click=${() => this.#send({type: 'showRuns', runs: null})}>Show runs</button>
      </pairs-notice>`;
    }
    return html`
      <pairs-tag-sections
        .tags=${page.tags.tags}
        .view=${view}
        .source=${sampleSource}
        .revision=${revision}
        .histories=${history}
        .renderContext=${this.renderContext}
        .scroller=${this.scroller ?? undefined}
      ></pairs-tag-sections>
      <pairs-skipped .series=${page.skipped}></pairs-skipped>
      <pairs-existing .existing=${catalog.existing} .rules=${view.rules}></pairs-existing>
    `;
  }

  /** What failed while there is still something to show. */
  #renderBanner({page: {catalog}}: Snapshot) {
    if (catalog.state !== 'error' || catalog.stale === undefined) {
      return nothing;
    }
    return html`<div class="banner" role="alert">
      <pairs-icon name="triangle-alert"></pairs-icon>
      <span>${catalog.message} What was loaded before is still shown.</span>
      <button @click=${() => this.#send({type: 'reload'})}>Try again</button>
    </div>`;
  }

  get #openModel(): TagModel | undefined {
    return this.#modelOf(this.snapshot?.view.open?.tag);
  }

  #renderFullView({view, page, sampleSource, revision, history}: Snapshot) {
    const model = this.#openModel;
    if (view.open === null || model === undefined) {
      return nothing;
    }
    return html`<pairs-full-view
      .model=${model}
      .sample=${view.open.sample}
      .view=${view}
      .source=${sampleSource}
      .revision=${revision}
      .history=${latest(history.get(model.tag) ?? PENDING)}
      .renderContext=${this.renderContext}
      .api=${this.api}
      .scroller=${this.scroller ?? undefined}
      >${this.#cramped.matches ? nothing : compareBar(page, view, 'inline')}</pairs-full-view
    >`;
  }

  #modelOf(wanted: string | undefined): TagModel | undefined {
    return this.snapshot?.page.tags.tags.find(({tag}) => tag === wanted);
  }

  #noteChange(before: Snapshot, after: Snapshot): void {
    if (before.view.open === null && after.view.open !== null) {
      this.#focusBefore = deepFocus();
    }
    if (before.view.open !== null && after.view.open === null) {
      this.isRailOver = false;
      const {open} = before.view;
      const element = this.#focusBefore;
      // Once the cards can have the focus again. The pictures rather than a button, which Space would press again.
      void this.updateComplete.then(() => {
        if (this.sections?.focusSample(open) !== true) {
          element?.focus({preventScroll: true});
        }
      });
    }
    const text = announcement(before, after);
    if (text !== null) {
      this.#announcer.sayAtRest(text);
    }
  }

  /** Says whether it lay over the page. */
  #closeRail(): boolean {
    const wasOver = this.isRailOver;
    this.isRailOver = false;
    return wasOver;
  }

  async #savePng({tag, sample}: OpenSample): Promise<void> {
    const {snapshot, renderContext} = this;
    const model = this.#modelOf(tag);
    if (snapshot === undefined || renderContext === undefined || model?.step == null) {
      return;
    }
    const {view, sampleSource: source} = snapshot;
    try {
      const {saveStill} = await import('../export/still-saving.js');
      const request = {model, sample, view, source, renderContext, api: this.api};
      const name = await saveStill(request, model.step, this);
      this.toast({text: `Saved ${name}`, tone: 'info'});
    } catch (error) {
      this.toast({text: `The card could not be saved: ${errorMessage(error)}`, tone: 'error'});
    }
  }

  readonly #onIntent = ({detail}: CustomEvent<Intent>): void => {
    switch (detail.type) {
      case 'rail':
        if (this.#isRailAside) {
          this.isRailOver = this.getAttribute('rail') === 'hidden';
        } else {
          this.forward(detail);
        }
        break;
      case 'focusFilter':
        if (this.#isRailAside) {
          this.isRailOver = true;
        } else if (this.snapshot?.view.railCollapsed === true) {
          this.#send({type: 'rail', collapsed: false});
        }
        requestAnimationFrame(() => this.rail?.focusFilter());
        break;
      case 'copyLink':
        this.forward({...this.#place.below(this.sections), ...detail});
        break;
      case 'revealTag':
        this.isRailOver = false;
        this.sections?.reveal(detail.tag);
        break;
      case 'savePng':
        void this.#savePng(detail);
        break;
      case 'export':
      case 'blind':
        this.subject = {sample: '', format: 'page', ...detail};
        this.forward(detail);
        break;
      case 'toast':
        this.toast(detail);
        break;
      case 'say':
        this.#announcer.say(detail.text);
        break;
      default:
        this.forward(detail);
    }
  };

  #send(detail: Intent): void {
    this.dispatchEvent(intent(detail));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-app': PairsApp;
  }
}
