// SPDX-License-Identifier: Apache-2.0
/** The script of an exported page: shows the content that stands in the file as data. */
import type {PageContent} from '../page-content.js';
import {make} from './elements.js';
import {makeHeader} from './header.js';
import {makeCard} from './panes.js';
import {View} from './view.js';

const content = JSON.parse(document.getElementById('content')!.textContent) as PageContent;
const view = new View(document.body, content.steps.length);
document.body.append(
  makeHeader(content, view),
  make('main', {}, ...content.samples.map((sample) => makeCard(content, sample, view))),
);
document.body.classList.toggle('smooth', content.smooth);
view.show();

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => view.goTo(view.step - 1),
  ArrowRight: () => view.goTo(view.step + 1),
  Home: () => view.goTo(0),
  End: () => view.goTo(content.steps.length - 1),
  1: () => view.setSwipes(false),
  3: () => view.setSwipes(true),
  '+': () => view.zoomBy(2),
  '=': () => view.zoomBy(2),
  '-': () => view.zoomBy(0.5),
  0: () => view.fit(),
};
window.addEventListener('keydown', (event) => {
  const {key, ctrlKey, metaKey, altKey, target} = event;
  const act = KEYS[key];
  if (act === undefined || ctrlKey || metaKey || altKey || target instanceof HTMLInputElement) {
    return;
  }
  event.preventDefault();
  act();
});
