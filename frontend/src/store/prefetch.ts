// SPDX-License-Identifier: Apache-2.0
/** Which steps to fetch before they are asked for. */
import type {Step} from '../api/types.js';

/** Which way the slider moved last: 1 to newer steps, -1 to older ones, 0 not yet. */
export type Direction = -1 | 0 | 1;

/** Until the page is laid out, this many samples at its top count as visible. */
export const FIRST_SAMPLES = 2;

/** Steps fetched ahead while the slider rests, in the direction it moved and against it. */
const AHEAD = 4;
const BEHIND = 1;
/** Steps fetched ahead of playback. */
const PLAY_AHEAD = 12;

/** The steps worth having before they are asked for, the likeliest first. */
export function stepsAhead(
  steps: readonly Step[],
  index: number,
  direction: Direction,
  playback: {readonly playing: boolean; readonly loop: boolean},
): readonly Step[] {
  if (index < 0) {
    return [];
  }
  const offsets: number[] = [];
  if (playback.playing) {
    for (let ahead = 1; ahead <= PLAY_AHEAD; ahead++) {
      offsets.push(ahead);
    }
  } else if (direction === 0) {
    offsets.push(-1, 1, -2, 2);
  } else {
    for (let ahead = 1; ahead <= AHEAD; ahead++) {
      offsets.push(ahead * direction);
    }
    for (let behind = 1; behind <= BEHIND; behind++) {
      offsets.push(-behind * direction);
    }
  }
  const wraps = playback.playing && playback.loop;
  const places = offsets.map((offset) =>
    wraps ? (index + offset) % steps.length : index + offset,
  );
  const distinct = new Set(places.filter((place) => place !== index));
  return [...distinct].flatMap((place) => steps[place] ?? []);
}

export function directionOf(before: number, after: number, last: Direction): Direction {
  if (before < 0 || after < 0 || before === after) {
    return last;
  }
  return after > before ? 1 : -1;
}
