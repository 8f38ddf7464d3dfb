// SPDX-License-Identifier: Apache-2.0
/** Commands about time: which step is shown, and how it plays. */
import type {Step} from '../api/types.js';
import type {Command} from './command.js';
import type {Intent} from './intents.js';
import {compareSteps, jumpLength} from './steps.js';

function toStep(step: Step | undefined): Intent | null {
  return step === undefined ? null : {type: 'step', step};
}

export const TIME_COMMANDS: readonly Command[] = [
  {
    id: 'step-next',
    title: 'Next step',
    section: 'Time',
    keys: ['ArrowRight'],
    repeats: true,
    intent: () => ({type: 'moveStep', by: 1}),
  },
  {
    id: 'step-previous',
    title: 'Previous step',
    section: 'Time',
    keys: ['ArrowLeft'],
    repeats: true,
    intent: () => ({type: 'moveStep', by: -1}),
  },
  {
    id: 'step-jump',
    title: 'Jump forward',
    section: 'Time',
    keys: ['Shift+ArrowRight'],
    repeats: true,
    intent: (_, scope) => ({type: 'moveStep', by: jumpLength(scope.steps)}),
  },
  {
    id: 'step-jump-back',
    title: 'Jump back',
    section: 'Time',
    keys: ['Shift+ArrowLeft'],
    repeats: true,
    intent: (_, scope) => ({type: 'moveStep', by: -jumpLength(scope.steps)}),
  },
  {
    id: 'step-first',
    title: 'First step',
    section: 'Time',
    keys: ['Home'],
    intent: () => ({type: 'firstStep'}),
  },
  {
    id: 'step-last',
    title: 'Newest step, and follow it',
    section: 'Time',
    keys: ['End'],
    intent: () => ({type: 'lastStep'}),
  },
  {
    id: 'dip-next',
    title: 'Next dip of the metric',
    section: 'Time',
    keys: ['n'],
    repeats: true,
    // From the newest step on, the first again.
    intent: (_, {dips, step}) =>
      toStep(
        (dips.find((dip) => step !== null && compareSteps(dip.step, step) > 0) ?? dips[0])?.step,
      ),
  },
  {
    id: 'dip-previous',
    title: 'Previous dip of the metric',
    section: 'Time',
    keys: ['Shift+n'],
    repeats: true,
    intent: (_, {dips, step}) =>
      toStep(dips.findLast((dip) => step !== null && compareSteps(dip.step, step) < 0)?.step),
  },
  {
    id: 'first-fall',
    title: 'Where the metric first fell',
    section: 'Time',
    keys: ['f'],
    intent: (_, {dips}) => toStep(dips[0]?.step),
  },
  {
    id: 'play',
    title: 'Play or stop',
    section: 'Time',
    keys: ['Space'],
    intent: ({playing}) => ({type: 'play', playing: !playing}),
    isOn: ({playing}) => playing,
  },
  {
    id: 'play-faster',
    title: 'Play faster',
    section: 'Time',
    keys: ['>'],
    repeats: true,
    intent: ({playRate}) => ({type: 'playback', rate: playRate * 2}),
  },
  {
    id: 'play-slower',
    title: 'Play slower',
    section: 'Time',
    keys: ['<'],
    repeats: true,
    intent: ({playRate}) => ({type: 'playback', rate: playRate / 2}),
  },
  {
    id: 'loop',
    title: 'Loop playback',
    section: 'Time',
    keys: ['l'],
    intent: ({loop}) => ({type: 'playback', loop: !loop}),
    isOn: ({loop}) => loop,
  },
  {
    id: 'mark',
    title: 'Mark this step, to compare with it',
    section: 'Time',
    keys: ['m'],
    intent: ({marked}, {step}) => ({type: 'markStep', step: marked === step ? null : step}),
    isOn: ({marked}) => marked !== null,
  },
];
