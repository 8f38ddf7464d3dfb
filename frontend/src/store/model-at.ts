// SPDX-License-Identifier: Apache-2.0
/** The model of a tag at other steps than the one shown. */
import type {RunStep, Step} from '../api/types.js';
import type {RunAtStep, TagModel} from './data.js';
import {nearestStep, unionOfSteps} from './steps.js';

/** All steps of the runs that are shown. */
export function stepsOf(model: TagModel): readonly Step[] {
  return unionOfSteps(model.runs.map(({steps}) => steps));
}

/** The model as it is when the slider stands on `step`. */
export function modelAt(model: TagModel, step: Step): TagModel {
  return {
    ...model,
    step,
    runs: model.runs.map((run): RunAtStep => {
      const at = nearestStep(run.steps, step) ?? run.step;
      return {...run, step: at, offset: BigInt(at) - BigInt(step)};
    }),
  };
}

/** The steps of runs that are shown while the slider goes over `steps`. */
export function placesOf(model: TagModel, steps: readonly Step[]): readonly RunStep[] {
  const places = new Map<string, RunStep>();
  for (const wanted of steps) {
    for (const {run, step} of modelAt(model, wanted).runs) {
      places.set(`${step}:${run}`, {run, step});
    }
  }
  return [...places.values()];
}
