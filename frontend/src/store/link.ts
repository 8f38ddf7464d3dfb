// SPDX-License-Identifier: Apache-2.0
/** The view as the parameters of a link. Only differences from the first view are written; unknown parameters are ignored. */
import type {Step} from '../api/types.js';
import {MODES} from '../modes/registry.js';
import {
  classField,
  namesField,
  numberField,
  readStepField,
  sideField,
  stepField,
  textField,
  type Field,
} from './link-fields.js';
import {isOneOf, writeNumber, readNumber, writeNames, readNames} from './link-texts.js';
import {
  isControlId,
  readAnchor,
  readConfusion,
  readCrossHair,
  readFlags,
  readLayout,
  readLimits,
  readOpen,
  readSliders,
  writeAnchor,
  writeConfusion,
  writeCrossHair,
  writeFlags,
  writeLayout,
  writeLimits,
  writeOpen,
  writeSliders,
} from './link-values.js';
import {MAX_ZOOM, MIN_ZOOM} from './reducer.js';
import {readSide, writeSide} from './sides.js';
import {
  INITIAL_VIEW,
  ORDERS,
  RANGES,
  type Anchor,
  type PinnedCrossHair,
  type ViewState,
} from './view.js';

export type Params = ReadonlyMap<string, string>;

const FIELDS: readonly Field[] = [
  textField('tags', 'tagFilter'),
  namesField('pinned', 'pinnedTags'),
  namesField('classes', 'classTags'),
  namesField('collapsed', 'collapsedTags'),
  textField('runFilter', 'runFilter'),
  textField('rules', 'rules'),
  {
    key: 'measured',
    write: ({measured}) => measured.join(','),
    read: (text) => ({measured: [...new Set(text.split(',').filter(isControlId))]}),
  },
  {
    key: 'runs',
    write: ({runs}) => (runs === null ? undefined : writeNames(runs)),
    read: (text) => ({runs: readNames(text)}),
  },
  namesField('runOrder', 'runOrder'),
  {
    key: 'groupRuns',
    write: ({runSort: {groupBy}}) => (groupBy === null ? undefined : writeNames([groupBy])),
    read: (text, {runSort}) => ({runSort: {...runSort, groupBy: readNames(text)[0] ?? null}}),
  },
  {
    key: 'sortRuns',
    write: ({runSort: {by, descending}}) =>
      by === null ? undefined : writeNames([by, ...(descending ? [DESCENDING] : [])]),
    read: (text, {runSort}) => {
      const [by = null, direction] = readNames(text);
      return {runSort: {...runSort, by, descending: direction === DESCENDING}};
    },
  },
  {
    key: 'reference',
    write: ({reference}) => (reference === null ? undefined : writeNames([reference])),
    read: (text) => ({reference: readNames(text)[0] ?? null}),
  },
  {
    key: 'layouts',
    write: ({layouts}) => layouts.map(writeLayout).join(';'),
    read: (text) => ({layouts: text.split(';').flatMap(readLayout)}),
  },
  {
    key: 'step',
    write: ({step}) => step ?? NEWEST,
    read: (text) => (text === NEWEST ? {step: null} : readStepField('step', text)),
  },
  stepField('marked'),
  stepField('rankedAt'),
  {
    key: 'mode',
    write: ({mode}) => mode,
    read: (text) => {
      const mode = MODES.find(({id}) => id === text);
      return mode === undefined ? {} : {mode: mode.id};
    },
  },
  sideField('a'),
  sideField('b'),
  {
    key: 'difference',
    write: ({difference}) => difference,
    read: (text) => (/^[a-z]{1,40}$/i.test(text) ? {difference: text} : {}),
  },
  {
    key: 'gain',
    write: ({gain}) => (gain === null ? undefined : writeNumber(gain)),
    read: (text) => {
      const gain = readNumber(text, 1 / 64, 64);
      return gain === null ? {} : {gain};
    },
  },
  numberField('swipe', 0, 1),
  numberField('blinkRate', 0, 10),
  {
    key: 'overlay',
    write: ({overlay: {on, base, opacity, outlines}}) =>
      [
        on === null ? 'auto' : on ? 'on' : 'off',
        base,
        writeNumber(opacity),
        ...(outlines ? ['outlines'] : []),
      ].join(','),
    read: (text) => {
      const [on, base, opacity, outlines] = text.split(',');
      const share = readNumber(opacity ?? '', 0, 1);
      if (
        !isOneOf(on, ['on', 'off', 'auto']) ||
        (base !== 'input' && base !== 'groundTruth') ||
        share === null
      ) {
        return {};
      }
      return {
        overlay: {
          on: on === 'auto' ? null : on === 'on',
          base,
          opacity: share,
          outlines: outlines === 'outlines',
        },
      };
    },
  },
  {
    key: 'hidden',
    write: ({hiddenClasses}) => hiddenClasses.join(','),
    read: (text) => ({
      hiddenClasses: text === '' ? [] : text.split(',').map(Number).filter(Number.isInteger),
    }),
  },
  classField('only', 'isolatedClass'),
  classField('background', 'background', 'none'),
  {
    key: 'zoom',
    write: ({zoom: {scale, x, y}}) => [scale, x, y].map(writeNumber).join(','),
    read: (text) => {
      const [scale, x, y] = text.split(',');
      const zoom = [
        readNumber(scale ?? '', MIN_ZOOM, MAX_ZOOM),
        readNumber(x ?? '', 0, 1),
        readNumber(y ?? '', 0, 1),
      ] as const;
      const [s, u, v] = zoom;
      return s === null || u === null || v === null ? {} : {zoom: {scale: s, x: u, y: v}};
    },
  },
  {
    key: 'zoomAll',
    write: ({zoomAll}) => (zoomAll ? '1' : '0'),
    read: (text) => ({zoomAll: text !== '0'}),
  },
  {
    key: 'sort',
    write: ({sort: {by, metric}}) => (metric === null ? by : `${by}:${metric}`),
    read: (text, {sort}) => {
      const [by, ...metric] = text.split(':');
      return isOneOf(by, ORDERS)
        ? {sort: {...sort, by, metric: metric.length === 0 ? null : metric.join(':')}}
        : {};
    },
  },
  {
    key: 'sortRun',
    write: ({sort: {run}}) => (run === null ? undefined : writeNames([run])),
    read: (text, {sort}) => ({sort: {...sort, run: readNames(text)[0] ?? null}}),
  },
  {
    key: 'thenBy',
    write: ({sort: {then}}) =>
      then === null ? undefined : writeNames([then.by, ...(then.run === null ? [] : [then.run])]),
    read: (text, {sort}) => {
      const [by, run = null] = readNames(text);
      return isOneOf(by, ORDERS) ? {sort: {...sort, then: {by, run}}} : {};
    },
  },
  {
    key: 'confusion',
    write: ({confusion}) => (confusion === null ? undefined : writeConfusion(confusion)),
    read: readConfusion,
  },
  {
    key: 'flags',
    write: ({flags}) => writeFlags(flags),
    read: (text) => ({flags: text.split(';').flatMap(readFlags)}),
  },
  {
    key: 'samples',
    write: ({sampleFilter: {text, metric, min, max, flagged}}) =>
      [
        writeNames([text]),
        metric === null ? '' : writeNames([metric]),
        min ?? '',
        max ?? '',
        ...(flagged ? ['flagged'] : []),
      ].join(';'),
    read: (value) => {
      const [text, metric, min, max, flagged] = value.split(';');
      return {
        sampleFilter: {
          text: readNames(text ?? '')[0] ?? '',
          metric: readNames(metric ?? '')[0] ?? null,
          min: readNumber(min ?? ''),
          max: readNumber(max ?? ''),
          flagged: flagged === 'flagged',
        },
      };
    },
  },
  {
    key: 'open',
    write: ({open}) => (open === null ? undefined : writeOpen(open)),
    read: readOpen,
  },
  {
    key: 'large',
    write: ({large}) => (large === null ? undefined : writeSide(large)),
    read: (text) => ({large: readSide(text) ?? null}),
  },
  {
    key: 'details',
    write: ({details}) => (details ? '1' : '0'),
    read: (text) => ({details: text === '1'}),
  },
  {
    key: 'anchor',
    write: ({anchor}) => (anchor === null ? undefined : writeAnchor(anchor)),
    read: readAnchor,
  },
  {
    key: 'cross',
    write: ({crossHair}) => (crossHair === null ? undefined : writeCrossHair(crossHair)),
    read: readCrossHair,
  },
  {
    key: 'rail',
    write: ({railCollapsed}) => (railCollapsed ? '0' : '1'),
    read: (text) => ({railCollapsed: text === '0'}),
  },
  {
    key: 'display',
    write: ({display: {range, threshold, colormap, limits, log}}) =>
      [
        range,
        threshold === null ? '' : writeNumber(threshold),
        colormap ?? '',
        limits === null ? '' : writeLimits(limits),
        log ? 'log' : '',
      ].join(','),
    read: (text, {display}) => {
      const [range, threshold, colormap, limits, log] = text.split(',');
      if (!isOneOf(range, RANGES)) {
        return {};
      }
      return {
        display: {
          ...display,
          range,
          threshold: readNumber(threshold ?? ''),
          colormap: colormap === undefined || !/^\w+$/.test(colormap) ? null : colormap,
          limits: readLimits(limits ?? ''),
          log: log === 'log',
        },
      };
    },
  },
  {
    key: 'on',
    write: ({display: {on}}) => on.join(','),
    read: (text, {display}) => ({
      display: {...display, on: text.split(',').filter(isControlId)},
    }),
  },
  {
    key: 'sliders',
    write: ({display: {sliders}}) => writeSliders(sliders),
    read: (text, {display}) => ({display: {...display, sliders: readSliders(text)}}),
  },
  numberField('playRate', 0.25, 60),
  {key: 'loop', write: ({loop}) => (loop ? '1' : '0'), read: (text) => ({loop: text === '1'})},
];

/** What `sortRuns` says besides the name. */
const DESCENDING = 'descending';

/** What `step` says in a link that follows the newest step. */
const NEWEST = 'newest';

/**
 * A view as a link to just what it shows, whatever is logged later: its step, its runs, and the card in sight. One that follows the
 * newest step says that instead.
 */
export function pinnedLink(
  view: ViewState,
  shown: {
    readonly step: Step | null;
    readonly runs: readonly string[];
    readonly anchor: Anchor | null;
    readonly crossHair: PinnedCrossHair | null;
  },
  follows: boolean,
): Params {
  const anchor = view.open === null ? shown.anchor : null;
  const params = new Map(writeLink({...view, ...shown, anchor, step: follows ? null : shown.step}));
  return follows ? params.set('step', NEWEST) : params;
}

export function writeLink(view: ViewState): Params {
  const params = new Map<string, string>();
  for (const {key, write} of FIELDS) {
    const text = write(view);
    if (text !== undefined && text !== write(INITIAL_VIEW)) {
      params.set(key, text);
    }
  }
  return params;
}

export function readLink(params: Params, base: ViewState = INITIAL_VIEW): ViewState {
  let view = base;
  for (const {key, read} of FIELDS) {
    const text = params.get(key);
    if (text !== undefined) {
      view = {...view, ...read(text, view)};
    }
  }
  return view;
}

/** A link to which the rules of this browser are added, where it says none of its own. */
export function withRules(link: Params, kept: Params): Params {
  const rules = kept.get('rules');
  return rules === undefined || link.has('rules') ? link : new Map(link).set('rules', rules);
}

/** The part of the view that is remembered from one visit to the next: the settings, not the place. */
export function remembered(params: Params): Params {
  const passing = new Set([
    'step',
    'marked',
    'rankedAt',
    'open',
    'large',
    'anchor',
    'cross',
    'zoom',
    'swipe',
    'samples',
    'confusion',
    'only',
    'hidden',
    'background',
    // Another log on this address may have images in a tag of the same name.
    'classes',
    // It takes time, so each visit begins without it.
    'measured',
  ]);
  return new Map([...params].filter(([key]) => !passing.has(key)));
}
