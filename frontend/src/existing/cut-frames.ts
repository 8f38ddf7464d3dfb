// SPDX-License-Identifier: Apache-2.0
/** What is said of whole pictures, said of the samples and parts that they hold. */
import {
  ROLES,
  type Frame,
  type FrameSample,
  type Role,
  type PictureMetadata,
  type RunSeries,
  type StripLayout,
} from '../api/types.js';
import type {Rect} from '../pixels/raster.js';
import {cutsOfSize, type Cuts} from './cuts.js';

const UNLIKE =
  'The parts of this strip do not look alike, so they are not shown as a pair. Split it to say what they are.';

/** The steps and samples of a run, or why none is shown. */
export function cutSeries(series: RunSeries, cuts: Cuts | undefined): RunSeries {
  const {source} = series;
  if (cuts?.isUnlike === true) {
    return {
      ...series,
      steps: [],
      wallTimes: [],
      samples: [],
      logged: 0,
      ...(source && {source: {...source, note: UNLIKE}}),
    };
  }
  const colors = cuts?.colors;
  return {
    ...series,
    samples: cutIds(series.samples, cuts),
    ...(source && colors && {source: {...source, colors}}),
  };
}

/** Of a picture with several samples, each has its number after the picture's own id. */
export function cutIds(ids: readonly string[], cuts: Cuts | undefined): readonly string[] {
  const count = cuts?.samples.length ?? 1;
  return count <= 1 ? ids : ids.flatMap((id) => cutIdsOf(id, count));
}

function cutIdsOf(id: string, count: number): readonly string[] {
  const stem = id === '0' ? '' : `${id}/`;
  return Array.from({length: count}, (_, i) => `${stem}${i}`);
}

/** The ids of the pictures that may hold a sample. */
export function wholeIds(id: string, counts: readonly number[]): readonly string[] {
  const end = id.lastIndexOf('/');
  return counts.map((count) => (count <= 1 ? id : end < 0 ? '0' : id.slice(0, end)));
}

/** A frame whose pictures are cut to samples and parts. */
export function cutFrame(frame: Frame, cuts: Cuts | undefined): Frame {
  if (frame.samples === undefined) {
    return frame;
  }
  const pictures = [...(frame.pictures ?? [])];
  const place = (picture: PictureMetadata): number => pictures.push(picture) - 1;
  const samples = frame.samples.flatMap((sample) => cutSample(sample, frame, cuts, place));
  return {...frame, pictures, samples};
}

function cutSample(
  sample: FrameSample,
  frame: Frame,
  cuts: Cuts | undefined,
  place: (picture: PictureMetadata) => number,
): readonly FrameSample[] {
  const {strip} = sample;
  const isUncut =
    cuts === undefined || (cuts.samples.length === 1 && Object.keys(cuts.samples[0]!).length === 0);
  if (strip === undefined && isUncut) {
    return [sample];
  }
  const wholes = new Map<Role, PictureMetadata>();
  for (const role of ROLES) {
    const index =
      strip === undefined ? sample[role] : strip.panes.includes(role) ? strip.picture : undefined;
    const picture = index === undefined ? undefined : frame.pictures?.[index];
    if (picture !== undefined) {
      wholes.set(role, picture);
    }
  }
  const own = strip === undefined ? cuts : cutsHere(strip, frame.pictures?.[strip.picture], cuts);
  const parts = own === undefined || own.samples.length === 0 ? [{}] : own.samples;
  const ids = cutIds([sample.id], own);
  return parts.map((rects: Partial<Record<Role, Rect>>, i): FrameSample => ({
    id: ids[i]!,
    ...(sample.caption === undefined ? {} : {caption: sample.caption}),
    ...Object.fromEntries(
      [...wholes].map(([role, picture]) => [role, place(part(picture, rects[role], own))]),
    ),
  }));
}

/** Some programs log pictures of other sizes at each step; one that is no grid is cut by its own size. */
function cutsHere(
  strip: StripLayout,
  picture: PictureMetadata | undefined,
  cuts: Cuts | undefined,
): Cuts | undefined {
  const isOther =
    picture !== undefined &&
    (picture.width !== cuts?.size.width || picture.height !== cuts.size.height);
  return isOther && cuts?.isOne === true
    ? cutsOfSize({width: picture.width, height: picture.height}, strip)
    : cuts;
}

/** The part of a picture; with the reason, where it can't be had. */
function part(
  picture: PictureMetadata,
  rect: Rect | undefined,
  cuts: Cuts | undefined,
): PictureMetadata {
  if (picture.error !== undefined) {
    return picture;
  }
  const {width, height} = picture;
  if (cuts === undefined) {
    return {
      ...picture,
      error:
        'its parts can\u2019t be told apart: the last picture of this run can\u2019t be decoded',
    };
  }
  if (rect === undefined) {
    return {...picture, error: cuts.error ?? 'the picture can\u2019t be cut'};
  }
  if (width !== cuts.size.width || height !== cuts.size.height) {
    return {
      ...picture,
      error: `it has ${width} × ${height} pixels, and that of the last step ${cuts.size.width} × ${cuts.size.height}`,
    };
  }
  return {...picture, width: rect.width, height: rect.height, crop: {...rect, width, height}};
}
