// SPDX-License-Identifier: Apache-2.0
/** What may be chosen as A and as B. */
import type {Step} from '../api/types.js';
import {
  BEFORE,
  EACH_RUN,
  INPUT,
  isSameSide,
  runSide,
  TRUTH,
  type Side,
  type Sides,
} from '../store/sides.js';
import type {ViewState} from '../store/view.js';
import {sideLabel} from './side-names.js';

export interface SideChoice {
  readonly side: Side;
  readonly label: string;
}

/** What is chosen now is among them, also where its run is off. */
export function sideChoices(
  member: keyof Sides,
  view: Pick<ViewState, 'a' | 'b' | 'marked'>,
  runs: readonly string[],
  step: Step | null,
): readonly SideChoice[] {
  const chosen = view[member];
  const ofRuns = runs.map((run) =>
    // A run that stays at its step does so when another run is chosen, too.
    runSide(run, chosen.of === 'prediction' && chosen.run !== null ? chosen.step : null),
  );
  const earlier = view.marked ?? step;
  const sides: readonly Side[] =
    member === 'b'
      ? [EACH_RUN, ...ofRuns, TRUTH, INPUT]
      : [
          TRUTH,
          INPUT,
          ...ofRuns,
          runSide(null, BEFORE),
          ...(earlier === null ? [] : [runSide(null, earlier)]),
        ];
  const all = sides.some((side) => isSameSide(side, chosen)) ? sides : [...sides, chosen];
  return all.map((side) => ({side, label: labelOf(side)}));
}

function labelOf(side: Side): string {
  return isSameSide(side, EACH_RUN) ? 'Each run' : sideLabel(side);
}
