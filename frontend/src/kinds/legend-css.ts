// SPDX-License-Identifier: Apache-2.0
/** CSS backgrounds of the marks of a legend. */

export function swatchCss(color: string, stripe: string | undefined): string {
  return stripe === undefined
    ? color
    : `repeating-linear-gradient(45deg, ${color} 0 3px, ${stripe} 3px 6px)`;
}

export function discCss(rim: readonly string[]): string {
  return `radial-gradient(closest-side, #fff, #fff0), conic-gradient(from 90deg, ${rim.join(', ')})`;
}

/** From low to high. */
export function scaleCss(colors: readonly string[]): string {
  return `linear-gradient(to right, ${colors.join(', ')})`;
}
