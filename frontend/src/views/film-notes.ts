// SPDX-License-Identifier: Apache-2.0
/** What stands beside a row of the film strip: what its frames are compared with, and what its numbers are of. */
import type {TagModel} from '../store/data.js';
import type {ViewState} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {phrase, phraseText, type Phrase} from '../texts/scoped-number.js';
import {isOfA, type FilmRun} from './film-rows.js';
import {metricName} from './metric-text.js';
import {sidePhrase} from './side-names.js';

/** Nothing where A is the ground truth, as it is for the numbers. */
export function filmNotes(
  {tag, metric}: Pick<TagModel, 'tag' | 'metric'>,
  view: Pick<ViewState, 'a' | 'b'>,
  row: FilmRun,
): readonly Phrase[] {
  const {a} = view;
  if (a.of === 'groundTruth') {
    return [];
  }
  const ofA = isOfA(view, row) ? ['A'] : phrase`against ${sidePhrase(a, {tag, run: row.run.run})}`;
  return metric === null ? [ofA] : [ofA, [`${isolated(metricName(metric))} against ground truth`]];
}

/** The same, to follow what a row is. */
export function notesText(notes: readonly Phrase[]): string {
  return notes.map((note) => `, ${phraseText(note)}`).join('');
}
