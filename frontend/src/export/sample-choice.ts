// SPDX-License-Identifier: Apache-2.0
/** Which samples of a tag an exported page shows, and the controls that ask. */
import {html, nothing, type TemplateResult} from 'lit';
import '../controls/pairs-name.js';
import {showPhrase} from '../controls/scoped-number.js';
import type {TagModel} from '../store/data.js';
import {scopedCount} from '../texts/scoped-number.js';

export interface SampleChoice {
  readonly which: 'one' | 'first' | 'flagged' | 'all';
  /** How many come first: the worst, the most regressed, or what else the order puts first. */
  readonly most: number;
}

export const ONE_SAMPLE: SampleChoice = {which: 'one', most: 8};

/** Ids, in the order that they have on the page; `sample` is the one that was asked for. */
export function chosenSamples(
  {rows}: Pick<TagModel, 'rows'>,
  sample: string,
  {which, most}: SampleChoice,
): readonly string[] {
  switch (which) {
    case 'one':
      return [sample];
    case 'first':
      return rows.slice(0, most).map(({id}) => id);
    case 'flagged':
      return rows.filter(({flagged}) => flagged).map(({id}) => id);
    case 'all':
      return rows.map(({id}) => id);
  }
}

/** `order` says what the samples are sorted by. */
export function renderSampleChoice(
  {tag, rows}: TagModel,
  sample: string,
  order: string,
  choice: SampleChoice,
  choose: (choice: SampleChoice) => void,
) {
  const flagged = rows.filter((row) => row.flagged).length;
  const radio = (which: SampleChoice['which'], text: TemplateResult) =>
    html`<label class="choice">
      <input
        type="radio"
        name="samples"
        .checked=${choice.which === which}
        @change=${() => choose({...choice, which})}
      />
      ${text}
    </label>`;
  const count = html`<input
    class="count"
    type="number"
    aria-label="How many samples"
    min="1"
    max=${rows.length}
    .value=${String(Math.min(choice.most, rows.length))}
    @change=${({target}: Event) => {
      const most = Math.round((target as HTMLInputElement).valueAsNumber);
      choose({which: 'first', most: Math.max(1, most || 1)});
    }}
  />`;
  return html`<fieldset>
    <legend>Samples of ${tag}</legend>
    ${radio('one', html`<span class="named">Only <pairs-name .name=${sample}></pairs-name></span>`)}
    ${
      rows.length < 2
        ? nothing
        : html`<div class="choice">
            ${radio('first', html`<span>The first</span>`)} ${count}
            <span class="muted clip">${order}</span>
          </div>`
    }
    ${
      flagged === 0
        ? nothing
        : radio(
            'flagged',
            html`<span>The ${showPhrase(scopedCount(flagged, 'flagged sample', {tag}))}</span>`,
          )
    }
    ${radio(
      'all',
      html`<span
        >All ${showPhrase(scopedCount(rows.length, 'sample', {tag}))} shown, in this order</span
      >`,
    )}
  </fieldset>`;
}
