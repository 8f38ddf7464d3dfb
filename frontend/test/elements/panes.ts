// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/cards/` that show one picture, or none. */
import '../../src/components/cards/pairs-histogram.js';
import '../../src/components/cards/pairs-legend.js';
import '../../src/components/cards/pairs-menu.js';
import '../../src/components/cards/pairs-minimap.js';
import '../../src/components/cards/pairs-pane.js';
import type {ImagePicture} from '../../src/kinds/image/picture.js';
import {createPainter} from '../../src/kinds/painter.js';
import {defaultDisplay} from '../../src/kinds/registry.js';
import type {Layer} from '../../src/kinds/scene.js';
import {countLevels, type Numbers} from '../../src/pixels/distribution.js';
import type {Zoom} from '../../src/store/view.js';
import type {RenderContext} from '../../src/views/render-context.js';
import {halves} from './halves.js';
import {put} from './put.js';

export function showMenu(): void {
  const menu = document.createElement('pairs-menu');
  menu.label = 'More';
  menu.items = ['Open', 'Fit', 'Copy'].map((text) => ({id: text.toLowerCase(), text}));
  put(menu);
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

/** One pane of 400 × 200 CSS pixels; gestures come back as its zoom, as the panes around it would do. */
export function showPane(settings: {
  readonly swipe?: boolean;
  readonly holds?: boolean;
  readonly minimap?: boolean;
}): void {
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
  pane.minimap = settings.minimap ?? false;
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
