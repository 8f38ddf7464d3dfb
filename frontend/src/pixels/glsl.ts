// SPDX-License-Identifier: Apache-2.0
/** Constants of TypeScript as GLSL, for the operations' own GLSL. */
import {opaque, type Color, type Rgba} from './color.js';

export function rgba(color: Rgba): string {
  const channels = [color & 255, (color >> 8) & 255, (color >> 16) & 255, color >>> 24];
  return `vec4(${channels.map((value) => (value / 255).toFixed(8)).join()})`;
}

export function rgb(color: Color): string {
  return `${rgba(opaque(color))}.rgb`;
}

/** `table[2 first + second]` */
export function choose(table: Uint32Array, first: string, second: string): string {
  const [neither, onlySecond, onlyFirst, both] = [...table].map(rgba) as [
    string,
    string,
    string,
    string,
  ];
  return `(${first} ? (${second} ? ${both} : ${onlyFirst}) : (${second} ? ${onlySecond} : ${neither}))`;
}
