// SPDX-License-Identifier: Apache-2.0
/** Metrics of pictures as they were drawn: which there are, what they are called, and how they are measured. */
import type {TagKind} from '../api/types.js';
import type {PictureDecoder} from '../decode/picture-decoder.js';
import type {KindMeasure, Picture} from '../kinds/kind.js';
import {knownTag} from '../kinds/registry.js';
import type {FetchedPicture} from '../store/data.js';
import type {MeasuredMetric, MeasureRequest} from '../store/measured-store.js';
import {DRAWN} from './metric-text.js';
import {buildPicture, meaningOf} from './picture-building.js';

type Decoder = Pick<PictureDecoder, 'raster' | 'measure'>;

/** The metrics that the page can measure of pictures of a tag. */
export function measuresOf(tag: TagKind): readonly KindMeasure[] {
  return knownTag(tag)?.kind.measures ?? [];
}

/**
 * Measures what was asked for of a sample, as far as its kind has it.
 *
 * @throws Error of one sentence where a picture is not there or can't be decoded.
 */
export async function measureDrawn(
  decoder: Decoder,
  {ids, sample, kind}: MeasureRequest,
  signal: AbortSignal,
): Promise<readonly MeasuredMetric[]> {
  const meaning = meaningOf(sample.kind, kind);
  const measures = measuresOf(meaning).filter(({id}) => ids.includes(id));
  if (measures.length === 0) {
    return [];
  }
  const [truth, prediction] = await Promise.all(
    (['groundTruth', 'prediction'] as const).map(async (role): Promise<Picture> => {
      const {blob, ...stored} = withBlob(sample[role]);
      const raster = await decoder.raster(stored, blob, signal, true);
      const picture = buildPicture(meaning, role, stored, raster);
      if (picture === undefined) {
        throw new Error('the picture is of a kind that this page does not know');
      }
      return picture;
    }),
  );
  const values = await decoder.measure(
    measures.map(({id}) => id),
    truth!,
    prediction!,
    signal,
  );
  return measures.map(({id, lowerIsBetter}) => ({
    id,
    name: `${id}${DRAWN}`,
    value: values[id] ?? null,
    lowerIsBetter,
  }));
}

function withBlob(
  picture: FetchedPicture | undefined,
): FetchedPicture & {readonly blob: Uint8Array<ArrayBuffer>} {
  if (picture?.blob === undefined) {
    throw new Error(picture?.error ?? 'the picture is not there');
  }
  return {...picture, blob: picture.blob};
}
