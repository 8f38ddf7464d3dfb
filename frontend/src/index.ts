// SPDX-License-Identifier: Apache-2.0
/**
 * What TensorBoard imports. All that talks to it is here; all that shows something is in a file of its own (`page`), so that
 * the server already works on the first pictures while the browser loads the code that shows them.
 */
import {page} from './page-loading.js';
import {HttpApi} from './api/client.js';
import {createWorkerEarly} from './decode/create-worker.js';
import {CuttingApi} from './existing/cutting-api.js';
import {Host} from './host.js';
import {withRules} from './store/link.js';
import type {Environment} from './store/environment.js';
import {isOpening} from './store/page.js';
import {Session} from './store/session.js';
import {installTheme, setTheme} from './theme/theme.js';
import {ViewStorage} from './view-storage.js';

/** The address is written once the view rests: browsers refuse more than some hundred writes in half a minute. */
const SAVE_AFTER_MS = 300;

/** An empty page would be laid out twice, so it waits for content; but not for long, or it would seem broken. */
const OPENING_MS = 250;

/** Called by TensorBoard once the frame stands: puts the page together and starts it. */
export async function render(): Promise<void> {
  const kept = new ViewStorage(() => localStorage, location.pathname);

  const host = new Host(window, {
    dataReloaded: () => session.send({type: 'reload'}),
    runsChanged: (runs) => session.setHostRuns(runs),
    themeChanged: (theme) => setTheme(document, theme),
    visibilityChanged: (visible) => session.setPageVisible(visible),
    linkChanged: (params) => session.open(params),
  });
  let saving: ReturnType<typeof setTimeout> | undefined;
  let measuresOf: Environment['measuresOf'] = () => [];
  const environment: Environment = {
    soon(work) {
      let isAsked = false;
      return () => {
        if (isAsked) {
          return;
        }
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
    afterPaint(work) {
      // It is drawn with the first frame, and there with the second: with the third nobody waits for it any more.
      let frame = 0;
      const wait = (frames: number): void => {
        frame = requestAnimationFrame(() => (frames === 1 ? work() : wait(frames - 1)));
      };
      wait(3);
      return () => cancelAnimationFrame(frame);
    },
    saveView(params) {
      clearTimeout(saving);
      saving = setTimeout(() => {
        host.writeLink(params);
        kept.write(params);
      }, SAVE_AFTER_MS);
    },
    copyLink: (params) => void copy({text: host.link(params), what: 'The link to this view'}),
    copy: (copied) => void copy(copied),
    measuresOf: (kind) => measuresOf(kind),
    measure: async (request, signal) => (await page).measureDrawn(await decoder, request, signal),
  };

  async function copy({
    text,
    what,
    copied = `${what} is on the clipboard`,
  }: Parameters<Environment['copy']>[0]): Promise<void> {
    const app = await shown;
    try {
      await navigator.clipboard.writeText(text);
      app.toast({text: copied, tone: 'info'});
    } catch {
      app.toast({text: `The browser refused to copy. ${what}: ${text}`, tone: 'error'});
    }
  }

  const api = new CuttingApi(
    new HttpApi(new URL('.', document.baseURI), (...request) => fetch(...request)),
    async (picture, blob) => (await decoder).integers(picture, blob),
  );
  const link = host.linkParams;
  const remembered = kept.read();
  const session = new Session(api, environment, withRules(link ?? remembered, remembered));
  session.start();

  installTheme(document);
  setTheme(document, host.theme);
  document.documentElement.lang = 'en';
  document.title = 'Pairs';

  const createWorker = createWorkerEarly();
  const decoder = page.then((loaded) => {
    measuresOf = loaded.measuresOf;
    return loaded.createDecoder(createWorker);
  });
  const shown = Promise.all([page, decoder, opened(session)]).then(([{show}, pictureDecoder]) =>
    show(session, api, pictureDecoder),
  );
  await shown;
}

/** Waits for what the session shows first, though not for long. */
function opened(session: Session): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.subscribe(() => {
      if (!isOpening(session.snapshot.page)) {
        end();
      }
    });
    const timer = setTimeout(end, OPENING_MS);
    function end(): void {
      stop();
      clearTimeout(timer);
      resolve();
    }
  });
}
