// SPDX-License-Identifier: Apache-2.0
/** What is known of samples that were seen: their captions, and the tags of which they have inputs. Both are in records alone. */
import type {SampleSource, TagModel} from './data.js';
import type {VisibleSamples} from './intents.js';
import {latest} from './resource.js';

export class SeenSamples {
  /** By tag and id, as last seen; of a tag the same map until one is another. */
  readonly captions = new Map<string, ReadonlyMap<string, string>>();
  /** The same set until there are more. */
  inputs: ReadonlySet<string> = new Set();

  gather(
    visible: ReadonlyMap<string, VisibleSamples>,
    models: readonly TagModel[],
    source: SampleSource,
  ): void {
    for (const [tag, {samples}] of visible) {
      const seen = new Map<string, string>();
      for (const {run, step} of models.find((model) => model.tag === tag)?.runs ?? []) {
        for (const id of samples) {
          const sample = latest(source.get(tag, run, step, id));
          if (sample?.caption !== undefined) {
            seen.set(id, sample.caption);
          }
          if (sample?.input !== undefined && !this.inputs.has(tag)) {
            this.inputs = new Set([...this.inputs, tag]);
          }
        }
      }
      const known = this.captions.get(tag) ?? new Map<string, string>();
      if ([...seen].some(([id, caption]) => known.get(id) !== caption)) {
        this.captions.set(tag, new Map([...known, ...seen]));
      }
    }
  }
}
