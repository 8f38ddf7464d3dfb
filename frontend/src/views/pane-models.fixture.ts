// SPDX-License-Identifier: Apache-2.0
import type {TagKind} from '../api/types.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {
  RunAtStep,
  SampleRow,
  SampleAtStep,
  FetchedPicture,
  SampleSource,
  TagModel,
} from '../store/data.js';
import {NO_SHOWN_HPARAMS} from '../store/hparams.js';
import {PENDING, ready, type Resource} from '../store/resource.js';
import {INITIAL_VIEW, type ViewState} from '../store/view.js';
import {paneModels, type PaneModel} from './pane-models.js';
import {gatherSample, type SamplePictures} from './sample-pictures.js';
import {ShownPictures} from './shown-pictures.js';

export const mask: TagKind = {
  name: 'mask',
  classes: [
    {id: 0, name: 'road'},
    {id: 1, name: 'car'},
  ],
  ignore: [],
};
export const heatmap: TagKind = {name: 'heatmap', bits: 8, range: [0, 252]};

export type Source = Pick<SampleSource, 'get' | 'blob' | 'need'>;

/** A picture of one row whose PNG is its pixels: `decode` below reads it so. */
export function stored(digest: string, ...pixels: number[]): FetchedPicture {
  return {
    digest,
    width: pixels.length,
    height: 1,
    channels: 1,
    bits: 8,
    layout: 'plain',
    blob: Uint8Array.from(pixels),
  };
}

export function decode(
  {width, height, channels, bits}: FetchedPicture,
  blob: Uint8Array<ArrayBuffer>,
): Resource<DecodedRaster> {
  return ready({width, height, channels, bits: bits === 16 ? 16 : 8, data: blob});
}

export function run(name: string, change: Partial<RunAtStep> = {}): RunAtStep {
  return {
    run: name,
    color: 'red',
    kind: mask,
    steps: ['0', '100'],
    step: '100',
    offset: 0n,
    wallTime: 0,
    outdated: false,
    averaged: {},
    metrics: {iou: 0.5},
    ...change,
  };
}

export function sampleAtStep(name: string, change: Partial<SampleAtStep> = {}): SampleAtStep {
  return {
    id: 's',
    run: name,
    step: '100',
    metrics: {iou: 0.75},
    groundTruth: stored('truth', 0, 1),
    prediction: stored(`prediction of ${name}`, 1, 1),
    ...change,
  };
}

export function model(...runs: RunAtStep[]): TagModel {
  return {
    tag: 't',
    description: '',
    absent: false,
    pinned: false,
    collapsed: false,
    runs,
    named: [],
    since: null,
    kindChanges: [],
    hparams: NO_SHOWN_HPARAMS,
    step: '100',
    rows: [],
    allRows: [],
    total: 1,
    attributeNames: [],
    metricNames: ['iou'],
    lowerIsBetter: new Set(),
    metric: 'iou',
    status: ready(null),
  };
}

export function sourceOf(
  samplesAtStep: Readonly<Record<string, Resource<SampleAtStep | null>>>,
): Source {
  return {
    get: (_, name, step) => samplesAtStep[`${name} ${step}`] ?? samplesAtStep[name] ?? PENDING,
    blob: () => undefined,
    need: () => undefined,
  };
}

export interface Setting {
  readonly view?: Partial<ViewState>;
  readonly row?: Partial<SampleRow>;
  readonly showsOtherSide?: boolean;
}

export function gather(
  tag: TagModel,
  source: Source,
  view: ViewState = INITIAL_VIEW,
): SamplePictures {
  return gatherSample({model: tag, sample: 's', view, source, decode, shown: new ShownPictures()});
}

export function panes(tag: TagModel, source: Source, setting: Setting = {}): readonly PaneModel[] {
  const view = {...INITIAL_VIEW, ...setting.view};
  return paneModels({
    model: tag,
    row: {
      id: 's',
      metrics: new Map(),
      absentFrom: [],
      changes: [],
      attributes: {},
      flagged: false,
      ...setting.row,
    },
    view,
    sample: gather(tag, source, view),
    showsOtherSide: setting.showsOtherSide ?? false,
    devicePixelRatio: 1,
  });
}
