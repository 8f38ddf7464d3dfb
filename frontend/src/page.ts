// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the page together around a session. Loaded by `index.ts` as a file of its own, with all
 * that paints and decodes.
 */
import type {Api} from './api/client.js';
import './components/pairs-app.js';
import type {PairsApp} from './components/pairs-app.js';
import type {WorkerLike} from './decode/worker-pool.js';
import {PictureDecoder} from './decode/picture-decoder.js';
import {whenIdle} from './idle.js';
import {createPainter} from './kinds/painter.js';
import type {Session} from './store/session.js';
import {isOverlaid} from './views/page-kinds.js';

export {measureDrawn, measuresOf} from './views/measuring.js';

/** What decodes pictures, for all of the page. */
export function createDecoder(createWorker: () => WorkerLike): PictureDecoder {
  return new PictureDecoder({createWorker});
}

/** Shows a session, which may have begun already, and takes what the user asks of it. */
export function show(session: Session, api: Api, decoder: PictureDecoder): PairsApp {
  const app: PairsApp = document.createElement('pairs-app');
  const update = (): void => {
    app.snapshot = session.snapshot;
    const {page, view} = session.snapshot;
    app.scope = {...session.scope, isOverlaid: isOverlaid(page, view)};
  };
  session.subscribe(update);

  app.renderContext = {decoder, painter: createPainter()};
  app.api = api;
  app.forward = (intent) => session.send(intent);
  update();
  document.body.append(app);
  whenIdle(() => session.enablePrefetch());
  app.addEventListener('pairs-visible-samples', ({detail}) => session.setVisibleSamples(detail));
  app.addEventListener('pairs-visible-film', ({detail}) => session.setVisibleFilm(detail));
  app.addEventListener('pairs-visible-tags', ({detail}) => session.setVisibleTags(detail));
  return app;
}
