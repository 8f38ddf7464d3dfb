// SPDX-License-Identifier: Apache-2.0
/** How wide an element is, for elements that lay out by it. */
import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The width of the host's content in CSS pixels; 0 until it was measured. The host updates when it changes. */
export class ElementWidth implements ReactiveController {
  value = 0;
  readonly #sizes = new ResizeObserver(([entry]) => {
    if (entry !== undefined && entry.contentRect.width !== this.value) {
      this.value = entry.contentRect.width;
      this.host.requestUpdate();
    }
  });

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#sizes.observe(this.host);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
  }
}
