// SPDX-License-Identifier: Apache-2.0
/** The column of names of the film strip. */
import {html, nothing} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import {SHORT_TAIL} from '../../controls/cut-name.js';
import '../../controls/pairs-name.js';
import {showPhrase} from '../../controls/scoped-number.js';
import {isolated} from '../../texts/isolated.js';
import {formatCount, plural} from '../../texts/numbers.js';
import type {Phrase} from '../../texts/scoped-number.js';
import {notesText} from '../../views/film-notes.js';
import type {FilmRun} from '../../views/film-rows.js';
import {GAP, NAMES_WIDTH, TEXT_HEIGHT} from '../../views/film-sizes.js';

/** What is said of a row besides its name. */
interface RowNotes {
  /** At which step it stays, after a space; empty where it follows the slider. */
  readonly stays: string;
  readonly notes: readonly Phrase[];
}

/** The name of a row, which shows its run large. */
export function filmName(
  {run}: FilmRun,
  name: string,
  {stays, notes}: RowNotes,
  onClick: () => void,
) {
  return html`<button
    class="who"
    tabindex="-1"
    title=${`${isolated(run.run)}${stays}${notesText(notes)}: show it large`}
    style=${styleMap({width: `${NAMES_WIDTH}px`, paddingBottom: `${TEXT_HEIGHT + GAP}px`})}
    @click=${onClick}
  >
    <span class="dot" style=${styleMap({background: run.color})}></span
    ><span class="names"
      ><pairs-name
        .name=${name}
        .hint=${`${isolated(run.run)}${stays}`}
        .tail=${SHORT_TAIL}
      ></pairs-name
      >${notes.map((note) => html`<span class="against">${showPhrase(note)}</span>`)}</span
    >
  </button>`;
}

/** Says how many runs follow below what is seen of the strip: a number of the window, and of no log. */
export function filmMore(below: number, onClick: () => void) {
  return below === 0
    ? nothing
    : html`<div class="more">
        <button
          tabindex="-1"
          title="Show the next runs"
          style=${styleMap({width: `${NAMES_WIDTH - GAP}px`})}
          @click=${onClick}
        >
          ${formatCount(below)} more ${plural('run', below)} below ▾
        </button>
      </div>`;
}
