// SPDX-License-Identifier: Apache-2.0
/** The model of a tag at other steps than the one shown. */
import type {RunStep, Step} from '../api/types.js';
import type {TagModel} from './data.js';
import {distinctRecords, neededRecords, runAt, type Sides} from './sides.js';
import {unionOfSteps} from './steps.js';

/** All steps of the runs that are shown. */
export function stepsOf(model: TagModel): readonly Step[] {
  return unionOfSteps(model.runs.map(({steps}) => steps));
}

/** The model as it is when the slider stands on `step`. */
export function modelAt(model: TagModel, step: Step): TagModel {
  return {
    ...model,
    step,
    runs: model.runs.map((run) => runAt(run, step)),
    named: model.named.map((run) => runAt(run, step)),
  };
}

/** The steps of runs that are shown while the slider goes over `steps`. */
export function placesOf(
  model: TagModel,
  steps: readonly Step[],
  sides: Sides,
): readonly RunStep[] {
  return distinctRecords(
    steps.flatMap((wanted) => neededRecords(modelAt(model, wanted), sides, ({step}) => step)),
  );
}
