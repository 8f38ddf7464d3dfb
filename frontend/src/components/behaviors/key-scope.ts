// SPDX-License-Identifier: Apache-2.0
/** What has the keys: the sample in which one was pressed, and the element that has the focus. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {CommandScope} from '../../store/command.js';
import type {OpenSample} from '../../store/view.js';
import type {Point} from '../../views/viewport.js';

/** A key that is pressed in a sample is about that sample; what is pointed at is `pointed`, or else that sample. */
export function scopeAt(
  event: Event,
  scope: CommandScope,
  pointed: OpenSample | null,
): CommandScope {
  const focused = sampleAt(event);
  return {
    ...scope,
    subject: focused ?? scope.subject,
    pointed: scope.pointed ?? pointed ?? focused,
  };
}

export function deepFocus(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement;
  }
  return element instanceof HTMLElement ? element : null;
}

/** Whether the focus was moved by keys: a press of the mouse moves it too, and leaves no ring. */
export function isKeyFocus(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && target.matches(':focus-visible');
}

/** The sample that an event happened in. */
function sampleAt(event: Event): OpenSample | null {
  return sampleOf(event.composedPath());
}

/** The sample in a tree that has the focus, which would be lost with what is drawn of it. */
export function focusedSample(root: ParentNode): string | undefined {
  return root.querySelector<HTMLElement>('[data-sample]:focus-within')?.dataset.sample;
}

/** Layouts mark what belongs to a sample by `data-sample`, and sections by `data-tag`. */
function sampleOf(path: Iterable<EventTarget>): OpenSample | null {
  let sample: string | undefined;
  for (const element of path) {
    if (!(element instanceof HTMLElement)) {
      continue;
    }
    sample ??= element.dataset.sample;
    const {tag} = element.dataset;
    if (tag !== undefined) {
      return sample === undefined ? null : {tag, sample};
    }
  }
  return null;
}

/** What lies at a place of the window, from the inside out. */
function* pathAt({x, y}: Point): Iterable<Node> {
  let inmost: Element | null = null;
  let found = document.elementFromPoint(x, y);
  while (found !== null && found !== inmost) {
    inmost = found;
    found = inmost.shadowRoot?.elementFromPoint(x, y) ?? null;
  }
  let node: Node | null = inmost;
  while (node !== null) {
    yield node;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
}

/**
 * The sample that is pointed at; none once keys move the focus, as then the focus is meant.
 *
 * What lies under the pointer is looked up when it is asked for: sorting, scrolling and new data move samples under a
 * pointer that rests.
 */
export class PointedSample implements ReactiveController {
  #at: Point | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  get sample(): OpenSample | null {
    return this.#at && sampleOf(pathAt(this.#at));
  }

  hostConnected(): void {
    // Not `pointerover`, which also comes where keys move samples under a pointer that rests: then the focus is meant.
    this.host.addEventListener('pointermove', this.#onPointer);
    this.host.addEventListener('wheel', this.#onPointer, {passive: true});
    this.host.addEventListener('focusin', this.#onFocus);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('pointermove', this.#onPointer);
    this.host.removeEventListener('wheel', this.#onPointer);
    this.host.removeEventListener('focusin', this.#onFocus);
  }

  readonly #onPointer = ({clientX: x, clientY: y}: MouseEvent): void => {
    this.#at = {x, y};
  };

  readonly #onFocus = (event: Event): void => {
    if (isKeyFocus(event)) {
      this.#at = null;
    }
  };
}
