// SPDX-License-Identifier: Apache-2.0
/** What is known of a sample before its pictures are decoded. */
import type {SampleAtStep, SampleSource, TagModel} from '../store/data.js';

/** A sample as the first run that has it there says: its caption, its pictures' sizes. Looking is not use. */
export function samplePreview(
  source: Pick<SampleSource, 'peek'> | undefined,
  {tag, runs}: TagModel,
  sample: string,
): SampleAtStep | undefined {
  for (const {run, step} of runs) {
    const sampleAtStep = source?.peek(tag, run, step, sample);
    if (sampleAtStep !== undefined) {
      return sampleAtStep;
    }
  }
  return undefined;
}
