// SPDX-License-Identifier: Apache-2.0
/** What is known of samples that were seen: their captions, and the tags of which they have inputs. Both are in records alone. */
import type {SampleSource, TagModel} from './data.js';
import type {VisibleSamples} from './intents.js';
import {latest} from './resource.js';

export class SeenSamples {
  /** By tag and id. */
  readonly captions = new Map<string, ReadonlyMap<string, string>>();
  /** The same set until there are more. */
  inputs: ReadonlySet<string> = new Set();

  gather(
    visible: ReadonlyMap<string, VisibleSamples>,
    models: readonly TagModel[],
    source: SampleSource,
  ): void {
    for (const [tag, {samples}] of visible) {
      const known = this.captions.get(tag);
      const fresh = new Map(known);
      for (const {run, step} of models.find((model) => model.tag === tag)?.runs ?? []) {
        for (const id of samples) {
          const sample = latest(source.get(tag, run, step, id));
          if (sample?.caption !== undefined) {
            fresh.set(id, sample.caption);
          }
          if (sample?.input !== undefined && !this.inputs.has(tag)) {
            this.inputs = new Set([...this.inputs, tag]);
          }
        }
      }
      if (fresh.size !== (known?.size ?? 0)) {
        this.captions.set(tag, fresh);
      }
    }
  }
}
