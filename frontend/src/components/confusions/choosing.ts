// SPDX-License-Identifier: Apache-2.0
/** How one confusion out of many is chosen. */
import type {Step} from '../../api/types.js';
import {intent} from '../../store/intents.js';
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

/** Chooses a confusion, and goes to where its samples begin; the one that is chosen is taken off. */
export function chooseConfusion(
  element: HTMLElement,
  scope: RecordScope,
  pair: Pair,
  isChosen: boolean,
): void {
  const confusion = isChosen ? null : confusionOf(scope, pair);
  element.dispatchEvent(intent({type: 'confusion', confusion}));
  if (confusion !== null) {
    element.dispatchEvent(intent({type: 'revealTag', tag: scope.tag}));
  }
}

function confusionOf({tag, run}: RecordScope, {truth, predicted}: Pair): ChosenConfusion {
  return {tag, run, truth, predicted};
}
