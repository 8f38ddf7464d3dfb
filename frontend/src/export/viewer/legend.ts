// SPDX-License-Identifier: Apache-2.0
/** What the colours of an exported page mean. */
import {discCss, scaleCss, swatchCss} from '../../kinds/legend-css.js';
import type {LegendEntry} from '../../kinds/legend.js';
import {make} from './elements.js';

export function makeLegend(): HTMLElement {
  return make('ul', {class: 'legend', 'aria-label': 'Colours'});
}

/** Shows these entries in a legend in place of others; none hide it. */
export function showLegend(legend: HTMLElement, entries: readonly LegendEntry[] = []): void {
  legend.replaceChildren(...entries.map((entry) => make('li', {dir: 'auto'}, ...partsOf(entry))));
  legend.hidden = entries.length === 0;
}

function partsOf(entry: LegendEntry): readonly (Node | string)[] {
  switch (entry.type) {
    case 'text':
      return [entry.text];
    case 'swatch':
      return [makeMark('swatch', swatchCss(entry.color, entry.stripe)), entry.text];
    case 'line':
      return [makeMark(entry.dashed ? 'line dashed' : 'line', ''), entry.text];
    case 'disc':
      return [makeMark('disc', discCss(entry.rim)), entry.text];
    case 'scale':
      return [
        entry.ticks[0] ?? '',
        makeMark('scale', scaleCss(entry.colors)),
        entry.ticks.at(-1) ?? '',
      ];
  }
}

function makeMark(className: string, background: string): HTMLElement {
  const mark = make('span', {class: `mark ${className}`, 'aria-hidden': 'true'});
  mark.style.background = background;
  return mark;
}
