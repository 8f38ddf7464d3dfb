// SPDX-License-Identifier: Apache-2.0
/** The cards of an exported page, and the panes that they consist of. */
import type {PageContent, PagePicture, PageSample} from '../page-content.js';
import {make} from './elements.js';
import {listenTo} from './gestures.js';
import {makeLegend, showLegend} from './legend.js';
import type {View} from './view.js';

const TRUTH_NAME = 'Ground truth';

export function makeCard(content: PageContent, sample: PageSample, view: View): HTMLElement {
  const panes = make('div', {class: 'panes'});
  if (sample.inputs.length > 0) {
    panes.append(makeFixedPane(content, sample, 'Input', sample.inputs, view));
  }
  panes.append(makeFixedPane(content, sample, TRUTH_NAME, sample.truths, view));
  for (const run of content.runs.keys()) {
    panes.append(makeRunPane(content, sample, run, view));
  }
  const head = make(
    'div',
    {},
    make('h2', {dir: 'auto'}, sample.id),
    ...(sample.flagged ? [make('span', {class: 'flag'}, 'Flagged')] : []),
    make('span', {class: 'caption', dir: 'auto'}, sample.caption),
  );
  if (content.legends.length > 1) {
    head.append(makeOwnLegend(content, sample, view));
  }
  return make('article', {'aria-label': sample.id}, head, panes);
}

function makeOwnLegend({legends}: PageContent, sample: PageSample, view: View): HTMLElement {
  const legend = makeLegend();
  view.onStep(() => showLegend(legend, legends[sample.legends[view.step] ?? -1]));
  return legend;
}

/** A pane of pictures that are the same for all runs. */
function makeFixedPane(
  content: PageContent,
  sample: PageSample,
  name: string,
  pictures: readonly PagePicture[],
  view: View,
): HTMLElement {
  const layer = new Layer('own', `${name} of ${sample.id}`, content.pictures);
  const stage = makeStage(sample, layer.element);
  const badges = make('span', {class: 'badges'});
  view.onStep(() => {
    showPicture(stage, layer, pictures[view.step]?.picture);
    showBadges(badges, pictures[view.step]);
  });
  listenTo(stage, view, false);
  return make('figure', {}, make('figcaption', {}, makeName(name), badges), stage);
}

/** A pane of a run's predictions, which are swiped over the ground truth. */
function makeRunPane(
  content: PageContent,
  sample: PageSample,
  run: number,
  view: View,
): HTMLElement {
  const {name, parts, color} = content.runs[run]!;
  const own = new Layer('own', `${name} of ${sample.id}`, content.pictures);
  const truth = new Layer('swiped', `${TRUTH_NAME} of ${sample.id}`, content.pictures);
  const right = makeName(name, parts, 'side right swiped');
  const stage = makeStage(sample, truth.element, own.element);
  stage.classList.add('run');
  stage.append(
    make('div', {class: 'divider swiped'}),
    make('span', {class: 'side left swiped'}, TRUTH_NAME),
    right,
  );
  const dot = make('span', {class: 'dot'});
  dot.style.background = color;
  const badges = make('span', {class: 'badges'});
  const note = make('strong');
  view.onStep(() => {
    const prediction = sample.predictions[run]?.[view.step];
    showPicture(stage, own, prediction?.picture);
    truth.show(sample.truths[view.step]?.picture);
    note.textContent = prediction?.note ?? '';
    showBadges(badges, prediction);
  });
  listenTo(stage, view, true);
  const caption = make('figcaption', {}, dot, makeName(name, parts), badges, note);
  return make('figure', {}, caption, stage);
}

/** A name whose beginning is cut where there is no room. */
function makeName(
  name: string,
  [head, tail]: readonly [string, string] = [name, ''],
  className = '',
): HTMLElement {
  return make(
    'span',
    {class: `name ${className}`, title: name, dir: 'auto'},
    make('span', {}, head),
    make('span', {class: 'tail'}, tail),
  );
}

function makeStage({width, height}: PageSample, ...layers: readonly HTMLElement[]): HTMLElement {
  const stage = make('div', {class: 'stage'}, ...layers);
  stage.append(make('div', {class: 'none'}, 'Nothing here'));
  stage.style.aspectRatio = `${width} / ${height}`;
  return stage;
}

function showPicture(stage: HTMLElement, layer: Layer, picture = -1): void {
  layer.show(picture);
  stage.querySelector<HTMLElement>('.none')!.hidden = picture >= 0;
}

function showBadges(element: HTMLElement, picture: PagePicture | undefined): void {
  element.replaceChildren(
    ...(picture?.badges ?? []).map(({text, title}) => make('span', {class: 'badge', title}, text)),
  );
}

class Layer {
  readonly element: HTMLElement;
  readonly #image: HTMLImageElement;

  constructor(
    className: string,
    alt: string,
    private readonly pictures: readonly string[],
  ) {
    this.#image = make('img', {alt, draggable: 'false', decoding: 'async'});
    this.element = make('div', {class: `layer ${className}`}, this.#image);
  }

  /** Shows a picture of `pictures`; none for a place that it has not. */
  show(picture = -1): void {
    const url = this.pictures[picture];
    if (url === undefined) {
      this.#image.removeAttribute('src');
    } else if (this.#image.getAttribute('src') !== url) {
      this.#image.setAttribute('src', url);
    }
  }
}
