// SPDX-License-Identifier: Apache-2.0
/** What all samples of an exported page share: the step, swiping and zoom. */
import {clamp} from '../../clamp.js';

/** How many times as large as the pane a picture is shown at most. */
const DEEPEST = 64;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Changes are told to the listeners; zoom and divider are CSS variables of `root`, which no pane has to follow. */
export class View {
  #step: number;
  #swipes = false;
  #divider = 0.5;
  #scale = 1;
  /** What is in the middle of each pane, in fractions of the picture. */
  #center: Place = {x: 0.5, y: 0.5};
  readonly #listeners: (() => void)[] = [];
  readonly #stepListeners: (() => void)[] = [];

  constructor(
    private readonly root: HTMLElement,
    private readonly steps: number,
  ) {
    this.#step = steps - 1;
  }

  get step(): number {
    return this.#step;
  }

  get swipes(): boolean {
    return this.#swipes;
  }

  /** Where the divider is, from 0 at the left to 1. */
  get divider(): number {
    return this.#divider;
  }

  get scale(): number {
    return this.#scale;
  }

  /** Tells of modes, divider and zoom, all the while they are dragged. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Tells of the step. */
  onStep(listener: () => void): void {
    this.#stepListeners.push(listener);
  }

  /** To be called once all listen. */
  show(): void {
    tell(this.#stepListeners);
    this.#update();
  }

  goTo(step: number): void {
    this.#step = clamp(step, 0, this.steps - 1);
    tell(this.#stepListeners);
  }

  setSwipes(on: boolean): void {
    this.#swipes = on;
    this.#update();
  }

  moveDivider(to: number): void {
    this.#divider = clamp(to, 0, 1);
    this.#update();
  }

  /** Zooms about a place of the panes, in fractions of their size. */
  zoomBy(factor: number, about: Place = {x: 0.5, y: 0.5}): void {
    const scale = clamp(this.#scale * factor, 1, DEEPEST);
    const moved = 1 / this.#scale - 1 / scale;
    this.#scale = scale;
    this.#centerOn({
      x: this.#center.x + (about.x - 0.5) * moved,
      y: this.#center.y + (about.y - 0.5) * moved,
    });
  }

  /** Moves the pictures, in fractions of the panes' size. */
  panBy(x: number, y: number): void {
    this.#centerOn({x: this.#center.x - x / this.#scale, y: this.#center.y - y / this.#scale});
  }

  fit(): void {
    this.#scale = 1;
    this.#centerOn({x: 0.5, y: 0.5});
  }

  #update(): void {
    const {style, classList} = this.root;
    const shift = (center: number): string => `${(0.5 - center * this.#scale) * 100}%`;
    style.setProperty('--zoom', String(this.#scale));
    style.setProperty('--shift-x', shift(this.#center.x));
    style.setProperty('--shift-y', shift(this.#center.y));
    style.setProperty('--divider', `${this.#divider * 100}%`);
    classList.toggle('zoomed', this.#scale > 1);
    classList.toggle('swipes', this.#swipes);
    tell(this.#listeners);
  }

  #centerOn({x, y}: Place): void {
    const half = 0.5 / this.#scale;
    this.#center = {x: clamp(x, half, 1 - half), y: clamp(y, half, 1 - half)};
    this.#update();
  }
}

function tell(listeners: readonly (() => void)[]): void {
  for (const listener of listeners) {
    listener();
  }
}
