// SPDX-License-Identifier: Apache-2.0
/** The zooms of single samples, which cards and rows of a matrix keep alike. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {intent} from '../../store/intents.js';
import {FIT, type ViewState, type Zoom} from '../../store/view.js';

/** The zooms of single samples, while a zoom holds for one of them only. */
export class SampleZooms implements ReactiveController {
  #zooms: ReadonlyMap<string, Zoom> = new Map();
  #zoomAll = true;

  constructor(private readonly host: ReactiveControllerHost & EventTarget) {
    host.addController(this);
  }

  hostConnected(): void {
    this.clear();
  }

  /** Of the view that is shown now. */
  follow({zoomAll}: ViewState): void {
    if (zoomAll && !this.#zoomAll) {
      this.clear();
    }
    this.#zoomAll = zoomAll;
  }

  clear(): void {
    this.#zooms = new Map();
  }

  of(sample: string, {zoomAll, zoom}: ViewState): Zoom {
    if (zoomAll || this.#zooms.size === 0) {
      return zoom;
    }
    return this.#zooms.get(sample) ?? FIT;
  }

  set(sample: string, zoom: Zoom): void {
    if (!this.#zoomAll) {
      this.#zooms = new Map(this.#zooms).set(sample, zoom);
      this.host.requestUpdate();
    }
    this.host.dispatchEvent(intent({type: 'zoom', zoom}));
  }
}
