// SPDX-License-Identifier: Apache-2.0
/** The lines that outlines are drawn as, in the words of the legend. */
import type {LegendEntry} from '../kinds/legend.js';
import type {Lines} from './mode.js';

export function lineOfA({names}: Lines): LegendEntry {
  return {type: 'line', dashed: false, text: names.a};
}

export function lineOfB({names}: Lines): LegendEntry {
  return {type: 'line', dashed: true, text: names.b};
}

/** Of modes that draw them on a base only. */
export function linesOnBase(lines: Lines): readonly LegendEntry[] {
  const {overlay, isLaid, hasBorders} = lines;
  return hasBorders && isLaid && overlay.outlines ? [lineOfA(lines), lineOfB(lines)] : [];
}
