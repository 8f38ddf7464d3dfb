// SPDX-License-Identifier: Apache-2.0
/** By what the records of one tag are found in maps. */
import type {RunStep} from './types.js';

export function recordKey({run, step}: RunStep): string {
  return `${step}:${run}`;
}
