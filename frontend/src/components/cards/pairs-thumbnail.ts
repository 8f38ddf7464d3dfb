// SPDX-License-Identifier: Apache-2.0
/** A small picture without zoom or gestures, for film strip, minimap, table and tiles. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import type {ModeContent} from '../../modes/mode.js';
import {defaultDisplay} from '../../kinds/registry.js';
import type {Display} from '../../kinds/kind.js';
import {GROUND} from '../../theme/ground.js';
import type {Rect, Size} from '../../pixels/raster.js';
import {FIT} from '../../store/view.js';
import {hasChanged} from '../../views/equality.js';
import type {RenderContext} from '../../views/render-context.js';
import type {SharedPlace} from '../../views/shared-place.js';
import {canvasSize, viewOf} from '../../views/viewport.js';
import {setCanvasSize} from '../behaviors/canvas-size.js';

/** A strip has many of them. */
const MOST_SAMPLES = 8;

export interface SharedCanvas extends SharedPlace {
  readonly canvas: HTMLCanvasElement;
}

/** A picture, whole and small. It fills the box it is given; what it shows is said beside it. */
@customElement('pairs-thumbnail')
export class PairsThumbnail extends LitElement {
  static override styles = css`
    :host {
      display: block;
      background: var(--pairs-color-pane);
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
    canvas[hidden] {
      visibility: hidden;
    }
  `;

  @property({attribute: false, hasChanged}) content: ModeContent | undefined;
  @property({attribute: false, hasChanged}) frame: Size | undefined;
  @property({attribute: false, hasChanged}) display: Display | undefined;
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** CSS pixels of the box, where they are known: asking the page for many lays it out as many times. */
  @property({attribute: false, hasChanged}) box: Size | undefined;

  /** Shown there instead: a browser takes a layer for each canvas, and time for each layer at each frame. */
  @property({attribute: false}) shared: SharedCanvas | undefined;

  /** None where the picture is shown on a shared one. */
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  protected override updated(): void {
    const {content, frame, renderContext} = this;
    const box = this.box ?? {width: this.offsetWidth, height: this.offsetHeight};
    const ratio = window.devicePixelRatio;
    if (
      content === undefined ||
      frame === undefined ||
      renderContext === undefined ||
      box.width === 0
    ) {
      this.#clear(box, ratio);
      return;
    }
    const {layers, outlines, smooth} = content;
    const scene = {
      layers,
      outlines,
      frame,
      view: viewOf(FIT, box, frame, ratio),
      display: this.display ?? defaultDisplay,
      backdrop: GROUND,
      mostSamples: MOST_SAMPLES,
      smooth,
    };
    const {shared, canvas} = this;
    if (shared !== undefined) {
      renderContext.painter.paint(shared.canvas, scene, partOf(shared, box, ratio));
    } else if (canvas !== null) {
      setCanvasSize(canvas, canvasSize(box, ratio));
      renderContext.painter.paint(canvas, scene);
    }
  }

  /** Leaves nothing of what was there before on a shared canvas; an own one is hidden. */
  #clear(box: Size, ratio: number): void {
    if (this.shared !== undefined) {
      const {x, y, width, height} = partOf(this.shared, box, ratio);
      this.shared.canvas.getContext('2d')?.clearRect(x, y, width, height);
    }
  }

  protected override render() {
    return this.shared === undefined
      ? html`<canvas aria-hidden="true" ?hidden=${this.content === undefined}></canvas>`
      : nothing;
  }
}

/** In the canvas's pixels. */
function partOf({x, y}: SharedPlace, box: Size, ratio: number): Rect {
  return {x: Math.round(x * ratio), y: Math.round(y * ratio), ...canvasSize(box, ratio)};
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-thumbnail': PairsThumbnail;
  }
}
