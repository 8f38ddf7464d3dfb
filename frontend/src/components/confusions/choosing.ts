// SPDX-License-Identifier: Apache-2.0
/** How one confusion out of many is chosen. */
import type {Step} from '../../api/types.js';
import type {ViewChange} from '../../store/intents.js';
import type {ChosenConfusion} from '../../store/view.js';
import {isEqual} from '../../views/equality.js';

/** The record that confusions are counted over. */
export interface RecordScope {
  readonly tag: string;
  readonly run: string;
  readonly step: Step;
  /** How many of its samples were counted. */
  readonly samples: number;
}

interface Pair {
  readonly truth: number;
  readonly predicted: number;
}

export function chosenIs(chosen: ChosenConfusion | null, scope: RecordScope, pair: Pair): boolean {
  return isEqual(chosen, confusionOf(scope, pair));
}

/** Chooses a confusion; the one that is chosen is taken off. */
export function confusionIntent(scope: RecordScope, pair: Pair, isChosen: boolean): ViewChange {
  return {type: 'confusion', confusion: isChosen ? null : confusionOf(scope, pair)};
}

function confusionOf({tag, run}: RecordScope, {truth, predicted}: Pair): ChosenConfusion {
  return {tag, run, truth, predicted};
}
