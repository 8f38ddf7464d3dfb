// SPDX-License-Identifier: Apache-2.0
/** Saves one card as a PNG, without a dialog. */
import type {Step} from '../api/types.js';
import {download, pngOf} from './download.js';
import {fileName} from './file-name.js';
import {figureTheme} from './figure-theme.js';
import {FigureRenderer, viewInFile, type StillsRequest} from './stills.js';

/** Of canvases: browsers refuse larger ones. */
const WIDEST = 8192;

/** Saves the card of a sample as a PNG, at the resolution of its pictures, and returns the file's name. */
export async function saveStill(
  request: StillsRequest,
  step: Step,
  host: Element,
): Promise<string> {
  const view = viewInFile(request.view);
  const figures = new FigureRenderer(
    {...request, view},
    figureTheme(host, {widestBox: WIDEST / 2, widest: WIDEST}),
  );
  const {signal} = new AbortController();
  await figures.measure([step], {signal, progress: () => undefined});
  const canvas = await figures.draw(step, signal);
  const name = fileName([request.model.tag, request.sample, `step-${step}`], 'png');
  download(await pngOf(canvas), name);
  return name;
}
