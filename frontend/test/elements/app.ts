// SPDX-License-Identifier: Apache-2.0
/** The page as a whole, `pairs-app`, on a log in memory. */
import '../../src/components/pairs-app.js';
import {isOverlaid} from '../../src/views/page-kinds.js';
import {logOf, openLog, renderContext} from './log.js';
import {put} from './put.js';

/** Two runs and four samples. */
export async function showApp(): Promise<void> {
  const {session, api} = await openLog(logOf(['a', 'b'], 4));
  const app = document.createElement('pairs-app');
  app.style.cssText = 'height: 900px';
  const update = (): void => {
    app.snapshot = session.snapshot;
    const {page, view} = session.snapshot;
    app.scope = {...session.scope, isOverlaid: isOverlaid(page, view)};
  };
  session.subscribe(update);
  app.renderContext = renderContext;
  app.api = api;
  app.forward = (intent) => session.send(intent);
  app.addEventListener('pairs-visible-samples', ({detail}) => session.setVisibleSamples(detail));
  app.addEventListener('pairs-visible-film', ({detail}) => session.setVisibleFilm(detail));
  app.addEventListener('pairs-visible-tags', ({detail}) => session.setVisibleTags(detail));
  update();
  put(app);
}
