// SPDX-License-Identifier: Apache-2.0
/** The worker's entry point: answers each task that is posted to it. */
import {perform, type TaskReply, type TaskRequest} from './tasks.js';
import {errorMessage} from '../error-message.js';

async function answer({number, task}: TaskRequest): Promise<void> {
  let reply: TaskReply;
  const transfer: ArrayBufferLike[] = [];
  try {
    const result = await perform(task);
    reply = {number, result};
    if (result !== null && !('values' in result)) {
      transfer.push(('data' in result ? result : result.picture.raster).data.buffer);
    }
  } catch (error) {
    reply = {number, error: errorMessage(error)};
  }
  postMessage(reply, {transfer: transfer as Transferable[]});
}

addEventListener('message', ({data}: MessageEvent<TaskRequest>) => void answer(data));
