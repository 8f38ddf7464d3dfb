// SPDX-License-Identifier: Apache-2.0
/** A tile of a sheet: one sample of one run. */
import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import '../../controls/pairs-icon.js';
import '../../controls/pairs-name.js';
import {showPhrase} from '../../controls/scoped-number.js';
import type {Role, TagKind} from '../../api/types.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep, SampleRow, SampleSource, TagModel} from '../../store/data.js';
import {EACH_RUN} from '../../store/sides.js';
import {differBesidesZoom, INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {displayFor} from '../../views/display-mapping.js';
import {paneModels, type PaneModel} from '../../views/pane-models.js';
import type {RenderContext} from '../../views/render-context.js';
import {comparedPictures, type SamplePictures} from '../../views/sample-pictures.js';
import {chipByRank, type SampleRank} from '../../views/sample-ranks.js';
import {tileView, waitsInTile} from '../../views/tile-view.js';
import {SampleGathering} from '../behaviors/sample-gathering.js';
import {chipStyles} from '../cards/card-styles.js';
import '../cards/pairs-thumbnail.js';
import type {SharedCanvas} from '../cards/pairs-thumbnail.js';
import {renderSmallPicture, smallPictureStyles} from '../cards/small-picture.js';
import type {SharedPlace} from '../../views/shared-place.js';
import {hasChanged} from '../../views/equality.js';
import {offsetTagStyles, renderOffsetTag} from '../layouts/offset-tag.js';
import {styles} from './pairs-tile-styles.js';

const GATHERS = [
  'model',
  'row',
  'view',
  'source',
  'revision',
  'renderContext',
  'isPointed',
  'hasFocus',
  'showsOtherSide',
];
/** Milliseconds that a pointer rests on a tile before it points at it: scrolling carries tiles past a pointer that rests. */
const DWELL_MS = 100;
/** Characters at the end of an id that stay: mostly ids differ there. */
const TAIL = 6;

/** One sample of one run. While it is pointed at, or has the focus of a key, it shows A: the ground truth, unless the viewer chose. */
@customElement('pairs-tile')
export class PairsTile extends LitElement {
  static override styles = [chipStyles, offsetTagStyles, smallPictureStyles, styles];

  /** Of the run alone, as if it had the step asked for: how far it is off has a place of its own. */
  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) run: RunAtStep | undefined;
  @property({attribute: false}) row: SampleRow | undefined;
  @property({attribute: false, hasChanged: differBesidesZoom}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** CSS pixels of the picture. */
  @property({attribute: false, hasChanged}) picture: Size = {width: 0, height: 0};
  /** Where the picture is on the canvas of the row, the element beside it. */
  @property({attribute: false, hasChanged}) place: SharedPlace | undefined;
  /** Where the sample stands among all of the run. */
  @property({attribute: false}) rank: SampleRank | undefined;
  /** The tiles show A. */
  @property({type: Boolean}) showsOtherSide = false;

  @state() private isPointed = false;
  @state() private hasFocus = false;

  #dwelling: ReturnType<typeof setTimeout> | undefined;
  readonly #pictures = new SampleGathering(this);
  #sample: SamplePictures | undefined;
  #panes: readonly PaneModel[] = [];
  #shared: SharedCanvas | undefined;

  constructor() {
    super();
    this.addEventListener('pointerenter', ({pointerType}) => {
      clearTimeout(this.#dwelling);
      if (pointerType !== 'touch') {
        this.#dwelling = setTimeout(() => (this.isPointed = true), DWELL_MS);
      }
    });
    this.addEventListener('pointerleave', () => {
      clearTimeout(this.#dwelling);
      this.isPointed = false;
    });
    // A click opens the sample: it does not ask for the ground truth.
    this.addEventListener('focus', () => (this.hasFocus = this.matches(':focus-visible')));
    this.addEventListener('blur', () => (this.hasFocus = false));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#dwelling);
  }

  /** Most of what comes is of other tiles. */
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    return this.#pictures.concerns(changed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const has = (name: string) => changed.has(name as keyof PairsTile);
    const old = changed.get('row');
    if (old !== undefined && old.id !== this.row?.id) {
      this.#pictures.clear();
    }
    if (has('place')) {
      const canvas = this.parentElement?.querySelector('canvas') ?? null;
      this.#shared = canvas === null || !this.place ? undefined : {...this.place, canvas};
    }
    if (this.#pictures.takeDirty() || GATHERS.some(has)) {
      this.#sample = this.#pictures.gather(this, this.#tileView, undefined, this.#waits);
      this.#build();
    }
  }

  /** What the tile shows on request alone. */
  readonly #waits = (role: Role, tag: TagKind): boolean =>
    waitsInTile(this.view, role, tag, this.#showsA);

  #build(): void {
    const {model, row} = this;
    const sample = this.#sample;
    this.#panes =
      sample === undefined || model === undefined || row === undefined
        ? []
        : paneModels({
            model,
            row,
            view: tileView(this.#tileView, sample),
            sample,
            showsOtherSide: this.#showsA,
            devicePixelRatio: window.devicePixelRatio,
          });
  }

  /** B is the one run, whatever it is elsewhere. */
  get #tileView(): ViewState {
    return {...this.view, b: EACH_RUN};
  }

  get #showsA(): boolean {
    return this.showsOtherSide || this.isPointed || this.hasFocus;
  }

  protected override render() {
    const pane = this.#panes.find(({key}) => key === `run ${this.run?.run}`);
    if (pane === undefined) {
      return nothing;
    }
    return html`${this.#renderPicture(pane)}
      <div class="caption">
        <pairs-name .name=${this.row?.id ?? ''} .tail=${TAIL}></pairs-name>
        ${this.row?.flagged === true ? html`<span class="flag" role="img" aria-label="Flagged" title="Flagged: X takes the flag away"><pairs-icon name="flag"></pairs-icon></span>` : nothing}
        ${this.#renderWarnings()}
        ${this.model === undefined || this.run === undefined ? nothing : renderOffsetTag(this.model.tag, this.run)}
        ${this.#renderChip(pane)}
      </div>`;
  }

  #renderPicture({content, description, names, status}: PaneModel): TemplateResult {
    const sample = this.#sample;
    const {width, height} = this.picture;
    const hasNone = status.state === 'error' || status.state === 'missing';
    return renderSmallPicture(
      description,
      status,
      html`<pairs-thumbnail
          style=${styleMap({width: `${width}px`, height: `${height}px`})}
          .box=${this.picture}
          .content=${content}
          .frame=${sample?.frame}
          .display=${sample && this.#displayOf(sample)}
          .renderContext=${this.renderContext}
          .shared=${this.#shared}
        ></pairs-thumbnail>
        ${this.#showsA && names !== undefined && !hasNone ? html`<span class="side">${names.a}</span>` : nothing}`,
    );
  }

  #displayOf(sample: SamplePictures) {
    return displayFor(this.view, comparedPictures(sample));
  }

  /** What cards say at length beside their pictures. */
  #renderWarnings() {
    const titles = this.#panes.flatMap(({badges}) =>
      badges.filter(({tone}) => tone === 'warning').map(({title}) => title),
    );
    return titles.length === 0
      ? nothing
      : html`<span
          class="warning"
          role="img"
          aria-label=${titles.join('. ')}
          title=${titles.join('\n')}
          ><pairs-icon name="triangle-alert"></pairs-icon
        ></span>`;
  }

  #renderChip(pane: PaneModel) {
    const chip = chipByRank(pane.chips[0], this.model?.metric ?? null, this.rank);
    return chip === undefined
      ? nothing
      : html`<span class="chip" data-tone=${chip.tone} title=${chip.title}
          >${showPhrase(chip.text)}</span
        >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-tile': PairsTile;
  }
}
