// SPDX-License-Identifier: Apache-2.0
/** Makes the file that the export dialog asks for: fetches what it shows, draws it, and encodes it. */
import type {Api} from '../api/client.js';
import type {Step} from '../api/types.js';
import type {TagModel} from '../store/data.js';
import type {LongTask} from '../store/long-task.js';
import {placesOf} from '../store/model-at.js';
import {fetchSamples} from '../store/sample-fetching.js';
import type {ExportFormat, ViewState} from '../store/view.js';
import type {RenderContext} from '../views/render-context.js';
import {fileName} from './file-name.js';
import type {Frames} from './frames.js';
import {encodeGif} from './gif.js';
import {figureTheme} from './figure-theme.js';
import {pageDocument} from './page-document.js';
import {makePage} from './page-making.js';
import {FigureRenderer, viewInFile, type StillsRequest} from './stills.js';
import {encodersHere, encodeVideo, planVideo} from './video.js';

/** Device pixels of one picture and of the whole: GIFs get large fast. */
const WIDEST = {
  gif: {widestBox: 480, widest: 1600},
  video: {widestBox: 720, widest: 1920},
} as const;

/** Of the whole work, what fetching takes; of an animation's drawing, what measuring takes. */
const FETCHING = 0.3;
const MEASURING = 0.2;

export interface FileRequest {
  readonly model: TagModel;
  /** The sample of an animation. */
  readonly sample: string;
  /** The samples of a page. */
  readonly samples: readonly string[];
  /** What the samples of a page are sorted by; empty where that is of no interest. */
  readonly order: string;
  readonly steps: readonly Step[];
  readonly format: ExportFormat;
  /** Steps per second of an animation. */
  readonly rate: number;
  readonly view: ViewState;
  readonly renderContext: RenderContext;
  readonly api: Pick<Api, 'frames'>;
  /** Has the theme's colours. */
  readonly host: Element;
}

export interface MadeFile {
  readonly blob: Blob;
  readonly name: string;
}

type Content = readonly [blob: Blob, extension: string];

/** Fails with a sentence, or with the signal's reason once it was aborted. */
export async function makeFile(request: FileRequest, task: LongTask): Promise<MadeFile> {
  const {model, sample, samples, steps, view, renderContext, api, format} = request;
  const at = placesOf(model, steps, view);
  const source = await fetchSamples(api, {tag: model.tag, at, samples}, partOf(task, 0, FETCHING));
  const making = partOf(task, FETCHING, 1);
  const stills: StillsRequest = {model, sample, view: viewInFile(view), source, renderContext};
  const [blob, extension] = await (format === 'page'
    ? pageFile(request, stills, making)
    : motionFile(request, format, stills, making));
  task.signal.throwIfAborted();
  const about = steps.length === 1 ? `step-${steps[0]!}` : `steps-${steps[0]!}-${steps.at(-1)!}`;
  const subject = samples.length === 1 ? sample : `${samples.length}-samples`;
  return {blob, name: fileName([model.tag, subject, about], extension)};
}

/** What is done from one fraction of a task to another. */
function partOf(task: LongTask, from: number, to: number): LongTask {
  return {...task, progress: (done) => task.progress(from + done * (to - from))};
}

async function pageFile(
  {samples, order, steps, host}: FileRequest,
  stills: StillsRequest,
  task: LongTask,
): Promise<Content> {
  const {resolve} = figureTheme(host, WIDEST.gif);
  const content = await makePage({...stills, samples, order, steps, resolve}, task);
  return [new Blob([pageDocument(content)], {type: 'text/html'}), 'html'];
}

async function motionFile(
  {steps, rate, host}: FileRequest,
  format: 'gif' | 'video',
  stills: StillsRequest,
  task: LongTask,
): Promise<Content> {
  const figures = new FigureRenderer(stills, figureTheme(host, WIDEST[format]));
  const frames: Frames = {
    count: steps.length,
    draw: (i) => figures.draw(steps[i]!, task.signal),
  };
  const size = await figures.measure(steps, partOf(task, 0, MEASURING));
  const encoding = partOf(task, MEASURING, 1);
  if (format === 'gif') {
    return [await encodeGif(frames, {rate, loop: true}, encoding), 'gif'];
  }
  const plan = await planVideo(size, rate, encodersHere());
  if (typeof plan === 'string') {
    throw new Error(plan);
  }
  return [await encodeVideo(frames, plan, rate, encoding), 'mp4'];
}
