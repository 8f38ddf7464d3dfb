// SPDX-License-Identifier: Apache-2.0
/** The small overview on a zoomed pane: click or drag in it to move the zoom. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Scene} from '../../kinds/scene.js';
import {FIT, type Zoom} from '../../store/view.js';
import type {RenderContext} from '../../views/render-context.js';
import './pairs-thumbnail.js';
import {seenPart, type Point} from '../../views/viewport.js';
import type {Size} from '../../pixels/raster.js';

/** CSS pixels of the longer side: a part of the pane's, within limits. */
const SHARE = 0.28;
const SHORTEST = 44;
const LONGEST = 140;

/**
 * The whole picture, small, and the part of it that a zoomed pane shows.
 *
 * @event pairs-minimap-move The place, as fractions of the picture, that should come to the middle of the pane.
 */
@customElement('pairs-minimap')
export class PairsMinimap extends LitElement {
  static override styles = css`
    :host {
      display: block;
      border: 1px solid #fff8;
      border-radius: 4px;
      overflow: hidden;
      background: var(--pairs-color-ground);
      box-shadow: 0 1px 4px #0008;
      cursor: crosshair;
      touch-action: none;
    }
    .map {
      position: relative;
    }
    pairs-thumbnail {
      width: 100%;
      height: 100%;
    }
    .seen {
      position: absolute;
      box-sizing: border-box;
      min-width: 4px;
      min-height: 4px;
      border: 1.5px solid #fff;
      box-shadow: 0 0 0 200px #0008;
      pointer-events: none;
    }
  `;

  /** What the pane shows. */
  @property({attribute: false}) scene: Scene | undefined;
  @property({attribute: false}) zoom: Zoom = FIT;
  @property({attribute: false}) pane: Size = {width: 1, height: 1};
  @property({attribute: false}) renderContext: RenderContext | undefined;

  protected override render() {
    const size = mapSize(this.scene?.frame ?? {width: 1, height: 1}, this.pane);
    const seen =
      this.scene === undefined ? undefined : seenPart(this.zoom, this.pane, this.scene.frame);
    return html`<div
      class="map"
      style=${styleMap({width: `${String(size.width)}px`, height: `${String(size.height)}px`})}
      @pointerdown=${this.#onPointer}
      @pointermove=${this.#onPointer}
      @mousedown=${keepToSelf}
      @touchstart=${keepToSelf}
      @dblclick=${keepToSelf}
    >
      <pairs-thumbnail
        .content=${this.scene}
        .frame=${this.scene?.frame}
        .display=${this.scene?.display}
        .renderContext=${this.renderContext}
      ></pairs-thumbnail>
      <div
        class="seen"
        style=${styleMap({
          left: percent(seen?.x),
          top: percent(seen?.y),
          width: percent(seen?.width),
          height: percent(seen?.height),
        })}
      ></div>
    </div>`;
  }

  #onPointer(event: PointerEvent): void {
    event.stopPropagation();
    if (event.type === 'pointerdown') {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
    if (event.buttons !== 1) {
      return;
    }
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const detail = {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
    };
    this.dispatchEvent(new CustomEvent<Point>('pairs-minimap-move', {detail}));
  }
}

/** A drag here is none on the pane behind, whose gestures listen to the mouse and to touches. */
function keepToSelf(event: Event): void {
  event.stopPropagation();
}

function mapSize({width, height}: Size, pane: Size): Size {
  const length = Math.min(
    Math.max(SHARE * Math.min(pane.width, 2 * pane.height), SHORTEST),
    LONGEST,
  );
  const scale = length / Math.max(width, height);
  return {
    width: Math.max(12, Math.round(width * scale)),
    height: Math.max(12, Math.round(height * scale)),
  };
}

function percent(fraction: number | undefined): string {
  return `${String(100 * (fraction ?? 0))}%`;
}

declare global {
  interface HTMLElementEventMap {
    'pairs-minimap-move': CustomEvent<Point>;
  }
  interface HTMLElementTagNameMap {
    'pairs-minimap': PairsMinimap;
  }
}
