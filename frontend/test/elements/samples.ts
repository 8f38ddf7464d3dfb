// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/cards/` that show a sample. */
import '../../src/components/cards/pairs-card.js';
import '../../src/components/cards/pairs-film-strip.js';
import '../../src/components/cards/pairs-full-view.js';
import '../../src/components/cards/pairs-panes.js';
import {latest, PENDING} from '../../src/store/resource.js';
import {follow, logOf, modelOf, openLog, renderContext, send} from './log.js';
import {put, putBetweenButtons} from './put.js';

/** Sample s0 of two runs. */
export async function showCard(): Promise<void> {
  const shown = await openLog(logOf(['a', 'b'], 4));
  const {session} = shown;
  const card = document.createElement('pairs-card');
  card.style.cssText = 'display: block; width: 900px';
  put(card);
  card.renderContext = renderContext;
  card.width = 900;
  follow(card, shown, () => {
    const {view, sampleSource, revision, history} = session.snapshot;
    card.model = modelOf(session);
    card.row = card.model.rows[0];
    card.view = view;
    card.source = sampleSource;
    card.revision = revision;
    card.history = latest(history.get('val') ?? PENDING);
  });
  card.addEventListener('pairs-panes-zoom', ({detail}) => (card.zoom = detail));
}

/** The panes of s0: ground truth, a and b, of 400 CSS pixels each. */
export async function showPanes(): Promise<void> {
  const shown = await openLog(logOf(['a', 'b'], 4));
  const {session} = shown;
  const panes = document.createElement('pairs-panes');
  panes.style.cssText = 'display: block; width: 1202px';
  putBetweenButtons(panes);
  panes.renderContext = renderContext;
  panes.columns = 3;
  follow(panes, shown, () => {
    const {view, sampleSource, revision} = session.snapshot;
    panes.model = modelOf(session);
    panes.row = panes.model.rows[0];
    panes.view = view;
    panes.source = sampleSource;
    panes.revision = revision;
  });
  panes.addEventListener('pairs-panes-zoom', ({detail}) => (panes.zoom = detail));
  panes.addEventListener(
    'pairs-panes-swipe',
    ({detail}) => void send({type: 'swipe', position: detail}),
  );
}

/** The frames of s0: runs of sixty steps, of which about four are in sight. */
export async function showFilmStrip(runs = ['a', 'b'], tallest = 400): Promise<void> {
  const steps = Array.from({length: 60}, (_, i) => String(i));
  const shown = await openLog(logOf(runs, 1, steps));
  const {session} = shown;
  await send({type: 'step', step: '30'});
  const strip = document.createElement('pairs-film-strip');
  strip.style.cssText = 'display: block; width: 600px';
  putBetweenButtons(strip);
  strip.renderContext = renderContext;
  strip.sample = 's0';
  strip.frame = {width: 40, height: 20};
  strip.tallest = tallest;
  follow(strip, shown, () => {
    const {view, sampleSource, revision} = session.snapshot;
    strip.model = modelOf(session);
    strip.runs = strip.model.runs.map((run) => ({key: run.run, run, pinned: null}));
    strip.view = view;
    strip.source = sampleSource;
    strip.revision = revision;
  });
}

/** s0 over the whole window. */
export async function showFullView(): Promise<void> {
  const shown = await openLog(logOf(['a', 'b'], 4));
  const {session} = shown;
  await send({type: 'open', tag: 'val', sample: 's0'});
  const full = document.createElement('pairs-full-view');
  full.style.cssText = 'position: fixed; inset: 40px 0';
  full.renderContext = renderContext;
  follow(full, shown, () => {
    const {view, sampleSource, revision, history} = session.snapshot;
    full.model = modelOf(session);
    full.sample = view.open?.sample ?? '';
    full.view = view;
    full.source = sampleSource;
    full.revision = revision;
    full.history = latest(history.get('val') ?? PENDING);
  });
  putBetweenButtons(full);
}
