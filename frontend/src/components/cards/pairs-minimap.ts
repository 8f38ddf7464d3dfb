// SPDX-License-Identifier: Apache-2.0
import {LitElement, css, html} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {Scene} from '../../paint/scene.js';
import {FIT, type Zoom} from '../../store/view.js';
import type {Studio} from './studio.js';
import {seenPart, viewOf, type Point} from './viewport.js';
import type {Size} from '../../render/types.js';

/** CSS pixels of the longer side. */
const LENGTH = 88;

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
      background: #11151a;
      box-shadow: 0 1px 4px #0008;
      cursor: crosshair;
      touch-action: none;
    }
    .map {
      position: relative;
    }
    canvas {
      display: block;
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
  @property({attribute: false}) studio: Studio | undefined;

  @query('canvas') private canvas!: HTMLCanvasElement;

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('scene') || this.scene === undefined) return;
    const {frame, layers, outlines, display, backdrop} = this.scene;
    const size = mapSize(frame);
    const ratio = window.devicePixelRatio;
    this.canvas.width = Math.round(size.width * ratio);
    this.canvas.height = Math.round(size.height * ratio);
    this.studio?.painter.paint(this.canvas, {
      layers,
      outlines,
      display,
      backdrop,
      frame,
      view: viewOf(FIT, size, frame, ratio),
    });
  }

  protected override render() {
    const size = mapSize(this.scene?.frame ?? {width: 1, height: 1});
    const seen = this.scene === undefined ? undefined : seenPart(this.zoom, this.pane, this.scene.frame);
    return html`<div
      class="map"
      style=${styleMap({width: `${String(size.width)}px`, height: `${String(size.height)}px`})}
      @pointerdown=${this.#onPointer}
      @pointermove=${this.#onPointer}
      @dblclick=${(event: Event) => {
        event.stopPropagation();
      }}
    >
      <canvas aria-hidden="true"></canvas>
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
    if (event.type === 'pointerdown') (event.currentTarget as Element).setPointerCapture(event.pointerId);
    if (event.buttons !== 1) return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const detail = {x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height};
    this.dispatchEvent(new CustomEvent<Point>('pairs-minimap-move', {detail}));
  }
}

function mapSize({width, height}: Size): Size {
  const scale = LENGTH / Math.max(width, height);
  return {width: Math.max(12, Math.round(width * scale)), height: Math.max(12, Math.round(height * scale))};
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
