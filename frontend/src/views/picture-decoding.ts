// SPDX-License-Identifier: Apache-2.0
/** Decodes pictures of samples that were fetched for a task of their own, not for the page. */
import type {Role} from '../api/types.js';
import type {Picture} from '../kinds/kind.js';
import type {RunAtStep, SampleSource} from '../store/data.js';
import {latest} from '../store/resource.js';
import {buildPicture, meaningOf} from './picture-building.js';
import type {RenderContext} from './render-context.js';

/** Samples of a tag, with the bytes of their pictures. */
export interface FetchedSamples {
  readonly source: SampleSource;
  readonly tag: string;
  readonly renderContext: RenderContext;
}

/** Undefined where the run's record does not hold it. */
export async function decodePicture(
  {source, tag, renderContext}: FetchedSamples,
  {run, step, kind}: RunAtStep,
  sample: string,
  role: Role,
  signal: AbortSignal,
): Promise<Picture | undefined> {
  const at = latest(source.get(tag, run, step, sample)) ?? undefined;
  const stored = at?.[role];
  if (stored?.blob === undefined) {
    return undefined;
  }
  const raster = await renderContext.decoder.raster(stored, stored.blob, signal);
  return buildPicture(meaningOf(at?.kind, kind), role, stored, raster);
}
