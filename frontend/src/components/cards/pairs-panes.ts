// SPDX-License-Identifier: Apache-2.0
/** The panes of one sample, and the zoom, cross-hair and divider that they share. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, queryAll, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Display} from '../../kinds/kind.js';
import {modeOf} from '../../modes/registry.js';
import type {SampleRow, SampleSource, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {differBesidesZoom, FIT, INITIAL_VIEW, type ViewState, type Zoom} from '../../store/view.js';
import {cellStyle, chipsOf, type Cells} from '../../views/cells.js';
import type {LegendEntry} from '../../kinds/legend.js';
import {CrossHairPlace} from '../behaviors/cross-hair-place.js';
import {PanesContent} from '../behaviors/panes-content.js';
import {opensMenu, paneMenu} from './pane-menu.js';
import './pairs-pane.js';
import type {PairsPane} from './pairs-pane.js';
import type {CursorDetail} from '../behaviors/pane-pointer.js';
import {runTitle} from '../../views/hparam-text.js';
import {spokenCursor, tipOf, type PaneModel} from '../../views/pane-models.js';
import type {SamplePictures} from '../../views/sample-pictures.js';
import type {RenderContext} from '../../views/render-context.js';
import {shortNames} from '../../texts/short-names.js';
import {isSameSide, type Side} from '../../store/sides.js';
import type {StageGrid} from '../../views/stage-layout.js';
import type {StagePlace} from './pane-caption.js';
import {
  paneKeyEffect,
  zoomTo,
  READING_SIZE,
  type PanePlace,
  type ZoomTarget,
} from '../../views/pane-keys.js';
import {magnification, zoomAbout, type Point} from '../../views/viewport.js';
import {styles} from './pairs-panes-styles.js';

declare global {
  interface HTMLElementEventMap {
    'pairs-panes-zoom': CustomEvent<Zoom>;
    'pairs-panes-swipe': CustomEvent<number>;
    'pairs-panes-change': CustomEvent;
  }
  interface HTMLElementTagNameMap {
    'pairs-panes': PairsPanes;
  }
}

/**
 * The panes of one sample: input, ground truth and a prediction per run. Zoom, cross-hair, swipe and blinking are one for all of
 * them.
 *
 * Keys, while focused: + and − zoom, 0 fits, 9 shows one picture pixel per screen pixel, 8 magnifies until values can be read,
 * Shift with arrows pans; H puts a cross-hair that arrows move, and Escape takes it away.
 *
 * @event pairs-panes-zoom The zoom asked for.
 * @event pairs-panes-swipe Where the divider was left.
 * @event pairs-panes-change `legend` or `sample` is another.
 */
@customElement('pairs-panes')
export class PairsPanes extends LitElement {
  static override styles = styles;

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) row: SampleRow | undefined;
  @property({attribute: false, hasChanged: differBesidesZoom}) view: ViewState = INITIAL_VIEW;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) zoom: Zoom = FIT;
  @property({type: Number}) columns = 1;
  /** Blinking panes show their other side. */
  @property({type: Boolean}) showsOtherSide = false;
  /** Predictions show the ground truth while a key is held. */
  @property({type: Boolean}) peeking = false;
  /** The wheel zooms without Ctrl. */
  @property({type: Boolean, attribute: 'wheel-zooms'}) wheelZooms = false;
  /** CSS pixels; 0 means no limit. */
  @property({type: Number}) tallest = 0;
  /** Panes as cells of a matrix: without captions, in columns of their own. Absent, they stand beside each other. */
  @property({attribute: false}) cells: Cells | undefined;
  /** The grid of the full view, whose box they fill. */
  @property({attribute: false}) stage: StageGrid | undefined;
  /** The pane that is larger than the others there. */
  @property({attribute: false}) large: Side | null = null;

  @state() private heldSwipe: number | undefined;
  @state() private holding = false;
  @queryAll('pairs-pane') private paneElements!: NodeListOf<PairsPane>;

  readonly #content: PanesContent = new PanesContent(this);
  #legend: readonly LegendEntry[] = [];
  #lastSent: {legend: string; sample: SamplePictures | undefined} = {
    legend: '[]',
    sample: undefined,
  };
  readonly #crossHair = new CrossHairPlace(this);

  /** What the panes show now, for exports and for the elements around them. */
  get sample(): SamplePictures | undefined {
    return this.#content.sample;
  }

  get display(): Display | undefined {
    return this.#content.display;
  }

  get panes(): readonly PairsPane[] {
    return [...this.paneElements];
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const viewBefore = changed.get('view') as ViewState | undefined;
    if (viewBefore !== undefined && viewBefore.swipe !== this.view.swipe) {
      // Keys or a link moved the divider: it does not wait for the pointer to leave.
      this.heldSwipe = undefined;
    }
    const old = changed.get('row') as SampleRow | undefined;
    if (old !== undefined && old.id !== this.row?.id) {
      this.#content.clear();
    }
    const gathers = ['model', 'row', 'view', 'source', 'renderContext'].some((name) =>
      changed.has(name),
    );
    this.#content.gather(this, gathers, changed.has('revision'));
    const changesSide = ['showsOtherSide', 'peeking', 'holding', 'heldSwipe'].some((name) =>
      changed.has(name),
    );
    this.#content.build(this, this.heldSwipe, this.#showsOtherSide(), changesSide);
  }

  #showsOtherSide(): boolean {
    return this.peeking || (modeOf(this.view).blinks && (this.holding || this.showsOtherSide));
  }

  protected override render() {
    const frame = this.#content.sample?.frame;
    const {hasLine, blinks} = modeOf(this.view);
    const fraction = this.heldSwipe ?? this.view.swipe;
    const showsOtherSide = this.#showsOtherSide();
    const {cells, stage} = this;
    const names = stage && shortNames(this.model?.runs.map(({run}) => run) ?? []);
    const leading = this.#leading;
    const {pinned} = this.#crossHair;
    const panes = this.#content.panes.filter(({key}) => cells?.places.has(key) ?? true);
    const rest =
      cells === undefined && stage === undefined
        ? (this.columns - (panes.length % this.columns)) % this.columns
        : 0;
    return html`<div
      class="panes ${(stage?.isColumn ?? (cells === undefined && this.columns === 1)) ? 'column' : ''}"
      role="group"
      tabindex="0"
      aria-label=${`Pictures of ${this.row?.id ?? ''}`}
      aria-description=${`Plus and minus zoom, 0 fits, Shift and arrows pan, H shows a cross-hair${stage === undefined ? '' : ', Tab shows one large, then the next'}`}
      style=${styleMap({
        gridTemplateColumns:
          cells?.columns ?? stage?.columns ?? `repeat(${this.columns}, minmax(0, 1fr))`,
        gridTemplateRows: stage?.rows,
        '--pairs-pane-max-height': this.tallest > 0 ? `${String(this.tallest)}px` : undefined,
      })}
      @keydown=${this.#onKeyDown}
      @focusout=${this.#crossHair.unpin}
    >
      ${repeat(
        panes,
        ({key}) => key,
        (pane) => {
          const {a: nameOfA = '', b: nameOfB = ''} = (pane.a && pane.names) ?? {};
          const hasSides = nameOfA !== '';
          const place = cells?.places.get(pane.key);
          const isLarge = stage?.large !== undefined && pane === leading;
          const onStage = stage && placeOnStage(stage, isLarge);
          return html`<pairs-pane
            data-pane=${pane.key}
            style=${styleMap(place === undefined ? {gridArea: isLarge ? stage.large : undefined} : cellStyle(place))}
            .onStage=${onStage}
            ?bare=${cells !== undefined}
            .heading=${names?.get(pane.heading) ?? pane.heading}
            .hint=${hintOf(pane, this.model)}
            .description=${pane.description}
            .color=${pane.color}
            .chips=${chipsOf(cells, pane)}
            .badges=${pane.badges}
            .status=${pane.status}
            .content=${pane.content}
            .frame=${frame}
            .display=${this.#content.display}
            .checkered=${pane.checkered}
            .zoom=${this.zoom}
            .renderContext=${this.renderContext}
            .labels=${pane.labels}
            .cursor=${this.#crossHair.at}
            .tip=${tipOf(pane, this.#crossHair.at, frame)}
            .swipe=${hasLine && hasSides ? {fraction, left: nameOfA, right: nameOfB} : undefined}
            .side=${hasSides && (blinks || showsOtherSide) ? (showsOtherSide ? nameOfA : nameOfB) : ''}
            .holds=${blinks && hasSides}
            .minimap=${pane === leading}
            .wheelZooms=${this.wheelZooms}
            @pairs-pane-refer=${() => this.dispatchEvent(intent({type: 'sides', change: {a: pane.side}}))}
            @pairs-pane-enlarge=${() => this.dispatchEvent(intent({type: 'large', side: isLarge ? null : pane.side}))}
            @pairs-pane-zoom=${({detail}: CustomEvent<Zoom>) => this.#askZoom(detail)}
            @pairs-pane-cursor=${this.#onCursor}
            @pairs-pane-swipe=${this.#onSwipe}
            @pairs-pane-magnify=${this.#onMagnify}
            @pairs-pane-hold=${this.#onHold}
            @pointerleave=${this.#commitSwipe}
            >${paneMenu(pane, this.model?.tag ?? '', this.row?.id ?? '', this)}</pairs-pane
          >`;
        },
      )}
      <div class="unseen" role="status">
        ${pinned === null ? '' : spokenCursor(this.#content.panes, pinned, frame)}
      </div>
      ${rest === 0 ? nothing : html`<div class="rest" style=${styleMap({gridColumn: `span ${rest}`})}></div>`}
    </div>`;
  }

  /** The one that is large, or else the first. */
  get #leading(): PaneModel | undefined {
    const {large} = this;
    const found = large && this.#content.panes.find(({side}) => isSameSide(side, large));
    return found ?? this.#content.panes[0];
  }

  /** What the panes show, in their order. */
  get sides(): readonly Side[] {
    return this.#content.panes.map(({side}) => side);
  }

  /** What the colours mean now; the same array until they mean something else. */
  get legend(): readonly LegendEntry[] {
    return this.#legend;
  }

  focusPictures(): void {
    this.renderRoot.querySelector<HTMLElement>('.panes')?.focus({preventScroll: true});
  }

  protected override updated(): void {
    const sample = this.#content.sample;
    const entries = this.#content.legendOf(this.view);
    const legend = JSON.stringify(entries);
    const isSame = legend === this.#lastSent.legend;
    if (isSame && sample === this.#lastSent.sample) {
      return;
    }
    if (!isSame) {
      this.#legend = entries;
    }
    this.#lastSent = {legend, sample};
    this.dispatchEvent(new CustomEvent('pairs-panes-change'));
  }

  readonly #onCursor = ({detail}: CustomEvent<CursorDetail>): void => {
    this.#crossHair.point(detail);
  };

  readonly #onMagnify = (event: CustomEvent<Point>): void => {
    const pane = (event.currentTarget as PairsPane).paneSize;
    const frame = this.#content.sample?.frame;
    if (frame === undefined) {
      return;
    }
    const size = magnification(this.zoom, pane, frame);
    if (size > READING_SIZE / 2) {
      this.#askZoom(FIT);
    } else {
      this.#askZoom(zoomAbout(this.zoom, READING_SIZE / size, event.detail, pane, frame));
    }
  };

  readonly #onSwipe = ({detail}: CustomEvent<number>): void => {
    this.heldSwipe = detail;
  };

  readonly #onHold = ({detail}: CustomEvent<boolean>): void => {
    this.holding = detail;
  };

  readonly #commitSwipe = (): void => {
    if (this.heldSwipe === undefined) {
      return;
    }
    this.dispatchEvent(
      new CustomEvent('pairs-panes-swipe', {detail: this.heldSwipe, bubbles: true, composed: true}),
    );
    this.heldSwipe = undefined;
  };

  #askZoom(zoom: Zoom): void {
    this.dispatchEvent(
      new CustomEvent('pairs-panes-zoom', {detail: zoom, bubbles: true, composed: true}),
    );
  }

  /** Zooms that menus and buttons ask for. */
  zoomTo(target: ZoomTarget): void {
    const place = this.#place();
    if (place !== undefined && place.pane.width > 0) {
      this.#askZoom(zoomTo(target, place, window.devicePixelRatio));
    }
  }

  #place(): PanePlace | undefined {
    const frame = this.#content.sample?.frame;
    const key = this.#leading?.key;
    const pane = this.panes.find(({dataset}) => dataset.pane === key)?.paneSize;
    return frame === undefined || pane === undefined ? undefined : {zoom: this.zoom, pane, frame};
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const place = this.#place();
    if (opensMenu(event, this.renderRoot, this.#leading)) {
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || place === undefined) {
      return;
    }
    const {pinned} = this.#crossHair;
    const effect = paneKeyEffect(event, place, pinned, window.devicePixelRatio);
    if (effect === null) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (effect.crossHair !== undefined) {
      this.#crossHair.pin(effect.crossHair);
    }
    if (effect.zoom !== undefined) {
      this.#askZoom(effect.zoom);
    }
  };
}

/** Of a prediction: its run, and the hyperparameters of that. */
function hintOf({side}: PaneModel, model: TagModel | undefined): string {
  return model !== undefined && side.of === 'prediction' && side.run !== null
    ? runTitle(model.hparams, side.run)
    : '';
}

function placeOnStage({large}: StageGrid, isLarge: boolean): StagePlace {
  return large === undefined ? 'alike' : isLarge ? 'large' : 'thumb';
}
