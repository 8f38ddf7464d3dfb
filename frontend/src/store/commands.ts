// SPDX-License-Identifier: Apache-2.0
/** Everything the user can do without a mouse: the one table behind keys, help and palette. */
import type {Command} from './command.js';
import type {Intent} from './intents.js';
import {SAMPLE_COMMANDS} from './sample-commands.js';
import {TIME_COMMANDS} from './time-commands.js';
import {EXPOSURE, moveSlider, sliderValue} from '../sliders.js';
import {MODES, modeOf} from '../modes/registry.js';
import {EACH_RUN, isSameSide, nextSide, pinnable, runSide, TRUTH} from './sides.js';
import {CLOSER, isVersus, FIT, type ExportFormat, type ViewState} from './view.js';

function mode({id, title, key}: (typeof MODES)[number]): Command {
  return {
    id: `mode-${id}`,
    title,
    section: 'Compare',
    keys: [key],
    intent: () => ({type: 'mode', mode: id}),
    isOn: (view) => view.mode === id,
  };
}

function zoomed(view: ViewState, factor: number): Intent {
  return {type: 'zoom', zoom: {...view.zoom, scale: Math.max(view.zoom.scale * factor, 1)}};
}

/** A key of a slider that images have: keys are known before any kind is loaded. */
function exposed({display: {sliders}}: ViewState, stops: number): Intent {
  const exposure = sliderValue(sliders, EXPOSURE) + stops;
  return {type: 'display', change: {sliders: moveSlider(sliders, EXPOSURE, exposure)}};
}

function exported(format: ExportFormat | 'png', title: string, keys: readonly string[]): Command {
  return {
    id: `export-${format}`,
    title,
    section: 'Share',
    keys,
    intent: (_, {subject}) =>
      subject &&
      (format === 'png' ? {type: 'savePng', ...subject} : {type: 'export', format, ...subject}),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export const COMMANDS: readonly Command[] = [
  ...TIME_COMMANDS,

  ...MODES.map(mode),
  {
    id: 'a-next',
    title: 'A: the ground truth, the input or the next run',
    section: 'Compare',
    keys: ['t'],
    intent: ({a}, {shownRuns}) => ({type: 'sides', change: {a: nextSide(a, shownRuns)}}),
  },
  {
    id: 'a-pin',
    title: 'A stays at this step, or moves again',
    section: 'Compare',
    keys: ['q'],
    intent: ({a}, {step}) =>
      pinnable(a, 'a')
        ? {type: 'sides', change: {a: runSide(a.run, a.step === null ? step : null)}}
        : null,
    isOn: ({a}) => pinnable(a, 'a') && a.step !== null,
  },
  {
    id: 'sides-swap',
    title: 'Swap A and B',
    section: 'Compare',
    keys: ['v'],
    intent: () => ({type: 'swapSides'}),
  },
  {
    id: 'sides-default',
    title: 'Each run against the ground truth',
    section: 'Compare',
    keys: ['Shift+q'],
    intent: () => ({type: 'sides', change: {a: TRUTH, b: EACH_RUN}}),
    isOn: ({a, b}) => isSameSide(a, TRUTH) && isSameSide(b, EACH_RUN),
  },
  {
    id: 'difference-runs',
    title: 'Difference: which of two runs is closer to the ground truth',
    section: 'Compare',
    keys: [],
    intent: (_, {shownRuns: [first]}) =>
      first === undefined
        ? null
        : {type: 'difference', difference: CLOSER, sides: {a: runSide(first), b: EACH_RUN}},
    isOn: (view) =>
      modeOf(view).compares && isVersus(view) && view.a.of === 'prediction' && view.a.run !== null,
  },
  {
    id: 'difference-steps',
    title: 'Difference: is this step closer to the ground truth than the marked one',
    section: 'Compare',
    keys: [],
    intent: ({marked}) =>
      marked === null
        ? null
        : {type: 'difference', difference: CLOSER, sides: {a: runSide(null, marked), b: EACH_RUN}},
    isOn: (view) =>
      modeOf(view).compares && isVersus(view) && view.a.of === 'prediction' && view.a.run === null,
  },
  {
    id: 'overlay',
    title: 'Overlay on',
    section: 'Compare',
    keys: ['o'],
    intent: (_, {isOverlaid}) => ({type: 'overlay', change: {on: !isOverlaid}}),
    isOn: (_, {isOverlaid}) => isOverlaid,
  },
  {
    id: 'overlay-base',
    title: 'Overlay on input or A',
    section: 'Compare',
    keys: ['i'],
    intent: ({overlay}) => ({
      type: 'overlay',
      change: {on: true, base: overlay.base === 'input' ? 'groundTruth' : 'input'},
    }),
  },
  {
    id: 'outlines',
    title: 'Outlines only',
    section: 'Compare',
    keys: ['u'],
    intent: ({overlay}) => ({type: 'overlay', change: {outlines: !overlay.outlines}}),
    isOn: ({overlay}) => overlay.outlines,
  },
  {
    id: 'opacity-more',
    title: 'More opaque overlay',
    section: 'Compare',
    keys: [']'],
    repeats: true,
    intent: ({overlay}) => ({type: 'overlay', change: {opacity: round(overlay.opacity + 0.1)}}),
  },
  {
    id: 'opacity-less',
    title: 'Less opaque overlay',
    section: 'Compare',
    keys: ['['],
    repeats: true,
    intent: ({overlay}) => ({type: 'overlay', change: {opacity: round(overlay.opacity - 0.1)}}),
  },
  {
    id: 'swipe-right',
    title: 'Move the swipe line right',
    section: 'Compare',
    keys: ['Alt+ArrowRight'],
    repeats: true,
    intent: (view) =>
      modeOf(view).hasLine ? {type: 'swipe', position: round(view.swipe + 0.05)} : null,
  },
  {
    id: 'swipe-left',
    title: 'Move the swipe line left',
    section: 'Compare',
    keys: ['Alt+ArrowLeft'],
    repeats: true,
    intent: (view) =>
      modeOf(view).hasLine ? {type: 'swipe', position: round(view.swipe - 0.05)} : null,
  },
  {
    id: 'gain-more',
    title: 'Double the gain of the difference',
    section: 'Compare',
    keys: ['g'],
    repeats: true,
    intent: ({gain}) => ({type: 'gain', gain: (gain ?? 1) * 2}),
  },
  {
    id: 'gain-less',
    title: 'Halve the gain of the difference',
    section: 'Compare',
    keys: ['Shift+g'],
    repeats: true,
    intent: ({gain}) => ({type: 'gain', gain: (gain ?? 1) / 2}),
  },

  {
    id: 'zoom-in',
    title: 'Zoom in',
    section: 'Look',
    keys: ['+', '='],
    repeats: true,
    intent: (view) => zoomed(view, 2),
  },
  {
    id: 'zoom-out',
    title: 'Zoom out',
    section: 'Look',
    keys: ['-'],
    repeats: true,
    intent: (view) => zoomed(view, 0.5),
  },
  {
    id: 'zoom-fit',
    title: 'Fit',
    section: 'Look',
    keys: ['0'],
    intent: () => ({type: 'zoom', zoom: FIT}),
  },
  {
    id: 'zoom-all',
    title: 'Zoom all cards together',
    section: 'Look',
    keys: ['z'],
    intent: ({zoomAll}) => ({type: 'zoomAll', all: !zoomAll}),
    isOn: ({zoomAll}) => zoomAll,
  },
  {
    id: 'exposure-more',
    title: 'Brighter by half a stop',
    section: 'Look',
    keys: ['e'],
    repeats: true,
    intent: (view) => exposed(view, 0.5),
  },
  {
    id: 'exposure-less',
    title: 'Darker by half a stop',
    section: 'Look',
    keys: ['Shift+e'],
    repeats: true,
    intent: (view) => exposed(view, -0.5),
  },

  ...SAMPLE_COMMANDS,

  {
    id: 'filter',
    title: 'Filter tags',
    section: 'Runs and tags',
    keys: ['/'],
    intent: () => ({type: 'focusFilter'}),
  },
  {
    id: 'runs-all',
    title: 'Show all runs',
    section: 'Runs and tags',
    keys: ['a'],
    intent: () => ({type: 'showAllRuns'}),
  },
  {
    id: 'runs-default',
    title: 'Show the first runs only',
    section: 'Runs and tags',
    keys: ['Shift+a'],
    intent: () => ({type: 'showRuns', runs: null}),
  },
  {
    id: 'classes-all',
    title: 'Show all classes',
    section: 'Runs and tags',
    keys: ['c'],
    intent: () => ({type: 'showClasses', hidden: []}),
  },

  {
    id: 'copy-link',
    title: 'Copy a link to this view',
    section: 'Share',
    keys: ['y'],
    intent: () => ({type: 'copyLink'}),
  },
  {
    id: 'copy-link-newest',
    title: 'Copy a link that follows the newest step',
    section: 'Share',
    keys: ['Shift+y'],
    intent: () => ({type: 'copyLink', follows: true}),
  },
  exported('png', 'Save the card as PNG', ['Shift+s']),
  exported('gif', 'Export steps as GIF', ['Shift+x']),
  exported('video', 'Export steps as video', ['Shift+v']),
  exported('page', 'Export samples as HTML page', ['Shift+h']),
  {
    id: 'blind',
    title: 'Compare two runs blind (A/B test)',
    section: 'Share',
    keys: ['Shift+t'],
    intent: (_, {subject, shownRuns}) =>
      subject === null || shownRuns.length < 2 ? null : {type: 'blind', tag: subject.tag},
  },

  {
    id: 'help',
    title: 'Keys and help',
    section: 'Page',
    keys: ['?'],
    intent: ({dialog}) => ({type: 'dialog', dialog: dialog === 'help' ? null : 'help'}),
  },
  {
    id: 'palette',
    title: 'Find a command',
    section: 'Page',
    keys: ['Ctrl+k', 'p'],
    intent: () => ({type: 'dialog', dialog: 'palette'}),
  },
  {
    id: 'rail',
    title: 'Show or hide the side panel',
    section: 'Page',
    keys: ['\\'],
    intent: ({railCollapsed}) => ({type: 'rail', collapsed: !railCollapsed}),
    isOn: ({railCollapsed}) => !railCollapsed,
  },
  {
    id: 'reload',
    title: 'Load new data',
    section: 'Page',
    keys: ['r'],
    intent: () => ({type: 'reload'}),
  },
  {
    id: 'reset',
    title: 'Reset the view',
    section: 'Page',
    keys: [],
    intent: () => ({type: 'reset'}),
  },
];
