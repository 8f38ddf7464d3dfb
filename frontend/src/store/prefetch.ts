// SPDX-License-Identifier: Apache-2.0
/** Which steps to fetch before they are asked for. */
import type {Step} from '../api/types.js';

/** Which way the slider moved last: 1 to newer steps, -1 to older ones, 0 not yet. */
export type Direction = -1 | 0 | 1;

/** Until the page is laid out, this many samples at its top count as visible. */
export const FIRST_SAMPLES = 2;

/** So many steps in a row are fetched in one request. */
const GROUP = 4;
/** Steps fetched around the one shown before the slider moved, the likeliest first. */
const AROUND = [-1, 1, -2, 2];
/** Steps fetched against the direction of the slider: as many as are there on either side of one that has not moved. */
const BEHIND = 2;
/** Steps fetched ahead of playback. */
const PLAY_AHEAD = 12;

/** The steps worth having before they are asked for, the likeliest first, by the requests that fetch them. */
export function stepsAhead(
  steps: readonly Step[],
  index: number,
  direction: Direction,
  playback: {readonly playing: boolean; readonly loop: boolean},
): readonly (readonly Step[])[] {
  if (index < 0) {
    return [];
  }
  const groups = playback.playing
    ? inGroups(index, PLAY_AHEAD)
    : direction === 0
      ? [AROUND.map((offset) => index + offset)]
      : [...groupsAhead(index, direction), behind(index, direction)];
  const wraps = playback.playing && playback.loop;
  const seen = new Set([index]);
  return groups
    .map((group) =>
      group.flatMap((place) => {
        const at = wraps ? place % steps.length : place;
        const isNew = !seen.has(at);
        seen.add(at);
        return (isNew ? steps[at] : undefined) ?? [];
      }),
    )
    .filter((group) => group.length > 0);
}

/**
 * The rest of the group that `index` is in, and the next one. Groups begin at fixed steps: a slider that moves on by one step wants
 * nothing new until it enters the next group, and then all of one.
 */
function groupsAhead(index: number, direction: -1 | 1): readonly (readonly number[])[] {
  const first = Math.floor(index / GROUP) * GROUP;
  const group = Array.from({length: GROUP}, (_, i) => first + i);
  const own = group.filter((place) => (place - index) * direction > 0);
  const next = group.map((place) => place + GROUP * direction);
  return direction > 0 ? [own, next] : [own.reverse(), next.reverse()];
}

function behind(index: number, direction: -1 | 1): readonly number[] {
  return Array.from({length: BEHIND}, (_, i) => index - (i + 1) * direction);
}

function inGroups(index: number, count: number): readonly (readonly number[])[] {
  return Array.from({length: count / GROUP}, (_, group) =>
    Array.from({length: GROUP}, (__, i) => index + 1 + group * GROUP + i),
  );
}

export function directionOf(before: number, after: number, last: Direction): Direction {
  if (before < 0 || after < 0 || before === after) {
    return last;
  }
  return after > before ? 1 : -1;
}
