// SPDX-License-Identifier: Apache-2.0
/** The header of an exported page: its tag, steps, modes, zoom and classes. */
import type {PageContent} from '../page-content.js';
import {make, makeButton, makeSlider} from './elements.js';
import {makeLegend, showLegend} from './legend.js';
import type {View} from './view.js';

export function makeHeader(content: PageContent, view: View): HTMLElement {
  return make(
    'header',
    {},
    make('h1', {dir: 'auto'}, content.tag),
    make('span', {class: 'quiet', dir: 'auto'}, content.order),
    makeSteps(content, view),
    make('div', {class: 'group tools'}, makeModes(view), makeZoom(view)),
    makeClasses(content),
    makeSharedLegend(content),
  );
}

function makeSteps({steps}: PageContent, view: View): HTMLElement {
  const text = make('output', {'aria-live': 'polite'});
  const slider = makeSlider('Step', steps.length - 1, (step) => view.goTo(step));
  slider.hidden = steps.length < 2;
  view.onStep(() => {
    const step = steps[view.step] ?? '';
    slider.value = String(view.step);
    slider.setAttribute('aria-valuetext', step);
    text.textContent = `Step ${step}`;
  });
  return make('div', {class: 'group step'}, text, slider);
}

function makeModes(view: View): HTMLElement {
  const side = makeButton('Side by side', 'Side by side', '1', () => view.setSwipes(false));
  const swipe = makeButton('Swipe', 'Swipe', '3', () => view.setSwipes(true));
  const divider = makeSlider('Swipe', 100, (percent) => view.moveDivider(percent / 100));
  view.onChange(() => {
    side.setAttribute('aria-pressed', String(!view.swipes));
    swipe.setAttribute('aria-pressed', String(view.swipes));
    divider.hidden = !view.swipes;
    divider.value = String(Math.round(view.divider * 100));
  });
  const attributes = {class: 'group', role: 'group', 'aria-label': 'Compare'};
  return make('div', attributes, side, swipe, divider);
}

function makeZoom(view: View): HTMLElement {
  const text = make('output', {'aria-live': 'polite'});
  view.onChange(() => (text.textContent = `${view.scale.toFixed(view.scale < 10 ? 1 : 0)}×`));
  return make(
    'div',
    {class: 'group', role: 'group', 'aria-label': 'Zoom'},
    makeButton('−', 'Zoom out', '−', () => view.zoomBy(0.5)),
    text,
    makeButton('+', 'Zoom in', '+', () => view.zoomBy(2)),
    makeButton('Fit', 'Fit', '0', () => view.fit()),
  );
}

/** Where one holds for all samples and steps; else each sample has its own. */
function makeSharedLegend({legends}: PageContent): HTMLElement {
  const legend = makeLegend();
  showLegend(legend, legends.length === 1 ? legends[0] : []);
  return legend;
}

function makeClasses({classes}: PageContent): HTMLElement {
  const list = make('ul', {class: 'classes', 'aria-label': 'Classes'});
  for (const {name, color} of classes) {
    const swatch = make('span', {'aria-hidden': 'true'});
    swatch.style.background = color;
    list.append(make('li', {dir: 'auto'}, swatch, name));
  }
  list.hidden = classes.length === 0;
  return list;
}
