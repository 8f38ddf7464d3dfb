// SPDX-License-Identifier: Apache-2.0
/** The details of one sample: metrics, histogram, classes and curve. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Api} from '../../api/client.js';
import type {TagSamples} from '../../api/types.js';
import {controlStyles} from '../../controls/control-styles.js';
import '../../controls/pairs-name.js';
import {showNumber} from '../../controls/scoped-number.js';
import type {Picture} from '../../kinds/kind.js';
import {isSameKind, kindOf} from '../../kinds/registry.js';
import type {RunAtStep, SampleRow, TagModel} from '../../store/data.js';
import {INITIAL_VIEW, type ViewState} from '../../store/view.js';
import {isMeasured} from '../../texts/numbers.js';
import {scopedNumber, type NumberScope} from '../../texts/scoped-number.js';
import {conditionText} from '../../store/text-filter.js';
import {intent} from '../../store/intents.js';
import type {RunCurve} from '../../views/curve-drawing.js';
import {curveOf} from '../../views/history.js';
import {NOT_LOGGED, metricName, whyNotMeasured} from '../../views/metric-text.js';
import type {RenderContext} from '../../views/render-context.js';
import {scopedStep} from '../../views/scoped-step.js';
import {absenceText, type GatheredRun, type SamplePictures} from '../../views/sample-pictures.js';
import {chipStyles} from './card-styles.js';
import './pairs-class-table.js';
import type {HistogramLine} from './pairs-histogram.js';
import './pairs-sample-curve.js';
import './pairs-value-tools.js';
import {styles} from './pairs-sample-details-styles.js';

/**
 * Metrics and their curve, classes and values of one sample.
 *
 * @event pairs-metric-choose The metric whose curve is wanted.
 * @event pairs-run-choose The run whose classes are wanted.
 */
@customElement('pairs-sample-details')
export class PairsSampleDetails extends LitElement {
  static override styles = [controlStyles, chipStyles, styles];

  @property({attribute: false}) model: TagModel | undefined;
  @property({attribute: false}) row: SampleRow | undefined;
  @property({attribute: false}) view: ViewState = INITIAL_VIEW;
  /** Metrics of the samples over all steps, when the store has them. */
  @property({attribute: false}) history: TagSamples | undefined;
  /** One for the page. */
  @property({attribute: false}) renderContext: RenderContext | undefined;
  /** Where all samples are fetched from, when that is asked for. */
  @property({attribute: false}) api: Pick<Api, 'frames'> | undefined;
  /** What the panes show of the sample. */
  @property({attribute: false}) pictures: SamplePictures | undefined;
  /** Whose classes are shown; the first run while it is not one of those on. */
  @property() chosenRun = '';
  /** Whose curve is drawn; that of the panes while it is `null`. */
  @property({attribute: false}) chosenMetric: string | null = null;

  protected override render() {
    const {model, row} = this;
    if (model === undefined || row === undefined) {
      return nothing;
    }
    const runs = this.pictures?.runs ?? [];
    const run = runs.find(({run: {run: name}}) => name === this.chosenRun) ?? runs[0];
    return html`${this.#renderAttributes(model, row)} ${this.#renderMetrics(model, row)}
    ${this.#renderRun(runs, run)} ${this.#renderHistogram()}`;
  }

  #renderAttributes({tag}: TagModel, {id, attributes}: SampleRow) {
    const known = Object.entries(attributes);
    return known.length === 0
      ? nothing
      : html`<section>
          <h3>Attributes</h3>
          <table>
            ${known.map(
              ([name, value]) =>
                html`<tr>
                  <th scope="row"><bdi>${name}</bdi></th>
                  <td>
                    <button
                      class="plain"
                      title="Show samples with this"
                      @click=${() =>
                        this.dispatchEvent(
                          intent({
                            type: 'sampleFilter',
                            change: {text: conditionText(name, value)},
                          }),
                        )}
                    >
                      ${
                        typeof value === 'number'
                          ? showNumber(
                              scopedNumber(value, {what: 'attribute', tag, sample: id, noun: name}),
                            )
                          : html`<bdi>${String(value)}</bdi>`
                      }
                    </button>
                  </td>
                </tr>`,
            )}
          </table>
        </section>`;
  }

  #renderMetrics(model: TagModel, row: SampleRow) {
    const names = model.metricNames;
    const metric = this.#metric(model);
    if (names.length === 0 || metric === null) {
      return nothing;
    }
    const curves = model.runs.flatMap(({run, color}): RunCurve[] => {
      const curve = curveOf(this.history, run, row.id, metric);
      return curve === undefined ? [] : [{run, color, ...curve}];
    });
    return html`<section>
      <h3>Metrics</h3>
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">Metric</th>
            ${model.runs.map(({run}) => html`<th scope="col">${run}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${names.map(
            (name) =>
              html`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    title="Draw its curve"
                    aria-pressed=${name === metric ? 'true' : 'false'}
                    @click=${() => this.dispatchEvent(new CustomEvent('pairs-metric-choose', {detail: name}))}
                  >
                    ${metricName(name)}
                  </button>
                </th>
                ${model.runs.map((run) => this.#renderMetric(model, row, run, name))}
              </tr>`,
          )}
        </tbody>
      </table>
      <pairs-sample-curve
        label=${`${metricName(metric)} of ${row.id} over the steps`}
        .curves=${curves}
        .step=${model.step}
        .scope=${{tag: model.tag, sample: row.id, metric, runs: curves.map(({run}) => run)}}
      ></pairs-sample-curve>
    </section>`;
  }

  #renderMetric(
    model: TagModel,
    row: SampleRow,
    {run, step, offset, color, kind: ofTag}: RunAtStep,
    name: string,
  ) {
    const value = row.metrics.get(run)?.[name];
    const scope = {tag: model.tag, run, step, sample: row.id, metric: name};
    const gathered = this.pictures?.runs.find(
      (one) => one.run.run === run && one.run.step === step,
    );
    const {kind = ofTag, groundTruth, prediction} = gathered?.sampleAtStep ?? {};
    const absence = row.absentFrom.includes(run)
      ? absenceText({run, step}, row.id)
      : gathered?.absence;
    const why = isMeasured(value)
      ? nothing
      : (absence ??
        `Not measured: ${whyNotMeasured({metric: name, value, kind}, groundTruth, prediction)}`);
    return html`<td title=${why}>
      <span
        class="dot"
        style="display:inline-block;width:7px;height:7px;background:${color}"
      ></span>
      ${absence == null ? showNumber(scopedNumber(value, {...scope, what: 'value'})) : NOT_LOGGED}${
        offset === 0n
          ? nothing
          : html`<small> at ${showNumber(scopedStep(step, {tag: model.tag, run}))}</small>`
      }
    </td>`;
  }

  #metric(model: TagModel): string | null {
    return this.chosenMetric !== null && model.metricNames.includes(this.chosenMetric)
      ? this.chosenMetric
      : model.metric;
  }

  #renderRun(runs: readonly GatheredRun[], run: GatheredRun | undefined) {
    const truth = run?.pictures.truth;
    const prediction = run?.of === 'prediction' ? run.picture : undefined;
    if (run === undefined || !isSameKind(truth, prediction) || !kindOf(truth!).hasClasses) {
      return nothing;
    }
    return html`<section>
      <h3>Classes of this sample</h3>
      ${this.#renderRunChoice(runs, run)}
      <pairs-class-table
        .truth=${truth}
        .prediction=${prediction}
        .scope=${{tag: this.model!.tag, run: run.run.run, step: run.run.step, sample: this.row!.id}}
        .isolated=${this.view.isolatedClass}
      ></pairs-class-table>
    </section>`;
  }

  #renderRunChoice(runs: readonly GatheredRun[], chosen: GatheredRun) {
    if (runs.length < 2) {
      return nothing;
    }
    return html`<div class="runs" role="group" aria-label="Run">
      ${runs.map(
        ({run}) =>
          html`<button
            aria-pressed=${run === chosen.run ? 'true' : 'false'}
            @click=${() => this.dispatchEvent(new CustomEvent('pairs-run-choose', {detail: run.run}))}
          >
            <span class="dot" style="background:${run.color}"></span
            ><pairs-name .name=${run.run}></pairs-name>
          </button>`,
      )}
    </div>`;
  }

  #renderHistogram() {
    const {truth, runs = []} = this.pictures ?? {};
    const lines: HistogramLine[] = [];
    const add = (name: string, color: string | undefined, picture: Picture | undefined) => {
      const numbers = picture && kindOf(picture).numbers(picture);
      if (numbers !== undefined) {
        lines.push({name, color, numbers});
      }
    };
    add('Ground truth', undefined, truth?.picture);
    for (const {picture, run} of runs) {
      add(run.run, run.color, picture);
    }
    if (lines.length === 0) {
      return nothing;
    }
    return html`<section>
      <pairs-value-tools
        .lines=${this.#sameLines(lines)}
        .scope=${this.#histogramScope(runs)}
        .model=${this.model}
        .row=${this.row}
        .view=${this.view}
        .pictures=${this.pictures}
        .api=${this.api}
        .renderContext=${this.renderContext}
      ></pairs-value-tools>
    </section>`;
  }

  /** What the lines are of. */
  #histogramScope(runs: readonly GatheredRun[]): Omit<NumberScope, 'what'> {
    const {tag = '', step = null} = this.model ?? {};
    return {
      tag,
      ...(step !== null && {step}),
      ...(this.row !== undefined && {sample: this.row.id}),
      runs: runs.filter(({picture}) => picture !== undefined).map(({run}) => run.run),
    };
  }

  #lines: readonly HistogramLine[] = [];

  /** Counting is done again only for other pictures. */
  #sameLines(lines: readonly HistogramLine[]): readonly HistogramLine[] {
    const isSame =
      lines.length === this.#lines.length &&
      lines.every(
        ({numbers, color}, i) =>
          numbers.raster === this.#lines[i]!.numbers.raster && color === this.#lines[i]!.color,
      );
    if (!isSame) {
      this.#lines = lines;
    }
    return this.#lines;
  }
}

declare global {
  interface HTMLElementEventMap {
    'pairs-metric-choose': CustomEvent<string>;
    'pairs-run-choose': CustomEvent<string>;
  }
  interface HTMLElementTagNameMap {
    'pairs-sample-details': PairsSampleDetails;
  }
}
