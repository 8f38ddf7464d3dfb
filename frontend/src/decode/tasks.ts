// SPDX-License-Identifier: Apache-2.0
import {alignTo} from '../render/align.js';
import {ssim, type SsimMap} from '../render/ssim.js';
import type {Raster} from '../render/types.js';
import {decodeStored, type StoredPicture} from './stored.js';

/** What is done off the main thread. */
export type Task =
  | {readonly type: 'decode'; readonly picture: StoredPicture; readonly blob: Uint8Array}
  | {readonly type: 'ssim'; readonly truth: Raster; readonly prediction: Raster};

export interface Results {
  readonly decode: Raster;
  readonly ssim: SsimMap;
}

export type Result = Results[Task['type']];

export interface Request {
  readonly number: number;
  readonly task: Task;
}

export type Reply =
  {readonly number: number; readonly result: Result} | {readonly number: number; readonly error: string};

export async function perform(task: Task): Promise<Result> {
  switch (task.type) {
    case 'decode':
      return decodeStored(task.picture, task.blob);
    case 'ssim':
      return ssim(alignTo(task.truth, task.prediction), task.prediction);
  }
}
