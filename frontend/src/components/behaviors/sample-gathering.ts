// SPDX-License-Identifier: Apache-2.0
/** Decodes and gathers the pictures of the one sample that an element shows. */
import type {ReactiveControllerHost} from 'lit';
import type {SampleAtStep, SampleRow, SampleSource, TagModel} from '../../store/data.js';
import type {ViewState} from '../../store/view.js';
import {DecodedPictures} from '../../views/decoded-pictures.js';
import {RememberedReads} from '../../views/remembered-reads.js';
import type {RenderContext} from '../../views/render-context.js';
import {
  gatherSample,
  type SamplePictures,
  type SampleRequest,
} from '../../views/sample-pictures.js';
import {ComputedDifferences} from '../../views/computed-differences.js';
import {ShownPictures} from '../../views/shown-pictures.js';

/** The properties of an element that its pictures follow from. */
export interface Gathered {
  readonly model: TagModel | undefined;
  readonly row: SampleRow | undefined;
  readonly source: SampleSource | undefined;
  readonly renderContext: RenderContext | undefined;
}

/** The samples that will probably be gathered next. */
export type Ahead = (
  model: TagModel,
  sample: string,
  source: SampleSource,
) => readonly SampleAtStep[];

/** The pictures of a sample; the host updates when one more is decoded. */
export class SampleGathering {
  readonly #decoded: DecodedPictures;
  readonly #computed: ComputedDifferences;
  /** What is shown until the pictures of another step are there. */
  readonly #shown = new ShownPictures();
  #reads: RememberedReads | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#decoded = new DecodedPictures(host);
    this.#computed = new ComputedDifferences(host);
  }

  /** Whether something came since this was last asked. */
  takeDirty(): boolean {
    return this.#computed.takeDirty() || this.#decoded.isDirty;
  }

  /** Whether gathering again would give something else, of the same sample in the same view. */
  get hasNews(): boolean {
    const wasRead = this.#reads?.haveChanged === false;
    return !wasRead || this.#computed.isDirty || this.#decoded.isDirty;
  }

  /** Whether an update shows anything else: most of what comes into a source is of other samples. */
  concerns(changed: ReadonlyMap<PropertyKey, unknown>): boolean {
    const isOfSource = changed.size === 1 && changed.has('revision');
    return !isOfSource || this.hasNews;
  }

  /** Shows nothing of the sample before until pictures of another are there. */
  clear(): void {
    this.#shown.clear();
  }

  /** Gathers what there is, and decodes the rest, what `waits` last; also what `ahead` names, which will probably be gathered next. */
  gather(
    wanted: Gathered,
    view: ViewState,
    ahead: Ahead = () => [],
    waits?: SampleRequest['waits'],
  ): SamplePictures | undefined {
    if (!isComplete(wanted)) {
      return undefined;
    }
    const {model, row, source, renderContext} = wanted;
    const {decoder} = renderContext;
    const reads = new RememberedReads(source);
    this.#reads = reads;
    return this.#decoded.collect(() => {
      const gathered = this.#computed.collect(() =>
        gatherSample({
          model,
          sample: row.id,
          view,
          source: reads,
          decode: (...picture) => this.#decoded.read(decoder, ...picture),
          waits,
          decoded: (picture) => decoder.peek(picture),
          computed: (a, b) => this.#computed.read(decoder, view.difference, a, b),
          shown: this.#shown,
        }),
      );
      this.expect(wanted, ahead);
      return gathered;
    });
  }

  /** Decodes what `ahead` names, beside what was gathered last. */
  expect(wanted: Gathered, ahead: Ahead): void {
    if (!isComplete(wanted)) {
      return;
    }
    const {model, row, source, renderContext} = wanted;
    for (const {groundTruth, prediction, input} of ahead(model, row.id, source)) {
      for (const picture of [prediction, groundTruth, input]) {
        if (picture?.blob !== undefined) {
          this.#decoded.expect(renderContext.decoder, picture, picture.blob);
        }
      }
    }
  }
}

type Complete = {readonly [K in keyof Gathered]-?: NonNullable<Gathered[K]>};

function isComplete(wanted: Gathered): wanted is Complete {
  const {model, row, source, renderContext} = wanted;
  return (
    model !== undefined && row !== undefined && source !== undefined && renderContext !== undefined
  );
}
