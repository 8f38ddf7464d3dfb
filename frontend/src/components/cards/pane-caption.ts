// SPDX-License-Identifier: Apache-2.0
/** What stands above a pane's picture, or in the full view on it: whose it is, notes and numbers. */
import {html, nothing, type TemplateResult} from 'lit';
import {classMap} from 'lit/directives/class-map.js';
import {styleMap} from 'lit/directives/style-map.js';
import '../../controls/pairs-icon.js';
import {SHORT_TAIL} from '../../controls/cut-name.js';
import '../../controls/pairs-name.js';
import {showPhrase} from '../../controls/scoped-number.js';
import type {Size} from '../../pixels/raster.js';
import type {PaneBadge, PaneChip} from '../../views/pane-notes.js';

/** CSS pixels that a long badge and a number take, of each further number, of a name's character, and characters of a name that tell enough. */
const BESIDE_NAME = 180;
const FURTHER_CHIP = 80;
const CHARACTER = 7;
const TELLING = 20;

/** How a pane stands in the full view: as large as the others, larger than them, or beside a larger one. */
export type StagePlace = 'alike' | 'large' | 'thumb';

interface Caption {
  readonly heading: string;
  readonly hint: string;
  /** Of the run's dot; none without. */
  readonly color: string | undefined;
  readonly chips: readonly PaneChip[];
  readonly badges: readonly PaneBadge[];
  readonly paneSize: Size;
  /** Absent out of the full view. */
  readonly onStage: StagePlace | undefined;
  /** What is around it says whose it is. */
  readonly bare: boolean;
}

/** `enlarge` is asked for by the button that panes of the full view have. */
export function paneCaption(caption: Caption, enlarge: () => void): TemplateResult {
  const {heading, chips, badges, paneSize, bare} = caption;
  const isNarrow = hasLittleRoom(heading, chips.length, paneSize);
  return html`${bare ? nothing : renderName(caption, enlarge)}
    <slot name="heading"></slot>
    ${badges.map(
      ({text, short, title, tone}) =>
        html`<span class="badge" data-tone=${tone} title=${title}
          >${showPhrase((isNarrow ? short : undefined) ?? text)}</span
        >`,
    )}
    <slot name="menu"></slot>
    <span class="space"></span>
    <slot name="note"></slot>
    ${chips.map(
      ({text, title, tone}) =>
        html`<span class="chip" data-tone=${tone} title=${title}>${showPhrase(text)}</span>`,
    )}`;
}

function renderName(
  {heading, hint, color, chips, onStage}: Caption,
  enlarge: () => void,
): TemplateResult {
  return html`<span class="who"
    >${color === undefined ? nothing : html`<span class="dot" style=${styleMap({background: color})}></span>`}
    <pairs-name
      class=${classMap({quiet: color === undefined && chips.length === 0})}
      .name=${heading}
      .hint=${hint}
      .tail=${SHORT_TAIL}
    ></pairs-name
    >${onStage === undefined ? nothing : enlargeButton(heading, onStage, enlarge)}</span
  >`;
}

/** Where the name goes before what the badges say whole. */
function hasLittleRoom(heading: string, chips: number, {width}: Size): boolean {
  const beside = BESIDE_NAME + FURTHER_CHIP * Math.max(0, chips - 1);
  return width > 0 && width < beside + CHARACTER * Math.min(heading.length, TELLING);
}

/** For the pointer: the keyboard has Tab for it, which would stop at each of these. */
function enlargeButton(heading: string, onStage: StagePlace, enlarge: () => void): TemplateResult {
  const isLarge = onStage === 'large';
  return html`<button
    class="enlarge"
    tabindex="-1"
    aria-label=${isLarge ? 'Show all pictures alike' : `Show ${heading} large`}
    title=${isLarge ? 'Show all alike (Esc)' : 'Show this one large (Tab)'}
    @click=${enlarge}
  >
    <pairs-icon name=${isLarge ? 'minimize-2' : 'maximize-2'}></pairs-icon>
  </button>`;
}
