// SPDX-License-Identifier: Apache-2.0
/** What the panes of a sample show: its pictures, gathered as they are decoded, and the models of the panes built from them. */
import type {LitElement} from 'lit';
import type {Display} from '../../kinds/kind.js';
import type {LegendEntry} from '../../kinds/legend.js';
import type {ViewState} from '../../store/view.js';
import {displayFor} from '../../views/display-mapping.js';
import {sampleLegend} from '../../views/legend.js';
import {paneModels, type PaneModel} from '../../views/pane-models.js';
import {comparedPictures, type SamplePictures} from '../../views/sample-pictures.js';
import {ScrubDirection} from '../../views/scrub-direction.js';
import {SampleGathering, type Ahead, type Gathered} from './sample-gathering.js';

interface Wanted extends Gathered {
  readonly view: ViewState;
}

/** Undefined and empty while there is nothing to show. */
export class PanesContent {
  readonly #pictures: SampleGathering;
  readonly #scrubDirection = new ScrubDirection();
  #builtOf: SamplePictures | undefined;
  sample: SamplePictures | undefined;
  display: Display | undefined;
  panes: readonly PaneModel[] = [];

  constructor(host: LitElement) {
    this.#pictures = new SampleGathering(host);
  }

  readonly #ahead: Ahead = (...place) => this.#scrubDirection.samplesAhead(...place);

  /** Before another sample is shown. */
  clear(): void {
    this.#pictures.clear();
  }

  /**
   * Gathers anew where a picture was decoded, or `changed` says that something else is wanted. Where only more was fetched, as
   * `fetched` says, and that is of other samples and steps, decodes what will probably be shown next.
   */
  gather(wanted: Wanted, changed: boolean, fetched: boolean): void {
    if (!this.#pictures.takeDirty() && !changed) {
      if (!fetched) {
        return;
      }
      if (!this.#pictures.hasNews) {
        this.#pictures.expect(wanted, this.#ahead);
        return;
      }
    }
    const sample = this.#pictures.gather(wanted, wanted.view, this.#ahead);
    this.sample = sample;
    if (sample !== undefined) {
      this.display = displayFor(wanted.view, comparedPictures(sample));
    }
  }

  /** Builds the panes anew where the sample is another, or `changed` says that they show another side. */
  build(
    {model, row, view}: Wanted,
    heldSwipe: number | undefined,
    showsOtherSide: boolean,
    changed: boolean,
  ): void {
    const {sample} = this;
    if (!changed && sample === this.#builtOf) {
      return;
    }
    this.#builtOf = sample;
    this.panes =
      sample === undefined || model === undefined || row === undefined
        ? []
        : paneModels({
            model,
            row,
            view: heldSwipe === undefined ? view : {...view, swipe: heldSwipe},
            sample,
            showsOtherSide,
            devicePixelRatio: window.devicePixelRatio,
          });
  }

  legendOf(view: ViewState): readonly LegendEntry[] {
    const {sample, display} = this;
    return sample === undefined || display === undefined ? [] : sampleLegend(view, sample, display);
  }
}
