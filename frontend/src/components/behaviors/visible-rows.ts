// SPDX-License-Identifier: Apache-2.0
/**
 * Observes which rows of a list are on the screen, so that a list creates and fetches only
 * these.
 */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {FIRST_SAMPLES} from '../../store/prefetch.js';

/** How far beyond the page's edges rows are made already, so that scrolling finds them drawn. */
const MARGIN = '320px 0px';

/** Which rows of a list are on or near the screen, by what they are of, and how high they were. */
export class VisibleRows implements ReactiveController {
  readonly #seen = new Set<string>();
  readonly #heights = new Map<string, number>();
  readonly #followed = new Set<HTMLElement>();
  #observer: IntersectionObserver | undefined;
  /** Tells heights without asking for a layout. */
  #sizes: ResizeObserver | undefined;
  #lastHeight: number | undefined;
  #lastSent = '[]';
  #isKnown = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly tell: (samples: readonly string[]) => void,
    /** What a row is of: a sample, unless each shows several. */
    private readonly keyOf = ({dataset}: HTMLElement): string => dataset.sample ?? '',
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#sizes?.disconnect();
    this.#sizes = undefined;
    this.#followed.clear();
    this.#seen.clear();
    this.#tell();
    this.#isKnown = false;
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  /** Until the rows were laid out, the first ones count as visible, so that they are made at once. */
  isVisible(sample: string, place: number): boolean {
    return this.#isKnown ? this.#seen.has(sample) : place < FIRST_SAMPLES;
  }

  /** Of a row that was never seen, that of another. */
  heightOf(sample: string): number | undefined {
    return this.#heights.get(sample) ?? this.#lastHeight;
  }

  clear(): void {
    this.#seen.clear();
    this.#heights.clear();
  }

  /** Follows these rows and no others. */
  follow(rows: Iterable<HTMLElement>): void {
    this.#observer ??= new IntersectionObserver(
      (entries) => {
        this.#onIntersect(entries);
      },
      {rootMargin: MARGIN, scrollMargin: MARGIN} as IntersectionObserverInit,
    );
    this.#sizes ??= new ResizeObserver((entries) => {
      for (const {target, contentRect} of entries) {
        if (target.childElementCount > 0 && contentRect.height > 0) {
          this.#lastHeight = contentRect.height;
        }
      }
    });
    const current = new Set(rows);
    for (const row of this.#followed) {
      if (current.has(row)) {
        continue;
      }
      this.#observer.unobserve(row);
      this.#sizes.unobserve(row);
      this.#followed.delete(row);
    }
    const samples = new Set<string>();
    for (const row of current) {
      samples.add(this.keyOf(row));
      if (this.#followed.has(row)) {
        continue;
      }
      this.#followed.add(row);
      this.#observer.observe(row);
      this.#sizes.observe(row);
    }
    for (const sample of this.#seen) {
      if (!samples.has(sample)) {
        this.#seen.delete(sample);
      }
    }
    this.#tell();
  }

  #onIntersect(entries: readonly IntersectionObserverEntry[]): void {
    let isDirty = !this.#isKnown;
    this.#isKnown = true;
    for (const {target, isIntersecting, boundingClientRect} of entries) {
      const sample = this.keyOf(target as HTMLElement);
      if (isIntersecting === this.#seen.has(sample)) {
        continue;
      }
      if (!isIntersecting && target.matches(':focus-within')) {
        // With the row the focus would go.
        target.addEventListener('focusout', this.#onFocusLeft, {once: true});
        continue;
      }
      isDirty = true;
      if (isIntersecting) {
        this.#seen.add(sample);
      } else {
        this.#seen.delete(sample);
        if (boundingClientRect.height > 0) {
          this.#heights.set(sample, boundingClientRect.height);
        }
      }
    }
    if (isDirty) {
      this.host.requestUpdate();
    }
  }

  /** The observer tells where a row is that it begins to observe. */
  readonly #onFocusLeft = ({currentTarget}: Event): void => {
    const row = currentTarget as HTMLElement;
    if (this.#followed.has(row)) {
      this.#observer?.unobserve(row);
      this.#observer?.observe(row);
    }
  };

  /** In the order of the rows. */
  #tell(): void {
    const samples = [...this.#followed].map(this.keyOf).filter((sample) => this.#seen.has(sample));
    const text = JSON.stringify(samples);
    if (text === this.#lastSent) {
      return;
    }
    this.#lastSent = text;
    this.tell(samples);
  }
}
