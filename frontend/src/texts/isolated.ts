// SPDX-License-Identifier: Apache-2.0
/** Keeps names in right-to-left scripts from reordering the text around them. */

/** Scripts that are written from right to left, and marks that turn the direction. */
const TURNS =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Bidi_Control}]/u;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** Whether some of a text is written from right to left, or turns the direction. */
export function turnsText(text: string): boolean {
  return TURNS.test(text);
}

/**
 * Text of a log for the middle of a sentence that has no elements, such as a title: what it does to the direction ends with it.
 * Where there are elements it stands in a `<bdi>`.
 */
export function isolated(text: string): string {
  if (!turnsText(text)) {
    return text;
  }
  // One that ends an isolate would end this one.
  return `${FIRST_STRONG_ISOLATE}${text.replace(/\p{Bidi_Control}/gu, '')}${POP_ISOLATE}`;
}
