// SPDX-License-Identifier: Apache-2.0
/** How numbers stand on the page: their text, with the number in full and what it is of where a test can read it. */
import {html, type TemplateResult} from 'lit';
import type {Phrase, ScopedNumber} from '../texts/scoped-number.js';

export function showNumber({text, value, scope}: ScopedNumber): TemplateResult {
  return html`<data value=${value} data-scope=${JSON.stringify(scope)}>${text}</data>`;
}

export function showPhrase(phrase: Phrase): readonly (string | TemplateResult)[] {
  return phrase.map((part) => (typeof part === 'string' ? part : showNumber(part)));
}
