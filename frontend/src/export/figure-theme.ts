// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the colours of the page's theme from its style sheet, for canvases and files that have
 * none.
 */
import type {FigureTheme} from './stills.js';

/** The colours of the page's theme, for canvases and files that have no style sheet of ours. */
export function figureTheme(
  element: Element,
  sizes: Pick<FigureTheme, 'widestBox' | 'widest'>,
): FigureTheme {
  const style = getComputedStyle(element);
  const resolve = (color: string): string => {
    const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
    return name === undefined ? color : style.getPropertyValue(name).trim();
  };
  return {
    ...sizes,
    resolve,
    colors: {
      surface: resolve('var(--pairs-color-surface)'),
      ink: resolve('var(--pairs-color-ink)'),
      quiet: resolve('var(--pairs-color-ink-2)'),
      warning: resolve('var(--pairs-color-warning)'),
      pane: resolve('var(--pairs-color-pane)'),
      onPane: '#c9d1d9',
    },
  };
}
