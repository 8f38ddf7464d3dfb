// SPDX-License-Identifier: Apache-2.0
/** The elements that lay out the samples of a tag. */
import '../../src/components/cards/pairs-card-list.js';
import '../../src/components/layouts/pairs-sample-table.js';
import '../../src/components/matrix/pairs-matrix.js';
import '../../src/components/sheet/pairs-sheet.js';
import type {LayoutElement} from '../../src/components/layouts/layout-element.js';
import {latest, PENDING} from '../../src/store/resource.js';
import {follow, logOf, modelOf, openLog, renderContext} from './log.js';
import {putBetweenButtons} from './put.js';

/** Samples s0, s1, … of some runs, in a layout that is as wide as the window. */
async function showLayout(
  layout: LayoutElement,
  runs: readonly string[],
  samples: number,
): Promise<void> {
  const shown = await openLog(logOf(runs, samples));
  const {session} = shown;
  putBetweenButtons(layout);
  layout.renderContext = renderContext;
  follow(layout, shown, () => {
    const {view, sampleSource, revision, history} = session.snapshot;
    layout.model = modelOf(session);
    layout.view = view;
    layout.source = sampleSource;
    layout.revision = revision;
    layout.history = latest(history.get('val') ?? PENDING);
  });
}

export function showCards(samples: number): Promise<void> {
  return showLayout(document.createElement('pairs-card-list'), ['a', 'b'], samples);
}

export function showSheet(samples: number): Promise<void> {
  return showLayout(document.createElement('pairs-sheet'), ['a', 'b'], samples);
}

export function showTable(samples: number): Promise<void> {
  return showLayout(document.createElement('pairs-sample-table'), ['a', 'b'], samples);
}

export function showMatrix(samples: number): Promise<void> {
  return showLayout(document.createElement('pairs-matrix'), ['a', 'b', 'c'], samples);
}
