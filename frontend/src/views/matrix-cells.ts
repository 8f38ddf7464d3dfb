// SPDX-License-Identifier: Apache-2.0
/** What the cells of the matrix show: the runs in sight, their places, and what the first picture says of all. */
import {LastResults} from '../pixels/memo.js';
import type {Size} from '../pixels/raster.js';
import type {SampleRow, SampleSource, TagModel} from '../store/data.js';
import type {Side} from '../store/sides.js';
import type {Cells} from './cells.js';
import {isEqual} from './equality.js';
import {
  fixedPlace,
  matrixGeometry,
  rowsInSight,
  runsInSight,
  type MatrixGeometry,
} from './matrix-geometry.js';
import {cellChip} from './ranked-chip.js';
import {samplePreview} from './sample-preview.js';

/** Size of the first picture that was there, and whether there is an input: all rows are as high. */
export interface KnownPictures {
  readonly tag: string;
  readonly frame: Size;
  readonly hasInput: boolean;
}

/** Undefined while none of `rows` is there. */
export function findKnown(
  model: TagModel,
  rows: readonly SampleRow[],
  source: SampleSource | undefined,
): KnownPictures | undefined {
  for (const row of rows) {
    const sampleAtStep = samplePreview(source, model, row.id);
    const frame = sampleAtStep?.groundTruth ?? sampleAtStep?.prediction;
    if (sampleAtStep !== undefined && frame !== undefined) {
      return {tag: model.tag, frame, hasInput: sampleAtStep.input !== undefined};
    }
  }
  return undefined;
}

const UNKNOWN_FRAME: Size = {width: 2, height: 1};

/** Where all stands; `known` is undefined while no picture is there, and then an input is taken to be. */
export function modelGeometry(
  {rows, runs, hparams}: TagModel,
  pictureWidth: number,
  known: KnownPictures | undefined,
  width: number,
): MatrixGeometry {
  return matrixGeometry(
    {
      rows: rows.length,
      runs: runs.length,
      hasInput: known?.hasInput ?? true,
      hasHparams: hparams.differing.some((name) => name !== hparams.groupBy),
      hasGroups: hparams.groupBy !== null && runs.length > 0,
    },
    pictureWidth,
    known?.frame ?? UNKNOWN_FRAME,
    width,
  );
}

/** The samples and runs of which something is seen. */
export interface MatrixPart {
  readonly samples: readonly SampleRow[];
  readonly runs: TagModel['runs'];
}

/** `box`: how far it is scrolled, and its size, in CSS pixels. The sample `kept` is in it wherever it stands. */
export function partInSight(
  model: TagModel,
  geometry: MatrixGeometry,
  box: Size & {readonly left: number; readonly top: number},
  kept?: string,
): MatrixPart {
  const rows = rowsInSight(geometry, model.rows.length, box.top, box.height);
  const runs = runsInSight(geometry, model.runs.length, box.left, box.width);
  return {
    samples: [
      ...model.rows.slice(0, rows.first).filter(({id}) => id === kept),
      ...model.rows.slice(rows.first, rows.end),
      ...model.rows.slice(rows.end).filter(({id}) => id === kept),
    ],
    runs: model.runs.slice(runs.first, runs.end),
  };
}

const knownCells = new LastResults<Cells>();

/**
 * The places of a row's pictures, and the chips of its runs, which stand beside each other in the model; `a` is what they are
 * compared with. The same object until one of them is another, so that scrolling leaves rows alone.
 */
export function matrixCells(
  model: TagModel,
  row: SampleRow,
  runs: TagModel['runs'],
  geometry: MatrixGeometry,
  hasInput: boolean,
  a: Side,
): Cells {
  const {cell, fixed, stuck} = geometry;
  const others = [model, runs[0], runs.length, cell.width, fixed, stuck, hasInput, a];
  return knownCells.get(row, others, () => {
    const columns = model.runs.map(({run}) => run);
    const keys = hasInput ? ['input', 'truth'] : ['truth'];
    return {
      columns: `repeat(${fixed + columns.length}, ${cell.width}px)`,
      places: new Map([
        ...keys.map((key, place) => [key, fixedPlace(geometry, place)] as const),
        ...runs.map(({run}) => [`run ${run}`, {column: fixed + columns.indexOf(run) + 1}] as const),
      ]),
      chipOf: (key, chips) => cellChip(a, chips, model, row, key.replace(/^run /, '')),
    };
  });
}

/** The model of what is drawn: the runs in sight, and the first, which others are compared with. The header tells offsets. */
export function narrowedModel(model: TagModel, runs: TagModel['runs']): TagModel {
  const first = model.runs.slice(0, 1).filter((run) => !runs.includes(run));
  const narrowed = [...first, ...runs].map((run) => ({...run, offset: 0n}));
  const others = model.runs.filter((run) => !first.includes(run) && !runs.includes(run));
  return {...model, runs: narrowed, named: [...model.named, ...others]};
}

/** Whether two models of what is drawn would draw the same. */
export function isSameModel(a: TagModel, b: TagModel): boolean {
  const keys = Object.keys(b) as (keyof TagModel)[];
  return keys.every((key) => (key === 'runs' ? isEqual(a.runs, b.runs) : a[key] === b[key]));
}
