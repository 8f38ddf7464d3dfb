// SPDX-License-Identifier: Apache-2.0
/** Whose predictions a layout shows that shows those of one run. */
import type {RunAtStep, TagModel} from './data.js';

/** The run that was chosen, or else the reference, or else the first. */
export function oneRun(
  {runs}: Pick<TagModel, 'runs'>,
  chosen: string | null,
  reference: string | null,
): RunAtStep | undefined {
  return runs.find(({run}) => run === (chosen ?? reference)) ?? runs[0];
}
