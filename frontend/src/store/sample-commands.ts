// SPDX-License-Identifier: Apache-2.0
/** Commands about samples: which are shown, in which order, and laid out how. */
import {LAYOUTS, sizeBeside, sizeOf} from '../layouts/registry.js';
import type {Command} from './command.js';
import type {ViewState} from './view.js';

export const SAMPLE_COMMANDS: readonly Command[] = [
  {
    id: 'sample-next',
    title: 'Next sample in full view',
    section: 'Samples',
    keys: ['ArrowDown', 'j'],
    repeats: true,
    intent: ({open}) => (open === null ? null : {type: 'moveSample', by: 1}),
  },
  {
    id: 'sample-previous',
    title: 'Previous sample in full view',
    section: 'Samples',
    keys: ['ArrowUp', 'k'],
    repeats: true,
    intent: ({open}) => (open === null ? null : {type: 'moveSample', by: -1}),
  },
  {
    id: 'open',
    title: 'Full view of the sample under the pointer, or of the first in sight',
    section: 'Samples',
    keys: ['Enter'],
    intent: ({open}, {pointed, subject}) => {
      const sample = pointed ?? subject;
      return open === null && sample !== null ? {type: 'open', ...sample} : null;
    },
  },
  {
    id: 'close',
    title: 'Show all pictures alike, then close the full view',
    section: 'Samples',
    keys: ['Escape'],
    intent: ({open, large}) =>
      open === null ? null : large === null ? {type: 'close'} : {type: 'large', side: null},
  },
  {
    id: 'details',
    title: 'Details of the sample in full view',
    section: 'Samples',
    keys: ['Shift+i'],
    intent: ({open, details}) => (open === null ? null : {type: 'details', shown: !details}),
    isOn: ({details}) => details,
  },
  ...LAYOUTS.map(layout),
  {
    id: 'size-more',
    title: 'Larger pictures',
    section: 'Samples',
    keys: ['Ctrl++', 'Ctrl+='],
    repeats: true,
    intent: resized(1),
  },
  {
    id: 'size-less',
    title: 'Smaller pictures',
    section: 'Samples',
    keys: ['Ctrl+-'],
    repeats: true,
    intent: resized(-1),
  },
  sorted('dataset', 'Samples in the order of the dataset', []),
  sorted('id', 'Samples by id', []),
  sorted('worst', 'Worst samples first', ['w']),
  sorted('best', 'Best samples first', ['Shift+w']),
  sorted('regressed', 'Most regressed since the marked or first step', ['d']),
  sorted('improved', 'Most improved since the marked or first step', ['Shift+d']),
  sorted('unstable', 'Samples that changed most since the step before first', []),
  sorted('runs', 'Largest difference between runs first', []),
  sorted('lead', 'Largest lead of the best run first', []),
  sorted('flagged', 'Flagged samples first', []),
  {
    id: 'confusion-off',
    title: 'Show all samples again, not only those with a confusion',
    section: 'Samples',
    keys: [],
    intent: ({confusion}) => confusion && {type: 'confusion', confusion: null},
  },
  {
    id: 'flag',
    title: 'Flag the sample under the pointer, or take its flag away',
    section: 'Samples',
    keys: ['x'],
    intent: ({flags}, {pointed}) =>
      pointed && {
        type: 'flag',
        ...pointed,
        flagged: !flags.some(({tag, sample}) => tag === pointed.tag && sample === pointed.sample),
      },
  },
  {
    id: 'flagged-only',
    title: 'Show flagged samples only',
    section: 'Samples',
    keys: [],
    intent: ({sampleFilter}) => ({
      type: 'sampleFilter',
      change: {flagged: !sampleFilter.flagged},
    }),
    isOn: ({sampleFilter}) => sampleFilter.flagged,
  },
  {
    id: 'rank-here',
    title: 'Sort again at this step',
    section: 'Samples',
    keys: ['s'],
    intent: () => ({type: 'rankHere'}),
  },
];

function layout({id, title}: (typeof LAYOUTS)[number]): Command {
  return {
    id: `layout-${id}`,
    title,
    section: 'Samples',
    keys: [],
    intent: (_, {subject}) => subject && {type: 'layout', tag: subject.tag, change: {layout: id}},
    isOn: ({layouts}) => layouts.some((choice) => choice.layout === id),
  };
}

function resized(by: number): Command['intent'] {
  return (view, {subject}) =>
    subject && {
      type: 'layout',
      tag: subject.tag,
      change: {size: sizeBeside(sizeOf(view, subject.tag), by)},
    };
}

function sorted(by: ViewState['sort']['by'], title: string, keys: readonly string[]): Command {
  return {
    id: `sort-${by}`,
    title,
    section: 'Samples',
    keys,
    intent: () => ({type: 'sort', change: {by}}),
    isOn: ({sort}) => sort.by === by,
  };
}
