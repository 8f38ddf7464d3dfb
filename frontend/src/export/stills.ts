// SPDX-License-Identifier: Apache-2.0
/**
 * Gathers what a card shows at a step, and draws it as a figure. GIF, video, PNG and page all
 * use it.
 */
import type {Step} from '../api/types.js';
import {contentKey} from '../decode/stored.js';
import {modelAt} from '../store/model-at.js';
import {
  drawFigure,
  figureBox,
  figureColumns,
  figureLegend,
  figureSize,
  type Figure,
  type FigureColors,
  type FigureLayout,
  type FigurePane,
} from './figure.js';
import type {LegendRows} from './legend-rows.js';
import {countClasses, stillLegend, type StillLegend} from './still-legend.js';
import type {Scene} from '../kinds/scene.js';
import type {Display, Picture} from '../kinds/kind.js';
import type {ComputedDifference} from '../kinds/computed.js';
import type {DecodedRaster, Size} from '../pixels/raster.js';
import type {SampleRow, FetchedPicture, SampleSource, TagModel} from '../store/data.js';
import {pause, type LongTask} from '../store/long-task.js';
import {latest, PENDING, ready, type Resource} from '../store/resource.js';
import {emptyRow, findRow} from '../store/sample-rows.js';
import {neededRecords} from '../store/sides.js';
import {formatStep} from '../store/steps.js';
import {FIT, type ViewState} from '../store/view.js';
import {phraseText} from '../texts/scoped-number.js';
import {displayFor} from '../views/display-mapping.js';
import {paneModels, type PaneModel} from '../views/pane-models.js';
import {comparedPictures, gatherSample, type SamplePictures} from '../views/sample-pictures.js';
import {ShownPictures} from '../views/shown-pictures.js';
import type {RenderContext} from '../views/render-context.js';
import {SeenClasses, type SeenClass} from '../views/seen-classes.js';
import {clampZoom, viewOf} from '../views/viewport.js';
import {errorMessage} from '../error-message.js';
import {isolated} from '../texts/isolated.js';
import {GROUND} from '../theme/ground.js';

export interface StillsRequest {
  readonly model: TagModel;
  readonly sample: string;
  readonly view: ViewState;
  readonly source: SampleSource;
  readonly renderContext: RenderContext;
}

/** One sample at one step, as the page shows it. */
export interface Still {
  readonly model: TagModel;
  readonly pictures: SamplePictures;
  readonly panes: readonly PaneModel[];
  readonly display: Display;
}

/** What stands in a file: the zoom of the page, where one zoom holds for all cards or the sample is open. */
export function viewInFile(view: ViewState): ViewState {
  return view.zoomAll || view.open !== null ? view : {...view, zoom: FIT};
}

/** Decodes and puts together what the card of that sample would show at that step. */
export async function gatherStill(
  request: StillsRequest,
  step: Step,
  signal: AbortSignal,
): Promise<Still> {
  const model = modelAt(request.model, step);
  const rasters = await decodeAll(request, model, signal);
  const gather = (computed: Computed): Still => assemble(request, model, rasters, computed);
  const wanted: PairOfRasters[] = [];
  const still = gather((truth, prediction) => {
    wanted.push([truth.raster, prediction.raster]);
    return undefined;
  });
  if (wanted.length === 0) {
    return still;
  }
  // Gathering creates new pictures each time, but keeps their rasters.
  const found: (readonly [...PairOfRasters, ComputedDifference])[] = [];
  const find = (truth: DecodedRaster, prediction: DecodedRaster) =>
    found.find((one) => one[0] === truth && one[1] === prediction)?.[2];
  const {decoder} = request.renderContext;
  for (const [truth, prediction] of wanted) {
    if (find(truth, prediction) === undefined) {
      const {difference} = request.view;
      const computed = await decoder.computeDifference(difference, truth, prediction, signal);
      found.push([truth, prediction, computed]);
    }
  }
  return gather((truth, prediction) => find(truth.raster, prediction.raster));
}

type PairOfRasters = readonly [truth: DecodedRaster, prediction: DecodedRaster];
type Rasters = ReadonlyMap<string, Resource<DecodedRaster>>;
type Computed = (truth: Picture, prediction: Picture) => ComputedDifference | undefined;

function assemble(
  {sample, view, source}: StillsRequest,
  model: TagModel,
  rasters: Rasters,
  computed: Computed,
): Still {
  const pictures = gatherSample({
    model,
    sample,
    view,
    source,
    decode: (picture) => rasters.get(contentKey(picture)) ?? PENDING,
    shown: new ShownPictures(),
    computed,
  });
  const display = displayFor(view, comparedPictures(pictures));
  // The metrics of the row are those of the step that the page shows.
  const row: SampleRow = {...(findRow(model, sample) ?? emptyRow(sample)), metrics: new Map()};
  const panes = paneModels({
    model,
    row,
    view,
    sample: pictures,
    showsOtherSide: false,
    devicePixelRatio: 1,
  });
  return {model, pictures, panes, display};
}

async function decodeAll(
  {sample, view, source, renderContext}: StillsRequest,
  model: TagModel,
  signal: AbortSignal,
): Promise<Rasters> {
  const rasters = new Map<string, Resource<DecodedRaster>>();
  const stored: FetchedPicture[] = [];
  for (const {run, step} of neededRecords(model, view, (shown) => shown.step)) {
    const sampleAtStep = latest(source.get(model.tag, run, step, sample, true));
    for (const picture of [
      sampleAtStep?.input,
      sampleAtStep?.groundTruth,
      sampleAtStep?.prediction,
    ]) {
      if (picture?.blob !== undefined) {
        stored.push(picture);
      }
    }
  }
  await Promise.all(
    stored.map(async (picture) => {
      try {
        rasters.set(
          contentKey(picture),
          ready(await renderContext.decoder.raster(picture, picture.blob!, signal)),
        );
      } catch (error) {
        signal.throwIfAborted();
        rasters.set(contentKey(picture), {
          state: 'error',
          message: errorMessage(error),
        });
      }
    }),
  );
  return rasters;
}

export interface FigureTheme {
  /** Device pixels of one picture, and of all of them side by side. */
  readonly widestBox: number;
  readonly widest: number;
  readonly colors: FigureColors;
  /** A CSS colour that may be a variable, as one that isn't. */
  readonly resolve: (color: string) => string;
}

/** Draws stills of one sample on one canvas, all in the same layout and with the classes of all of them. */
export class FigureRenderer {
  readonly #canvas = document.createElement('canvas');
  #layout: FigureLayout | undefined;
  #classes: readonly SeenClass[] = [];

  constructor(
    private readonly request: StillsRequest,
    private readonly theme: FigureTheme,
  ) {}

  /** Once it was measured. */
  async draw(step: Step, signal: AbortSignal): Promise<HTMLCanvasElement> {
    const figure = await this.#figure(step, signal);
    drawFigure(this.#canvas, figure, this.theme.colors, this.request.renderContext.painter);
    return this.#canvas;
  }

  /** The size of all that is drawn: that of the first of the steps which has a picture, with room for the badges and legends of all. */
  async measure(steps: readonly Step[], {signal, progress}: LongTask): Promise<Size> {
    const {view, model, sample} = this.request;
    const seen = new SeenClasses();
    const legends: StillLegend[] = [];
    let hasBadges = false;
    let first: {readonly panes: number; readonly frame: Size} | undefined;
    for (const [i, step] of steps.entries()) {
      const still = await gatherStill(this.request, step, signal);
      const {frame} = still.pictures;
      hasBadges ||= still.panes.some(({badges}) => badges.length > 0);
      first ??= frame && {panes: still.panes.length, frame};
      countClasses(seen, view, still.panes, still.display);
      legends.push(stillLegend(view, still.pictures, still.display));
      progress((i + 1) / steps.length);
      await pause(signal);
    }
    if (first === undefined) {
      throw new Error(`there is no picture of ${sample}`);
    }
    this.#classes = seen.inOrder(model.runs.map(({kind}) => kind));
    const {panes, frame} = first;
    const box = figureBox(frame, this.theme.widestBox);
    const grid = {box, columns: figureColumns(panes, box, this.theme.widest)};
    const rows = legends.map((legend) => this.#legend(legend, grid).length);
    this.#layout = {...grid, hasBadges, legendRows: Math.max(...rows)};
    return figureSize({panes, ...this.#layout});
  }

  #legend(legend: StillLegend, grid: Pick<FigureLayout, 'box' | 'columns'>): LegendRows {
    return figureLegend({...legend, classes: this.#classes}, grid, this.#canvas);
  }

  async #figure(step: Step, signal: AbortSignal): Promise<Figure> {
    const {request} = this;
    const layout = this.#layout;
    if (layout === undefined) {
      throw new Error('measure first');
    }
    const still = await gatherStill(request, step, signal);
    return {
      ...layout,
      title: `${isolated(request.model.tag)} · ${isolated(request.sample)}`,
      stamp: `step ${formatStep(step)}`,
      panes: still.panes.map((pane) => this.#pane(pane, still, layout.box)),
      legend: this.#legend(stillLegend(request.view, still.pictures, still.display), layout),
    };
  }

  #pane(pane: PaneModel, {display, pictures: {frame}}: Still, box: Size): FigurePane {
    const {theme, request} = this;
    const scores = pane.chips.map(({named}) => named);
    const {status} = pane;
    return {
      heading: pane.heading,
      color: pane.color === undefined ? undefined : theme.resolve(pane.color),
      note: scores.join(' · '),
      badges: pane.badges.map(({text, tone}) => ({
        text: phraseText(text),
        isWarning: tone === 'warning',
      })),
      message: 'message' in status ? status.message : 'Nothing here',
      scene:
        pane.content === undefined || frame === undefined
          ? undefined
          : sceneOf(pane, request.view, display, frame, box),
    };
  }
}

function sceneOf(
  pane: PaneModel,
  {zoom}: ViewState,
  display: Display,
  frame: Size,
  box: Size,
): Scene {
  return {
    layers: [],
    outlines: [],
    ...pane.content,
    frame,
    view: viewOf(clampZoom(zoom, box, frame), box, frame, 1),
    display,
    backdrop: pane.checkered ? undefined : GROUND,
  };
}
