// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/page/`. */
import '../../src/components/page/pairs-palette.js';
import '../../src/components/page/pairs-tag-controls.js';
import '../../src/components/page/pairs-tag-section.js';
import {NO_SHOWN_HPARAMS} from '../../src/store/hparams.js';
import type {Page} from '../../src/store/page.js';
import type {CommandScope} from '../../src/store/command.js';
import {PENDING} from '../../src/store/resource.js';
import {INITIAL_VIEW} from '../../src/store/view.js';
import {follow, logOf, modelOf, openLog, renderContext} from './log.js';
import {put, putBetweenButtons} from './put.js';
import {STEPS, TIMELINE} from './timeline.js';

export function showPalette(): void {
  const palette = document.createElement('pairs-palette');
  const scope: CommandScope = {
    steps: STEPS,
    dips: [],
    step: '40',
    runs: ['baseline', 'augmented'],
    isOverlaid: false,
    shownRuns: ['baseline'],
    openRows: [],
    subject: null,
    pointed: null,
  };
  const page: Page = {
    catalog: PENDING,
    tags: {tags: [], total: 0, filterError: null},
    runs: {rows: [], total: 0, shown: 0, filterError: null},
    shownRuns: ['baseline'],
    hparams: NO_SHOWN_HPARAMS,
    timeline: TIMELINE,
    classes: null,
    inputs: new Set(),
    skipped: [],
    kept: null,
  };
  palette.view = {...INITIAL_VIEW, dialog: 'palette'};
  palette.scope = scope;
  palette.page = page;
  put(palette);
}

/** Two runs and four samples. */
export async function showTagControls(): Promise<void> {
  const shown = await openLog(logOf(['a', 'b'], 4));
  const {session} = shown;
  const controls = document.createElement('pairs-tag-controls');
  putBetweenButtons(controls);
  follow(controls, shown, () => {
    controls.model = modelOf(session);
    controls.view = session.snapshot.view;
  });
}

export async function showTagSection(): Promise<void> {
  const shown = await openLog(logOf(['a', 'b'], 4));
  const {session} = shown;
  const section = document.createElement('pairs-tag-section');
  put(section);
  section.near = true;
  section.renderContext = renderContext;
  follow(section, shown, () => {
    const {view, sampleSource, revision} = session.snapshot;
    section.model = {...modelOf(session), description: 'How the net does'};
    section.view = view;
    section.source = sampleSource;
    section.revision = revision;
  });
}
