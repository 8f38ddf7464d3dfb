// SPDX-License-Identifier: Apache-2.0
/** Where the samples and their parts are in pictures that hold several. */
import {ROLES, type FrameSample, type Role, type StripLayout} from '../api/types.js';
import type {Raster, Rect, Size} from '../pixels/raster.js';
import {cellsOf, findGrid, fits, gridOf, type Grid} from './grids.js';
import {ALIKE, likeness} from './likeness.js';

/** How pictures of one size are cut. */
export interface Cuts {
  readonly size: Size;
  /** Of each sample, where its parts are; all are there. */
  readonly samples: readonly Readonly<Partial<Record<Role, Rect>>>[];
  /** Whether a picture is one strip, and so one of another size can be cut too. */
  readonly isOne?: boolean;
  /** Why the pictures can't be cut; then there are no samples. */
  readonly error?: string;
  /** Whether the panes look alike, where the name of the tag alone does not settle that they are a pair. */
  readonly isUnlike?: boolean;
  /** The colours of ground truth and prediction, where they are few. */
  readonly colors?: readonly string[];
}

/** Cuts by a strip's panes; a grid of strips, or of as many pictures in a row as there are panes, is several samples. */
export function cutsOfStrip(picture: Raster, strip: StripLayout, grid: FrameSample['grid']): Cuts {
  const whole = {x: 0, y: 0, width: picture.width, height: picture.height};
  if (typeof grid === 'object') {
    const asked = gridOf(picture, grid);
    if (asked === undefined) {
      return unfit(picture, grid);
    }
    return joined(
      sizeOnly(picture),
      cellsOf(asked, [picture]).map((cell) => divided(picture, strip, cell)),
    );
  }
  const found = grid === false || strip.cuts !== undefined ? undefined : findGrid(picture);
  const cuts =
    found === undefined
      ? {...divided(picture, strip, whole), isOne: true}
      : cutsOfGridOfPanes(picture, strip, found);
  return judged(cuts, picture, strip);
}

function cutsOfGridOfPanes(picture: Raster, strip: StripLayout, grid: Grid): Cuts {
  const {panes, axis} = strip;
  const along = axis === 'x' ? grid.columns : grid.rows;
  const fitting =
    along === panes.length || (along % panes.length === 0 && strip.mustLookAlike !== true);
  if (!fitting) {
    return {
      size: sizeOnly(picture),
      samples: [],
      error: `it is a grid of ${grid.columns} × ${grid.rows} pictures, not of ${panes.length} panes along ${axis}`,
    };
  }
  const cells = cellsOf(grid, [picture]);
  const count = panes.length;
  const groups: (readonly Rect[])[] = [];
  if (axis === 'x') {
    for (let first = 0; first + count <= cells.length; first += count) {
      groups.push(cells.slice(first, first + count));
    }
  } else {
    for (let top = 0; top < grid.rows; top += count) {
      for (let column = 0; column < grid.columns; column++) {
        const group = panes.flatMap((_, i) => cells[(top + i) * grid.columns + column] ?? []);
        if (group.length === count) {
          groups.push(group);
        }
      }
    }
  }
  return {size: sizeOnly(picture), samples: groups.map((group) => byRole(strip, group))};
}

function divided(picture: Size, strip: StripLayout, whole: Rect): Cuts {
  const {panes, axis, cuts} = strip;
  const side = axis === 'x' ? 'width' : 'height';
  const length = whole[side];
  if (cuts === undefined && length % panes.length !== 0) {
    return {
      size: sizeOnly(picture),
      samples: [],
      error: `its ${side} of ${length} pixels is not divided by ${panes.length} panes`,
    };
  }
  const shares = cutShares(strip);
  const edges = [0, ...shares.map((share) => Math.round(share * length)), length];
  const rects = panes.map((_, i) => {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    return axis === 'x'
      ? {...whole, x: whole.x + from, width: to - from}
      : {...whole, y: whole.y + from, height: to - from};
  });
  if (rects.some(({width, height}) => width < 1 || height < 1)) {
    return {
      size: sizeOnly(picture),
      samples: [],
      error: `its ${length} pixels are too few for these cuts`,
    };
  }
  return {size: sizeOnly(picture), samples: [byRole(strip, rects)]};
}

/** Where each pane after the first begins, as shares: as asked for, or else equal. */
export function cutShares({
  panes,
  cuts,
}: {
  readonly panes: readonly unknown[];
  readonly cuts?: readonly number[] | null;
}): readonly number[] {
  return cuts ?? panes.slice(1).map((_, i) => (i + 1) / panes.length);
}

/** The same strip in a picture of another size, which is no grid. */
export function cutsOfSize(size: Size, strip: StripLayout): Cuts {
  return divided(size, strip, {x: 0, y: 0, ...size});
}

/** Cuts pictures of one sample each that may be grids of one geometry: ground truth, prediction and, where there is one, input. */
export function cutsOfTags(pictures: readonly Raster[], grid: FrameSample['grid']): Cuts {
  const [first, ...others] = pictures;
  if (first === undefined || grid === false) {
    return whole(first);
  }
  let found: Grid | undefined;
  if (typeof grid === 'object') {
    found = gridOf(first, grid);
    if (found === undefined) {
      return unfit(first, grid);
    }
  } else {
    found = pictures.map(findGrid).find((one) => one !== undefined);
    if (found === undefined || !pictures.every((picture) => fits(picture, found!))) {
      return whole(first);
    }
  }
  if (others.some(({width, height}) => width !== first.width || height !== first.height)) {
    return whole(first);
  }
  const cells = cellsOf(found, pictures);
  return {
    size: sizeOnly(first),
    samples: cells.map((cell) => Object.fromEntries(ROLES.map((role) => [role, cell]))),
  };
}

/** Nothing is cut. */
function whole(picture: Raster | undefined): Cuts {
  return {size: {width: picture?.width ?? 0, height: picture?.height ?? 0}, samples: [{}]};
}

function unfit(picture: Size, grid: {readonly width: number; readonly height: number}): Cuts {
  return {
    size: sizeOnly(picture),
    samples: [],
    error:
      `the picture of ${picture.width} × ${picture.height} pixels is no grid of samples of ` +
      `${grid.width} × ${grid.height}`,
  };
}

/** Without the pixels, which are not kept. */
function sizeOnly({width, height}: Size): Size {
  return {width, height};
}

function joined(size: Size, parts: readonly Cuts[]): Cuts {
  return (
    parts.find(({error}) => error !== undefined) ?? {
      size,
      samples: parts.flatMap(({samples}) => samples),
    }
  );
}

function judged(cuts: Cuts, picture: Raster, {axis, mustLookAlike}: StripLayout): Cuts {
  if (mustLookAlike !== true) {
    return cuts;
  }
  const best = cuts.samples.map(({groundTruth, prediction}) =>
    groundTruth && prediction ? likeness(picture, groundTruth, prediction, axis) : 0,
  );
  return {...cuts, isUnlike: Math.max(0, ...best) < ALIKE};
}

function byRole(strip: StripLayout, rects: readonly Rect[]): Partial<Record<Role, Rect>> {
  return Object.fromEntries(
    ROLES.flatMap((role) => {
      const rect = rects[strip.panes.indexOf(role)];
      return rect === undefined ? [] : [[role, rect]];
    }),
  );
}
