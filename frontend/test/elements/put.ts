// SPDX-License-Identifier: Apache-2.0
/** Puts one element on an empty page, and keeps what it sends. */
import {installTheme} from '../../src/theme/theme.js';

const EVENTS = [
  'pairs-blind-start',
  'pairs-full-zoom',
  'pairs-intent',
  'pairs-menu-choose',
  'pairs-minimap-move',
  'pairs-pane-cursor',
  'pairs-pane-hold',
  'pairs-pane-magnify',
  'pairs-pane-refer',
  'pairs-pane-swipe',
  'pairs-pane-zoom',
  'pairs-panes-swipe',
  'pairs-panes-zoom',
  'pairs-split-done',
  'pairs-visible-film',
  'pairs-visible-samples',
] as const;

/** The details of the events that the element sent, by type, in their order. */
let sent = new Map<string, unknown[]>();

/** The details of the events of a type that were sent since the last call. */
export function take(type: string): unknown[] {
  const details = sent.get(type) ?? [];
  sent.delete(type);
  return details;
}

export function put(element: HTMLElement): void {
  installTheme(document);
  // Of its own: the element before it may still send what it has to say.
  const own = new Map<string, unknown[]>();
  sent = own;
  for (const type of EVENTS) {
    element.addEventListener(type, (event) => {
      own.set(type, [...(own.get(type) ?? []), (event as CustomEvent).detail]);
    });
  }
  document.body.style.cssText = 'margin: 0';
  document.body.replaceChildren(element);
  window.scrollTo(0, 0);
}

/** A button of the page itself, before and after the element: where the focus comes from, and goes to. */
export function putBetweenButtons(element: HTMLElement): void {
  put(element);
  const [before, after] = ['Before', 'After'].map((text) => {
    const button = document.createElement('button');
    button.textContent = text;
    return button;
  });
  document.body.prepend(before!);
  document.body.append(after!);
}
