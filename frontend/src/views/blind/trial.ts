// SPDX-License-Identifier: Apache-2.0
/** Loads and builds the panes of one vote, without a trace of which run is which. */
import type {ModeContent} from '../../modes/mode.js';
import {PLAIN_MODE} from '../../modes/registry.js';
import type {Api} from '../../api/client.js';
import type {Role} from '../../api/types.js';
import {fetchSamples} from '../../store/sample-fetching.js';
import {modelAt} from '../../store/model-at.js';
import type {Display, Picture} from '../../kinds/kind.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep, TagModel} from '../../store/data.js';
import type {ViewState} from '../../store/view.js';
import {displayFor} from '../display-mapping.js';
import {decodePicture} from '../picture-decoding.js';
import {comparedContent, frameOf, inputContent, referenceContent} from '../scene-building.js';
import type {RenderContext} from '../render-context.js';
import {sidesOf, type BlindComparison} from './comparison.js';

/** One picture to look at. Nothing in it tells which run it is of. */
export interface TrialPane {
  readonly heading: string;
  readonly picture: Picture;
  readonly content: ModeContent;
}

/** One sample to vote on. */
export interface Trial {
  readonly panes: readonly TrialPane[];
  readonly frame: Size;
  readonly display: Display;
}

export interface TrialRequest {
  readonly model: TagModel;
  readonly comparison: BlindComparison;
  readonly index: number;
  readonly view: ViewState;
  readonly renderContext: RenderContext;
  readonly api: Pick<Api, 'frames'>;
}

/** Fetches and decodes the pictures of a sample. Fails with a sentence that names no run. */
export async function loadTrial(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  const {comparison, index, api} = request;
  // The page may have gone on to a newer step since.
  const model = modelAt(request.model, comparison.step);
  const sample = comparison.samples[index] ?? '';
  const runs = sidesOf(comparison, index).map((side) =>
    model.runs.find(({run}) => run === comparison[side]),
  );
  const [left, right] = runs;
  if (left === undefined || right === undefined) {
    throw new Error('one of the two runs is not shown any more');
  }
  const at = [left, right].map(({run, step}) => ({run, step}));
  const source = await fetchSamples(
    api,
    {tag: model.tag, at, samples: [sample]},
    {signal, progress: () => undefined},
  );
  const fetched = {source, tag: model.tag, renderContext: request.renderContext};
  const decode = (run: RunAtStep, role: Role) => decodePicture(fetched, run, sample, role, signal);
  const [truth, input, first, second] = await Promise.all([
    decode(left, 'groundTruth').then((picture) => picture ?? decode(right, 'groundTruth')),
    decode(left, 'input').then((picture) => picture ?? decode(right, 'input')),
    decode(left, 'prediction'),
    decode(right, 'prediction'),
  ]);
  if (first === undefined || second === undefined) {
    throw new Error('one of the two runs has no prediction of it at this step');
  }
  return trialOf(request, {truth, input, first, second});
}

interface Pictures {
  readonly truth: Picture | undefined;
  readonly input: Picture | undefined;
  readonly first: Picture;
  readonly second: Picture;
}

function trialOf({view}: TrialRequest, {truth, input, first, second}: Pictures): Trial {
  const side = {...view, mode: PLAIN_MODE, gain: 1};
  const ratio = window.devicePixelRatio;
  const of = (prediction: Picture): ModeContent =>
    comparedContent(side, {input, truth, a: truth, b: prediction}, false, ratio);
  const panes: TrialPane[] = [];
  if (input !== undefined) {
    panes.push({heading: 'Input', picture: input, content: inputContent(view, {input})});
  }
  if (truth !== undefined) {
    panes.push({
      heading: 'Ground truth',
      picture: truth,
      content: referenceContent(side, {a: truth, input}, ratio),
    });
  }
  panes.push(
    {heading: 'Prediction 1', picture: first, content: of(first)},
    {heading: 'Prediction 2', picture: second, content: of(second)},
  );
  return {
    panes,
    frame: frameOf([truth?.raster, first.raster, second.raster]) ?? first.raster,
    display: displayFor(view, [truth, first, second]),
  };
}
