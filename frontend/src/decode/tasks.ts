// SPDX-License-Identifier: Apache-2.0
/**
 * What workers can be asked to do, and the messages for it. Runs in workers and, without any, on
 * the page's own thread.
 */
import {alignTo} from '../pixels/align.js';
import {computeDifference, type ComputedDifference} from '../kinds/computed.js';
import type {Picture} from '../kinds/kind.js';
import {measurePictures, type MeasuredValues} from '../kinds/measured.js';
import type {DecodedRaster, Raster} from '../pixels/raster.js';
import {decodeStored, type StoredPicture} from './stored.js';

/** Work that is done off the main thread. */
export type Task =
  | {readonly type: 'decode'; readonly picture: StoredPicture; readonly blob: Uint8Array}
  /** A difference by its id (`kinds/computed.ts`). */
  | {
      readonly type: 'compute';
      readonly id: string;
      readonly truth: Raster;
      readonly prediction: Raster;
    }
  /** Metrics by their ids (`kinds/measured.ts`). */
  | {
      readonly type: 'measure';
      readonly ids: readonly string[];
      readonly truth: Picture;
      readonly prediction: Picture;
    }
  /** Done as soon as the worker is there to do it. */
  | {readonly type: 'nothing'};

export interface TaskResults {
  readonly decode: DecodedRaster;
  readonly compute: ComputedDifference;
  readonly measure: {readonly values: MeasuredValues};
  readonly nothing: null;
}

export type TaskResult = TaskResults[Task['type']];

export interface TaskRequest {
  readonly number: number;
  readonly task: Task;
}

export type TaskReply =
  | {readonly number: number; readonly result: TaskResult}
  | {readonly number: number; readonly error: string};

export async function perform(task: Task): Promise<TaskResult> {
  switch (task.type) {
    case 'decode':
      return decodeStored(task.picture, task.blob);
    case 'compute':
      return computeDifference(task.id, alignTo(task.truth, task.prediction), task.prediction);
    case 'measure':
      return {values: measurePictures(task.ids, task.truth, task.prediction)};
    case 'nothing':
      return null;
  }
}
