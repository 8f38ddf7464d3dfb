// SPDX-License-Identifier: Apache-2.0
/** Which parts of samples were fetched: of some only what they are is known, and not their bytes. */
import {ROLES, type Role} from '../api/types.js';
import type {FetchedPicture, SampleAtStep} from './data.js';

/** Those whose bytes are not there, though nothing says that they can't be had. */
export function lackingParts(
  sample: SampleAtStep | null | undefined,
  parts: readonly Role[] = ROLES,
): readonly Role[] {
  return parts.filter((part) => isLacking(sample?.[part]));
}

export function isLacking(picture: FetchedPicture | undefined): boolean {
  return picture !== undefined && picture.blob === undefined && picture.error === undefined;
}

/** With the reason why some parts, of those that lack, can't be had. */
export function withoutParts(
  sample: SampleAtStep,
  parts: readonly Role[],
  error: string,
): SampleAtStep {
  const failed = lackingParts(sample, parts).map((part) => ({[part]: {...sample[part]!, error}}));
  return Object.assign({...sample}, ...failed) as SampleAtStep;
}
