// SPDX-License-Identifier: Apache-2.0
/** Gathers the content of an exported page: each picture once, coloured as it is here. */
import {nameParts} from '../controls/cut-name.js';
import type {Step} from '../api/types.js';
import {contentKey} from '../decode/stored.js';
import {pngOf} from './download.js';
import {pause, type LongTask} from '../store/long-task.js';
import type {
  PageBadge,
  PageClass,
  PageContent,
  PagePicture,
  PagePrediction,
  PageSample,
} from './page-content.js';
import {base64} from './page-document.js';
import {cssColor} from '../pixels/color.js';
import {defaultDisplay, kindOf, listedStyles} from '../kinds/registry.js';
import {PLAIN_MODE} from '../modes/registry.js';
import type {Display, Picture} from '../kinds/kind.js';
import type {LegendEntry} from '../kinds/legend.js';
import {isOn, SMOOTH} from '../kinds/switches.js';
import {GROUND} from '../theme/ground.js';
import type {Size} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';
import {EACH_RUN, TRUTH} from '../store/sides.js';
import {formatStep} from '../store/steps.js';
import {flaggedIn} from '../store/tag-model.js';
import {phraseText} from '../texts/scoped-number.js';
import type {PaneModel} from '../views/pane-models.js';
import type {GatheredPicture} from '../views/sample-pictures.js';
import type {RenderContext} from '../views/render-context.js';
import {gatherStill, type Still, type StillsRequest} from './stills.js';

/** Largest page in bytes: browsers open larger ones, but they are too large to send by mail. */
export const PAGE_BYTES = 64 * 2 ** 20;

/** What base64 makes of bytes. */
export const GROWTH = 4 / 3;

export interface PageRequest extends Omit<StillsRequest, 'sample'> {
  readonly samples: readonly string[];
  readonly order: string;
  readonly steps: readonly Step[];
  readonly resolve: (color: string) => string;
}

/** Gathers what an exported page shows: pictures in the colours they have here, without loss. */
export async function makePage(
  request: PageRequest,
  {signal, progress}: LongTask,
): Promise<PageContent> {
  const {model, samples, steps} = request;
  // The page has modes of its own, for the ground truth and each run.
  const view = {...request.view, mode: PLAIN_MODE, a: TRUTH, b: EACH_RUN};
  const flagged = flaggedIn(view.flags, model.tag);
  const images = new ImageTable(request.renderContext);
  const legends = new LegendTable();
  const made: PageSample[] = [];
  for (const [i, sample] of samples.entries()) {
    const stills: Still[] = [];
    const inputs: PagePicture[] = [];
    const truths: PagePicture[] = [];
    const predictions: PagePrediction[][] = model.runs.map(() => []);
    for (const [j, step] of steps.entries()) {
      const still = await gatherStill({...request, sample, view}, step, signal);
      stills.push(still);
      const {input, truth, runs} = still.pictures;
      const paneOf = (wanted: string) => still.panes.find(({key}) => key === wanted);
      inputs.push({
        picture: await images.put(input, defaultDisplay),
        badges: badgesOf(paneOf('input')),
      });
      truths.push({
        picture: await images.put(truth, still.display),
        badges: badgesOf(paneOf('truth')),
      });
      for (const [k, run] of runs.entries()) {
        const pane = paneOf(`run ${run.run.run}`);
        predictions[k]!.push({
          picture: await images.put(run, still.display),
          note: pane?.chips[0]?.named ?? '',
          badges: badgesOf(pane),
        });
      }
      progress((i + (j + 1) / steps.length) / samples.length);
      await pause(signal);
    }
    const frame: Size = stills.find(({pictures}) => pictures.frame !== undefined)?.pictures
      .frame ?? {width: 2, height: 1};
    made.push({
      id: sample,
      flagged: flagged.has(sample),
      caption: stills.find(({pictures}) => pictures.caption !== undefined)?.pictures.caption ?? '',
      width: frame.width,
      height: frame.height,
      inputs: inputs.some(({picture}) => picture >= 0) ? inputs : [],
      truths,
      predictions,
      legends: stills.map((still) => legends.put(still)),
    });
  }
  return {
    tag: model.tag,
    order: request.order,
    steps: steps.map(formatStep),
    runs: model.runs.map(({run, color}) => ({
      name: run,
      parts: nameParts(run),
      color: request.resolve(color),
    })),
    classes: classesOf(request),
    legends: legends.all,
    smooth: isOn(request.view.display, SMOOTH),
    samples: made,
    pictures: images.urls,
  };
}

function badgesOf(pane: PaneModel | undefined): readonly PageBadge[] {
  return (pane?.badges ?? []).map(({text, title}) => ({text: phraseText(text), title}));
}

function classesOf({model, view}: PageRequest): readonly PageClass[] {
  const kind = model.runs[0]?.kind;
  const {isolatedClass} = view;
  const hidden = new Set(view.hiddenClasses);
  const classes = kind === undefined ? [] : listedStyles(kind);
  return classes
    .filter(({id}) => (isolatedClass === null ? !hidden.has(id) : id === isolatedClass))
    .map(({name, color}) => ({name, color: cssColor(color)}));
}

/** The legends of a page, each once: ranges may follow what each sample has, at each step. */
class LegendTable {
  readonly all: (readonly LegendEntry[])[] = [];
  readonly #places = new Map<string, number>();

  /** The place of what the colours of a still mean; -1 without a ground truth. */
  put({pictures: {truth}, display}: Still): number {
    const {picture} = truth;
    if (picture === undefined) {
      return -1;
    }
    const kind = kindOf(picture);
    const legend = kind.valueLegend(picture, display[kind.name]);
    const key = JSON.stringify(legend);
    const place = this.#places.get(key) ?? this.all.push(legend) - 1;
    this.#places.set(key, place);
    return place;
  }
}

/** The pictures of a page, each once. */
class ImageTable {
  readonly urls: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #canvas = document.createElement('canvas');
  #bytes = 0;

  constructor(private readonly renderContext: RenderContext) {}

  /** The picture's place; -1 where there is none. */
  async put(subject: GatheredPicture | undefined, display: Display): Promise<number> {
    const {picture, stored} = subject ?? {};
    if (picture === undefined || stored === undefined) {
      return -1;
    }
    const kind = kindOf(picture);
    // Ranges may follow the data, so that the same picture has other colours at another step.
    const key = JSON.stringify([
      contentKey(stored),
      stored.ids,
      stored.range,
      picture.kind,
      kind.colorKey(display[kind.name]),
    ]);
    const known = this.#places.get(key);
    if (known !== undefined) {
      return known;
    }
    const bytes = isPlain(picture, stored, display)
      ? stored.blob!
      : await this.#paint(picture, display);
    this.#bytes += bytes.length * GROWTH;
    if (this.#bytes > PAGE_BYTES) {
      throw new Error('the page would be larger than 64 MB: choose fewer samples or steps');
    }
    const place = this.urls.push(`data:image/png;base64,${base64(bytes)}`) - 1;
    this.#places.set(key, place);
    return place;
  }

  async #paint(picture: Picture, display: Display): Promise<Uint8Array> {
    const {width, height} = picture.raster;
    Object.assign(this.#canvas, {width, height});
    this.renderContext.painter.paint(this.#canvas, {
      layers: [{type: 'picture', picture, opacity: 1}],
      outlines: [],
      frame: {width, height},
      view: {x: 0, y: 0, scale: 1},
      display,
      backdrop: kindOf(picture).isTranslucent ? undefined : GROUND,
    });
    return new Uint8Array(await (await pngOf(this.#canvas)).arrayBuffer());
  }
}

/** Whether the stored PNG can be shown as it is. */
function isPlain(picture: Picture, {layout, blob}: FetchedPicture, display: Display): boolean {
  const kind = kindOf(picture);
  return (
    layout === 'plain' && blob !== undefined && kind.isShownAsStored(picture, display[kind.name])
  );
}
