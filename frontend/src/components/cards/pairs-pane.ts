// SPDX-License-Identifier: Apache-2.0
/**
 * One pane: a canvas with caption, cross-hair and divider. It paints what it is given and
 * reports gestures as events.
 */
import {LitElement, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {classMap} from 'lit/directives/class-map.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {ModeContent} from '../../modes/mode.js';
import type {Scene} from '../../kinds/scene.js';
import {defaultDisplay} from '../../kinds/registry.js';
import type {Display} from '../../kinds/kind.js';
import {GROUND} from '../../theme/ground.js';
import type {Size} from '../../pixels/raster.js';
import {FIT, type Zoom} from '../../store/view.js';
import {chipStyles} from './card-styles.js';
import {hasChanged} from '../../views/equality.js';
import type {PaneBadge, PaneChip} from '../../views/pane-notes.js';
import {drawLabels, type PixelLabels} from '../../views/pixel-labels.js';
import type {Status} from '../../views/sample-pictures.js';
import type {RenderContext} from '../../views/render-context.js';
import './pairs-minimap.js';
import {clampZoom, paneAt, viewOf, type Point} from '../../views/viewport.js';
import {CanvasSize} from '../behaviors/canvas-size.js';
import {PanePointer} from '../behaviors/pane-pointer.js';
import {SlowLoading} from '../behaviors/slow-loading.js';
import {ZoomGestures} from '../behaviors/zoom-gestures.js';
import {crossHair} from './cross-hair.js';
import {paneCaption, type StagePlace} from './pane-caption.js';
import {styles} from './pairs-pane-styles.js';

declare global {
  interface HTMLElementEventMap {
    'pairs-pane-zoom': CustomEvent<Zoom>;
    'pairs-pane-enlarge': CustomEvent;
    'pairs-pane-refer': CustomEvent;
  }
  interface HTMLElementTagNameMap {
    'pairs-pane': PairsPane;
  }
}

/**
 * One picture, or several compared, with a caption. It shows what it is given: zoom, cross-hair and swipe are shared by the
 * panes around it, so gestures are only reported.
 *
 * @event pairs-pane-zoom The zoom asked for by wheel, pinch or drag.
 * @event pairs-pane-cursor Where in the frame the pointer is.
 * @event pairs-pane-swipe Where the divider was moved, 0 to 1.
 * @event pairs-pane-magnify A double click, where.
 * @event pairs-pane-hold The pointer went down, or up again, on a picture that turns.
 * @event pairs-pane-refer A click on the caption with Alt: what is shown should become A.
 * @event pairs-pane-enlarge It should be the large one of the full view, or no more.
 * @csspart caption
 * @csspart stage What holds the picture.
 */
@customElement('pairs-pane')
export class PairsPane extends LitElement {
  static override styles = [chipStyles, styles];

  @property() heading = '';
  /** What a tooltip says of the heading; empty, the whole of it. */
  @property() hint = '';
  /** What the pictures of this pane are, said to screen readers. */
  @property() description = '';
  /** Of the run's dot; none without. */
  @property() color: string | undefined;
  @property({attribute: false, hasChanged}) chips: readonly PaneChip[] = [];
  @property({attribute: false, hasChanged}) badges: readonly PaneBadge[] = [];
  @property({attribute: false, hasChanged}) status: Status = {state: 'ready'};
  @property({attribute: false, hasChanged}) content: ModeContent | undefined;
  @property({attribute: false, hasChanged}) frame: Size | undefined;
  @property({attribute: false, hasChanged}) display: Display = defaultDisplay;
  /** Transparent parts show squares instead of the dark ground. */
  @property({type: Boolean}) checkered = false;
  @property({attribute: false, hasChanged}) zoom: Zoom = FIT;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  @property({attribute: false}) labels: PixelLabels | undefined;
  /** In the frame; `null` for none. */
  @property({attribute: false}) cursor: Point | null = null;
  @property() tip = '';
  /** What is on either side of the divider, and where that is. */
  @property({attribute: false, hasChanged}) swipe:
    {readonly fraction: number; readonly left: string; readonly right: string} | undefined;
  /** The side of a blinking pane that is seen now. */
  @property() side = '';
  /** Pressing shows the other side. */
  @property({type: Boolean}) holds = false;
  /** Shows where a zoomed pane is. */
  @property({type: Boolean}) minimap = false;
  /** The wheel zooms without Ctrl. */
  @property({type: Boolean, attribute: 'wheel-zooms'}) wheelZooms = false;
  /** A cell of a matrix, which says around it whose it is. */
  @property({type: Boolean}) bare = false;
  /** How it stands in the full view; absent elsewhere. */
  @property({attribute: 'on-stage', reflect: true}) onStage: StagePlace | undefined;

  @query('.stage') private stage!: HTMLElement;
  @query('.picture') private canvas!: HTMLCanvasElement;
  @query('.values') private values!: HTMLCanvasElement;
  @state() private size: Size = {width: 0, height: 0};

  #ratio = 1;
  #clampedZoom: Zoom = FIT;
  #mapScene: Scene | undefined;
  #gestures: ZoomGestures | undefined;
  #sizes: CanvasSize | undefined;
  readonly #loading = new SlowLoading(this);
  readonly #pointer = new PanePointer(this, () => ({
    stage: this.stage,
    size: this.size,
    frame: this.frame,
    zoom: this.#clampedZoom,
    swipes: this.swipe !== undefined,
    holds: this.holds,
  }));

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.#start();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pointer.up();
    this.#gestures?.dispose();
    this.#gestures = undefined;
    this.#sizes?.dispose();
  }

  protected override firstUpdated(): void {
    this.#start();
  }

  #start(): void {
    this.#gestures = new ZoomGestures({
      stage: this.stage,
      wheelIsFree: () => this.wheelZooms,
      canPan: (touch) => this.#clampedZoom.scale > 1 && !(touch && this.swipe !== undefined),
      zoomed: (zoom) => this.dispatchEvent(new CustomEvent('pairs-pane-zoom', {detail: zoom})),
    });
    this.#sizes = new CanvasSize([this.canvas, this.values], (size, ratio) => {
      this.#ratio = ratio;
      this.size = size;
    });
  }

  /** The scene on the canvas, also for exports. Undefined while there is none. */
  sceneFor(pane: Size, ratio: number): Scene | undefined {
    if (this.content === undefined || this.frame === undefined || pane.width === 0) {
      return undefined;
    }
    return {
      ...this.content,
      frame: this.frame,
      view: viewOf(clampZoom(this.zoom, pane, this.frame), pane, this.frame, ratio),
      display: this.display,
      backdrop: this.checkered ? undefined : GROUND,
    };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A zoom that is shared with panes of other sizes may be deeper than this one goes.
    const {frame, size} = this;
    this.#clampedZoom =
      frame === undefined || size.width === 0 ? this.zoom : clampZoom(this.zoom, size, frame);
    // The map shows the whole picture, so moving about in it leaves the map's scene alone.
    if (
      ['content', 'frame', 'display', 'checkered', 'size'].some((key) =>
        changed.has(key as keyof PairsPane),
      )
    ) {
      this.#mapScene = this.sceneFor(this.size, 1);
    }
    if (changed.has('status')) {
      this.#loading.follow(this.status.state === 'loading');
    }
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const paints = [
      'content',
      'frame',
      'display',
      'checkered',
      'zoom',
      'renderContext',
      'size',
    ].some((name) => changed.has(name));
    if (!paints && !changed.has('labels')) {
      return;
    }
    const scene = this.sceneFor(this.size, this.#ratio);
    if (scene === undefined || this.renderContext === undefined || this.frame === undefined) {
      return;
    }
    this.#gestures?.show(this.#clampedZoom, this.size, this.frame);
    if (paints) {
      this.renderContext.painter.follow(this.canvas, scene);
    }
    drawLabels(this.values, this.labels, this.frame, scene.view, this.#ratio, this.display);
  }

  protected override render() {
    const {status} = this;
    const hasPicture = this.content !== undefined;
    const stage = {
      stage: true,
      zoomed: this.#clampedZoom.scale > 1,
      swipes: this.swipe !== undefined,
      stale: this.#loading.isSlow && hasPicture,
    };
    const frame = this.frame ?? {width: 2, height: 1};
    return html`
      <div class="caption" part="caption" @click=${this.#onCaption}>
        ${paneCaption(this, this.#enlarge)}
      </div>
      <div
        class=${classMap(stage)}
        part="stage"
        style=${styleMap({aspectRatio: `var(--pairs-pane-aspect, ${frame.width} / ${frame.height})`})}
        aria-busy=${status.state === 'loading'}
        @pointermove=${this.#pointer.move}
        @pointerdown=${this.#pointer.down}
        @pointerup=${this.#pointer.up}
        @pointercancel=${this.#pointer.up}
        @pointerleave=${this.#pointer.leave}
        @wheel=${{handleEvent: this.#pointer.wheel, passive: true}}
        @click=${this.#onClick}
        @dblclick=${this.#pointer.doubleClick}
      >
        <canvas
          class="picture"
          role="img"
          aria-label=${this.description}
          ?hidden=${!hasPicture}
        ></canvas>
        <canvas class="values" aria-hidden="true" hidden></canvas>
        ${this.#renderSwipe()}
        ${this.side === '' ? nothing : html`<span class="side left">${this.side}</span>`}
        ${this.#renderCursor()}
        ${this.#loading.isSlow ? html`<div class="loading"></div>` : nothing}
        ${
          status.state === 'error' || status.state === 'missing'
            ? html`<div class="state" data-state=${status.state}>
                <strong
                  >${status.state === 'error' ? 'This picture could not be loaded' : 'Nothing here'}</strong
                >
                <span>${status.message}</span>
              </div>`
            : nothing
        }
        ${this.#renderMinimap()}
      </div>
    `;
  }

  #renderMinimap() {
    if (!this.minimap || this.#clampedZoom.scale <= 1 || this.content === undefined) {
      return nothing;
    }
    return html`<pairs-minimap
      .scene=${this.#mapScene}
      .zoom=${this.#clampedZoom}
      .pane=${this.size}
      .renderContext=${this.renderContext}
      @pairs-minimap-move=${({detail}: CustomEvent<Point>) => {
        this.#askZoom({...this.#clampedZoom, ...detail});
      }}
    ></pairs-minimap>`;
  }

  #askZoom(zoom: Zoom): void {
    if (this.frame === undefined) {
      return;
    }
    this.dispatchEvent(
      new CustomEvent('pairs-pane-zoom', {detail: clampZoom(zoom, this.size, this.frame)}),
    );
  }

  #renderSwipe() {
    if (this.swipe === undefined || this.content === undefined) {
      return nothing;
    }
    const {fraction, left, right} = this.swipe;
    return html`<div class="divider" style=${styleMap({left: `${String(fraction * 100)}%`})}></div>
      <span class="side left">${left}</span><span class="side right">${right}</span>`;
  }

  #renderCursor() {
    const {cursor, frame, size} = this;
    if (cursor === null || frame === undefined || size.width === 0 || this.content === undefined) {
      return nothing;
    }
    const at = paneAt(cursor, this.#clampedZoom, size, frame);
    return crossHair(at, size, this.tip, this.swipe !== undefined);
  }

  /** With Alt, what is shown here becomes A. */
  #onCaption({altKey}: MouseEvent): void {
    if (altKey) {
      this.dispatchEvent(new CustomEvent('pairs-pane-refer'));
    }
  }

  readonly #enlarge = (): void => {
    this.dispatchEvent(new CustomEvent('pairs-pane-enlarge'));
  };

  #onClick(): void {
    if (this.onStage === 'thumb') {
      this.#enlarge();
    }
  }

  /** The size of the picture's box, in CSS pixels. */
  get paneSize(): Size {
    return this.size;
  }
}
