// SPDX-License-Identifier: Apache-2.0

import type {Api} from './api/client.js';
import './components/pairs-app.js';
import type {PairsApp} from './components/pairs-app.js';
import type {WorkerLike} from './decode/crew.js';
import {Pixels} from './decode/pixels.js';
import {whenIdle} from './idle.js';
import {createPainter} from './kinds/painter.js';
import type {Session} from './store/session.js';

/** Shows a session, which may have begun already, and takes what the user asks of it. */
export function show(session: Session, api: Api, hire: () => WorkerLike): PairsApp {
  const app: PairsApp = document.createElement('pairs-app');
  const update = (): void => {
    app.snapshot = session.snapshot;
    app.scope = session.scope;
  };
  session.subscribe(update);

  app.studio = {pixels: new Pixels({hire}), painter: createPainter()};
  app.api = api;
  app.forward = (intent) => session.send(intent);
  update();
  document.body.append(app);
  whenIdle(() => session.hope());
  app.addEventListener('pairs-sight', ({detail}) => session.setSight(detail));
  app.addEventListener('pairs-film', ({detail}) => session.setFilm(detail));
  app.addEventListener('pairs-tags-in-sight', ({detail}) => session.setTagsInSight(detail));
  return app;
}
