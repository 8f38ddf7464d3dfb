// SPDX-License-Identifier: Apache-2.0
/** What A and B are called. */
import type {PairNames} from '../kinds/legend.js';
import {BEFORE, type Side, type Sides} from '../store/sides.js';
import {formatStep} from '../store/steps.js';
import {isolated} from '../texts/isolated.js';
import {phrase, type Phrase} from '../texts/scoped-number.js';
import {scopedStep} from './scoped-step.js';

export function pairNames({a, b}: Sides): PairNames {
  return {
    a: sideName(a),
    b: sideName(b),
    titleOfA: a.of === 'groundTruth' ? 'Truth' : sideLabel(a),
    titleOfB: b.of === 'groundTruth' ? 'Truth' : sideLabel(b),
    isJudged: a.of === 'groundTruth',
  };
}

/** In a sentence: `the ground truth` without its article. */
export function sideName(side: Side): string {
  switch (side.of) {
    case 'groundTruth':
      return 'ground truth';
    case 'input':
      return 'input';
    case 'prediction': {
      if (side.step === BEFORE) {
        return side.run === null ? 'the step before' : `${isolated(side.run)} at the step before`;
      }
      const run =
        side.run === null ? (side.step === null ? 'prediction' : 'same run') : isolated(side.run);
      return side.step === null ? run : `${run} at step ${formatStep(side.step)}`;
    }
  }
}

/** The same, whose step says what it is of; `place` is where a run without a name is. */
export function sidePhrase(
  side: Side,
  {tag, run}: {readonly tag: string; readonly run: string},
): Phrase {
  return side.of === 'prediction' && side.step !== null && side.step !== BEFORE
    ? phrase`${side.run === null ? 'same run' : isolated(side.run)} at step ${scopedStep(side.step, {tag, run: side.run ?? run})}`
    : [sideName(side)];
}

/** As a label: with a capital letter where it is no name. */
export function sideLabel(side: Side): string {
  const name = sideName(side);
  return side.of === 'prediction' && side.run !== null
    ? name
    : name.charAt(0).toUpperCase() + name.slice(1);
}
