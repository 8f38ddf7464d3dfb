// SPDX-License-Identifier: Apache-2.0
/** Saves one card as a PNG, without a dialog. */
import type {Api} from '../api/client.js';
import type {Step} from '../api/types.js';
import type {SampleSource} from '../store/data.js';
import {lackingParts} from '../store/parts.js';
import {latest} from '../store/resource.js';
import {fetchSamples} from '../store/sample-fetching.js';
import {neededRecords} from '../store/sides.js';
import {download, pngOf} from './download.js';
import {fileName} from './file-name.js';
import {figureTheme} from './figure-theme.js';
import {FigureRenderer, viewInFile, type StillsRequest} from './stills.js';

/** Of canvases: browsers refuse larger ones. */
const WIDEST = 8192;

/** Saves the card of a sample as a PNG, at the resolution of its pictures, and returns the file's name. */
export async function saveStill(
  {api, ...request}: StillsRequest & {readonly api: Pick<Api, 'frames'> | undefined},
  step: Step,
  host: Element,
): Promise<string> {
  const view = viewInFile(request.view);
  const {signal} = new AbortController();
  const source = api === undefined ? request.source : await wholeSource(request, api, signal);
  const figures = new FigureRenderer(
    {...request, view, source},
    figureTheme(host, {widestBox: WIDEST / 2, widest: WIDEST}),
  );
  await figures.measure([step], {signal, progress: () => undefined});
  const canvas = await figures.draw(step, signal);
  const name = fileName([request.model.tag, request.sample, `step-${step}`], 'png');
  download(await pngOf(canvas), name);
  return name;
}

/** The page's own pictures of the card, unless some of them were not fetched, as a tile shows only one. */
async function wholeSource(
  {model, sample, view, source}: StillsRequest,
  api: Pick<Api, 'frames'>,
  signal: AbortSignal,
): Promise<SampleSource> {
  const {tag} = model;
  const at = neededRecords(model, view, (shown) => shown.step);
  const isWhole = at.every(({run, step}) => {
    const found = source.get(tag, run, step, sample, true);
    return found.state !== 'pending' && lackingParts(latest(found)).length === 0;
  });
  return isWhole
    ? source
    : fetchSamples(api, {tag, at, samples: [sample]}, {signal, progress: () => undefined});
}
