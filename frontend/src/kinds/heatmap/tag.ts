// SPDX-License-Identifier: Apache-2.0
/** What a tag says of its heatmaps alone. */
import {optional, readOneOf, readRange, readText} from '../../api/reading.js';
import type {TagKind} from '../../api/types.js';
import type {Range} from '../../pixels/raster.js';
import {bitsPhrase, rangePhrase, type TagPhrase, type TagPlace} from '../tag-phrases.js';

export interface HeatmapTagFacts {
  readonly bits?: 8 | 16 | 32;
  /** Absent: each picture's own range holds. */
  readonly range?: Range;
  readonly colormap?: string;
  readonly unit?: string;
}

export function readTag(tag: TagKind): HeatmapTagFacts {
  return {
    ...optional(tag, 'bits', 'kind', (bits, where) => readOneOf(bits, where, [8, 16, 32])),
    ...optional(tag, 'range', 'kind', readRange),
    ...optional(tag, 'colormap', 'kind', readText),
    ...optional(tag, 'unit', 'kind', readText),
  };
}

export function describeTag(
  {bits, range, unit}: HeatmapTagFacts,
  place: TagPlace,
): readonly TagPhrase[] {
  return [
    ...bitsPhrase(bits, place),
    ...rangePhrase(range, place),
    ...(unit === undefined ? [] : [{phrase: [`in ${unit}`], isAtHead: true} as const]),
  ];
}
