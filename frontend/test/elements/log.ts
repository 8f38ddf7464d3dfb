// SPDX-License-Identifier: Apache-2.0
/** A session on a log in memory, for elements that show samples: no server, no PNG, no worker. */
import type {FramesQuery} from '../../src/api/client.js';
import type {Bundle} from '../../src/api/types.js';
import type {PictureDecoder} from '../../src/decode/picture-decoder.js';
import {createPainter} from '../../src/kinds/painter.js';
import type {DecodedRaster, Size} from '../../src/pixels/raster.js';
import type {SampleRow, TagModel} from '../../src/store/data.js';
import {FakeApi, type Log} from '../../src/store/fake-api.fixture.js';
import type {Intent, SessionEffect, ViewChange} from '../../src/store/intents.js';
import {Session} from '../../src/store/session.js';
import type {RenderContext} from '../../src/views/render-context.js';

const FRAME: Size = {width: 40, height: 20};
const STEPS = ['0', '10', '20', '30', '40'];

/** A log of one tag, `val`; the score of sample i at a step is the same for a run. */
export function logOf(runs: readonly string[], samples: number, steps = STEPS): Log {
  const records = (place: number) =>
    steps.map((step) => ({
      step,
      scores: Object.fromEntries(
        Array.from({length: samples}, (_, i) => [
          `s${i}`,
          (i + 1 + place) / (samples + runs.length),
        ]),
      ),
    }));
  return {val: Object.fromEntries(runs.map((run, place) => [run, records(place)]))};
}

/** Answers with pictures of `FRAME`, as images. */
class PictureApi extends FakeApi {
  override kinds = {val: {name: 'image'}};

  override async frames(query: FramesQuery, signal: AbortSignal): Promise<Bundle> {
    const bundle = await super.frames(query, signal);
    const frames = bundle.frames.map((frame) =>
      'pictures' in frame
        ? {...frame, pictures: frame.pictures.map((picture) => ({...picture, ...FRAME}))}
        : frame,
    );
    return {...bundle, frames};
  }
}

/** Grey of a picture, by its name: `gt-s0`, or `a-40-s0` of run a at step 40. */
function greyOf(digest: string): number {
  const [run = '', step = ''] = digest.split('-');
  return run === 'gt' ? 20 : run.charCodeAt(0) - 'a'.charCodeAt(0) + 100 + Number(step);
}

/** All is decoded as soon as it is asked for. */
const decoder = {
  peek: ({digest, width, height}) => rasterOf(digest, {width, height}),
  raster: ({digest, width, height}) => Promise.resolve(rasterOf(digest, {width, height})),
  hasten: () => undefined,
} satisfies Pick<PictureDecoder, 'peek' | 'raster' | 'hasten'> as unknown as PictureDecoder;

function rasterOf(digest: string, {width, height}: Size): DecodedRaster {
  const data = new Uint8Array(width * height).fill(greyOf(digest));
  return {width, height, channels: 1, bits: 8, data};
}

export const renderContext: RenderContext = {decoder, painter: createPainter()};

/** What an element of samples is given. */
export interface Shown {
  readonly session: Session;
  readonly api: FakeApi;
  /** Of the tag `val`. */
  readonly model: TagModel;
  readonly row: SampleRow;
}

let open: {readonly session: Session; readonly api: FakeApi} | undefined;

/** Opens a session on a log and fetches what `samples` of its first samples show. */
export async function openLog(log: Log, samples = 4): Promise<Shown> {
  const api = new PictureApi(log);
  const session = new Session(
    api,
    {
      soon: (work) => {
        let isAsked = false;
        return () => {
          if (!isAsked) {
            isAsked = true;
            queueMicrotask(() => {
              isAsked = false;
              work();
            });
          }
        };
      },
      after: (milliseconds, work) => {
        const timer = setTimeout(work, milliseconds);
        return () => clearTimeout(timer);
      },
      afterPaint: (work) => {
        const frame = requestAnimationFrame(work);
        return () => cancelAnimationFrame(frame);
      },
      saveView: () => undefined,
      copyLink: () => undefined,
      copy: () => undefined,
      measure: () => Promise.resolve([]),
      measuresOf: () => [],
    },
    new Map(),
  );
  open = {session, api};
  session.start();
  await settled();
  session.setVisibleTags(['val']);
  session.setVisibleSamples({
    tag: 'val',
    samples: Array.from({length: samples}, (_, i) => `s${i}`),
  });
  await settled();
  return {session, api, model: modelOf(session), row: modelOf(session).rows[0]!};
}

export function modelOf({snapshot}: Session): TagModel {
  return snapshot.page.tags.tags.find(({tag}) => tag === 'val')!;
}

/** Asks the session for a change, as another part of the page may. */
export async function send(intent: ViewChange | SessionEffect): Promise<void> {
  open!.session.send(intent);
  await settled();
}

/** Promises that are kept at once have had their turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** What a session does itself, of all that may be asked for. */
const PAGE_EFFECTS: ReadonlySet<Intent['type']> = new Set([
  'savePng',
  'focusFilter',
  'revealTag',
  'say',
  'toast',
]);

/** Shows the session in an element: `bind` sets its properties, and what the element asks for is done. */
export function follow(element: HTMLElement, {session}: Shown, bind: () => void): void {
  bind();
  session.subscribe(bind);
  element.addEventListener('pairs-intent', ({detail}) => {
    if (!PAGE_EFFECTS.has(detail.type)) {
      session.send(detail as ViewChange | SessionEffect);
    }
  });
  element.addEventListener('pairs-visible-samples', ({detail}) =>
    session.setVisibleSamples(detail),
  );
  element.addEventListener('pairs-visible-film', ({detail}) => session.setVisibleFilm(detail));
}
