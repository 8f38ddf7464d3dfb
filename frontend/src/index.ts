// SPDX-License-Identifier: Apache-2.0

import {HttpApi} from './api/client.js';
import './components/pairs-app.js';
import type {PairsApp} from './components/pairs-app.js';
import {Pixels} from './decode/pixels.js';
import {Host} from './host.js';
import {Memory} from './memory.js';
import {createPainter} from './paint/painter.js';
import {Session, type Surroundings} from './store/session.js';
import {installTheme, setTheme} from './theme/theme.js';

/** The address is written once the view rests: browsers refuse more than some hundred writes in half a minute. */
const SAVE_AFTER_MS = 300;

/** Called by TensorBoard once the frame stands: puts the page together and starts it. */
export function render(): void {
  installTheme(document);
  document.documentElement.lang = 'en';
  document.title = 'Pairs';

  const memory = new Memory(() => localStorage, location.pathname);
  const app: PairsApp = document.createElement('pairs-app');

  const host = new Host(window, {
    dataReloaded: () => session.send({type: 'reload'}),
    runsChanged: (runs) => session.setHostRuns(runs),
    themeChanged: (theme) => setTheme(document, theme),
    visibilityChanged: (visible) => session.setVisible(visible),
    linkChanged: (params) => session.open(params),
  });
  setTheme(document, host.theme);

  let saving: ReturnType<typeof setTimeout> | undefined;
  const surroundings: Surroundings = {
    soon(work) {
      let isAsked = false;
      return () => {
        if (isAsked) return;
        isAsked = true;
        queueMicrotask(() => {
          isAsked = false;
          work();
        });
      };
    },
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    saveView(params) {
      clearTimeout(saving);
      saving = setTimeout(() => {
        host.writeLink(params);
        memory.write(params);
      }, SAVE_AFTER_MS);
    },
    copyLink: () => void copy(host.link(session.params), 'The link to this view'),
    copy: (text, what) => void copy(text, what),
  };

  async function copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      app.toast({text: `${what} is on the clipboard`, tone: 'info'});
    } catch {
      app.toast({text: `The browser refused to copy. ${what}: ${text}`, tone: 'error'});
    }
  }

  const api = new HttpApi(new URL('.', document.baseURI), (...request) => fetch(...request));
  const link = host.linkParams;
  const session = new Session(api, surroundings, link ?? memory.read());
  const show = (): void => {
    app.snapshot = session.snapshot;
    app.scope = session.scope;
  };
  session.subscribe(show);

  app.studio = {pixels: new Pixels(), painter: createPainter()};
  app.api = api;
  show();
  document.body.append(app);
  // After the app is connected: it ends intents that are about its own parts.
  app.addEventListener('pairs-intent', ({detail}) => session.send(detail));
  app.addEventListener('pairs-sight', ({detail}) => session.setSight(detail));
  app.addEventListener('pairs-film', ({detail}) => session.setFilm(detail));
  app.addEventListener('pairs-tags-in-sight', ({detail}) => session.setTagsInSight(detail));
  app.addEventListener('pairs-class-score', ({detail}) => session.addClassScore(detail));
  session.start();
}
