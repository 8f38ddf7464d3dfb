// SPDX-License-Identifier: Apache-2.0
/** Filters of names by regular expression, for the lists of runs and tags. */

/** What a filter typed by the user lets through; `error` says why a regular expression is invalid, and then all passes. */
export interface Filter {
  readonly test: (text: string) => boolean;
  readonly error: string | null;
}

/** A regular expression found anywhere in the text, in any case, as in TensorBoard's own filters. */
export function regexpFilter(source: string): Filter {
  if (source === '') {
    return {test: () => true, error: null};
  }
  try {
    const expression = new RegExp(source, 'i');
    return {test: (text) => expression.test(text), error: null};
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^.*\/i?: /, '') : 'not a regular expression';
    return {test: () => true, error: reason};
  }
}
