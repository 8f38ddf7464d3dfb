// SPDX-License-Identifier: Apache-2.0
/** A page with one element, for `tests/browser/test_elements.py`: no TensorBoard, no server, only the element and its events. */
import '../src/components/cards/pairs-histogram.js';
import '../src/components/cards/pairs-legend.js';
import '../src/components/cards/pairs-menu.js';
import '../src/components/cards/pairs-minimap.js';
import '../src/components/cards/pairs-pane.js';
import '../src/components/compare/pairs-compare-bar.js';
import '../src/components/page/pairs-palette.js';
import '../src/components/time/pairs-time-bar.js';
import '../src/components/time/pairs-timeline.js';
import {createPainter} from '../src/kinds/painter.js';
import {defaultDisplay} from '../src/kinds/registry.js';
import type {ImagePicture} from '../src/kinds/image/picture.js';
import type {Layer} from '../src/kinds/scene.js';
import {countLevels, type Numbers} from '../src/pixels/distribution.js';
import {NO_SHOWN_HPARAMS} from '../src/store/hparams.js';
import type {Page, Timeline} from '../src/store/page.js';
import type {Scope} from '../src/store/reducer.js';
import {PENDING} from '../src/store/resource.js';
import {INITIAL_VIEW, type Zoom} from '../src/store/view.js';
import type {RenderContext} from '../src/views/render-context.js';
import {installTheme} from '../src/theme/theme.js';

const EVENTS = [
  'pairs-intent',
  'pairs-menu-choose',
  'pairs-minimap-move',
  'pairs-pane-cursor',
  'pairs-pane-hold',
  'pairs-pane-magnify',
  'pairs-pane-swipe',
  'pairs-pane-zoom',
] as const;

/** The details of the events that the element sent, by type, in their order. */
let sent = new Map<string, unknown[]>();

export function take(type: string): unknown[] {
  const details = sent.get(type) ?? [];
  sent.delete(type);
  return details;
}

function put(element: HTMLElement): void {
  installTheme(document);
  // Of its own: the element before it may still send what it has to say.
  const own = new Map<string, unknown[]>();
  sent = own;
  for (const type of EVENTS) {
    element.addEventListener(type, (event) => {
      own.set(type, [...(own.get(type) ?? []), (event as CustomEvent).detail]);
    });
  }
  document.body.style.margin = '0';
  document.body.replaceChildren(element);
}

export function showMenu(): void {
  const menu = document.createElement('pairs-menu');
  menu.label = 'More';
  menu.items = ['Open', 'Fit', 'Copy'].map((text) => ({id: text.toLowerCase(), text}));
  put(menu);
}

const STEPS = ['0', '10', '20', '30', '40'];
const TIMELINE: Timeline = {
  steps: STEPS,
  fractions: [0, 0.25, 0.5, 0.75, 1],
  index: 4,
  step: '40',
  wallTime: null,
  curves: [
    {
      run: 'a',
      color: 'red',
      dashed: false,
      ends: ['0', '40'],
      steps: STEPS,
      x: [0, 0.25, 0.5, 0.75, 1],
      y: [0.1, 0.8, 0.2, 0.8, 0.9],
      averaged: STEPS.map(() => undefined),
    },
  ],
  dips: [{step: '20', fraction: 0.5, value: 0.2, color: 'red'}],
  tag: 'val',
  sample: null,
  metric: 'iou',
  lowerIsBetter: false,
  marked: null,
  sampled: [],
};

export function showTimeline(): void {
  const timeline = document.createElement('pairs-timeline');
  timeline.timeline = TIMELINE;
  timeline.style.cssText = 'display: block; width: 420px';
  put(timeline);
}

/** With the step 20 shown, so that both neighbors are there. */
export function showTimeBar(): void {
  const bar = document.createElement('pairs-time-bar');
  bar.timeline = {...TIMELINE, index: 2, step: '20'};
  bar.view = {...INITIAL_VIEW, step: '20'};
  put(bar);
}

export function showCompareBar(): void {
  const bar = document.createElement('pairs-compare-bar');
  bar.runs = ['a', 'b'];
  bar.step = '20';
  put(bar);
}

/** The upper left quarter of a picture is seen. */
export function showMinimap(): void {
  const map = document.createElement('pairs-minimap');
  const picture = halves();
  map.scene = {
    layers: [{type: 'picture', picture, opacity: 1}],
    outlines: [],
    frame: picture.raster,
    view: {scale: 1, x: 0, y: 0},
    display: defaultDisplay,
    backdrop: undefined,
  };
  map.pane = {width: 400, height: 200};
  map.zoom = {scale: 2, x: 0.25, y: 0.25};
  map.style.width = 'max-content';
  put(map);
}

export function showPalette(): void {
  const palette = document.createElement('pairs-palette');
  const scope: Scope = {
    steps: STEPS,
    dips: [],
    step: '40',
    runs: ['baseline', 'augmented'],
    shownRuns: ['baseline'],
    openRows: [],
    subject: null,
    pointed: null,
  };
  const page: Page = {
    catalog: PENDING,
    tags: {tags: [], total: 0, filterError: null},
    runs: {rows: [], total: 0, shown: 0, filterError: null},
    shownRuns: ['baseline'],
    hparams: NO_SHOWN_HPARAMS,
    timeline: TIMELINE,
    classes: null,
    skipped: [],
    kept: null,
  };
  palette.view = {...INITIAL_VIEW, dialog: 'palette'};
  palette.scope = scope;
  palette.page = page;
  put(palette);
}

/** A grey picture of 40 × 20, black on its left half and white on its right. */
function halves(): ImagePicture {
  const data = Uint8Array.from({length: 800}, (_, i) => (i % 40 < 20 ? 0 : 255));
  return {kind: 'image', raster: {width: 40, height: 20, channels: 1, bits: 8, data}};
}

/** One pane of 400 × 200 CSS pixels; gestures come back as its zoom, as the panes around it would do. */
export function showPane(settings: {readonly swipe?: boolean; readonly holds?: boolean}): void {
  const pane = document.createElement('pairs-pane');
  const picture = halves();
  const layer: Layer = {type: 'picture', picture, opacity: 1};
  const content = {layers: [layer], outlines: []};
  pane.content =
    settings.swipe === true ? {...content, swipe: {fraction: 0.5, right: content}} : content;
  pane.frame = picture.raster;
  pane.renderContext = {painter: createPainter()} as Pick<
    RenderContext,
    'painter'
  > as RenderContext;
  pane.wheelZooms = true;
  pane.holds = settings.holds ?? false;
  if (settings.swipe === true) {
    pane.swipe = {fraction: 0.5, left: 'Ground truth', right: 'a'};
  }
  pane.style.cssText = 'display: block; width: 400px';
  put(pane);
  pane.addEventListener('pairs-pane-zoom', ({detail}: CustomEvent<Zoom>) => (pane.zoom = detail));
}

export function showHistogram(): void {
  const histogram = document.createElement('pairs-histogram');
  const numbers = ({raster}: ImagePicture): Numbers => ({
    raster,
    channels: 1,
    count: () =>
      countLevels(
        raster,
        0,
        Float64Array.from({length: 256}, (_, stored) => stored),
      ),
    stored: [0, 255],
    shown: [0, 255],
    unit: '',
    said: 1,
  });
  histogram.lines = [
    {name: 'Ground truth', color: undefined, numbers: numbers(halves())},
    {name: 'a', color: 'red', numbers: numbers(halves())},
  ];
  put(histogram);
}

export function showLegend(color: string): void {
  const legend = document.createElement('pairs-legend');
  legend.entries = [{type: 'swatch', color, text: 'background'}];
  put(legend);
}
