// SPDX-License-Identifier: Apache-2.0
/** Which samples the mean of a run is over. */
import type {RunSeries} from '../api/types.js';

export interface AveragedSamples {
  /** How many samples the mean is over. */
  readonly count: number;
  /** How many samples the record has. */
  readonly logged: number;
  /** Equal for the same samples, also in other runs. */
  readonly mark: string;
}

/** The samples of a metric's mean at an index of the run's steps; undefined where there is no mean, or nothing is known. */
export function averagedAt(
  {sampleSets, recordSets, meanSets}: RunSeries,
  metric: string,
  index: number,
): AveragedSamples | undefined {
  const ofRecord = recordSets === undefined ? 0 : (recordSets[index] ?? null);
  const ofMetric = meanSets?.[metric];
  const ofMean = ofMetric === undefined ? ofRecord : ofMetric[index];
  const logged = ofRecord === null ? undefined : sampleSets?.[ofRecord];
  const averaged = ofMean == null ? undefined : sampleSets?.[ofMean];
  return logged && averaged && {...averaged, logged: logged.count};
}
