// SPDX-License-Identifier: Apache-2.0
/** Switches the page between light and dark. */
import {TOKENS} from './tokens.js';

export type Theme = 'light' | 'dark';

/** Puts the tokens on the page. */
export function installTheme(page: Document): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(TOKENS);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}

export function setTheme(page: Document, theme: Theme): void {
  page.documentElement.dataset.theme = theme;
}
