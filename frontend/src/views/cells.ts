// SPDX-License-Identifier: Apache-2.0
/** Where the panes of a sample stand as cells of a matrix. */
import type {PaneChip} from './pane-notes.js';

export interface Cells {
  /** CSS `grid-template-columns`. */
  readonly columns: string;
  /** By the pane's key; a pane without one is not shown. */
  readonly places: ReadonlyMap<string, CellPlace>;
  /** The only one of a pane's chips that a cell has room for, by the pane's key. */
  chipOf(key: string, chips: readonly PaneChip[]): PaneChip | undefined;
}

export interface CellPlace {
  /** From 1. */
  readonly column: number;
  /** CSS pixels from the left edge where the cell stays while others scroll by. */
  readonly stuck?: number;
}

/** The CSS of a cell. */
export function cellStyle({column, stuck}: CellPlace): Readonly<Record<string, string>> {
  return {
    gridColumn: String(column),
    gridRow: '1',
    ...(stuck !== undefined && {position: 'sticky', left: `${stuck}px`, zIndex: '1'}),
  };
}

/** The chips of a pane, or the one of a cell. */
export function chipsOf(
  cells: Cells | undefined,
  {key, chips}: {readonly key: string; readonly chips: readonly PaneChip[]},
): readonly PaneChip[] {
  if (cells === undefined) {
    return chips;
  }
  const chip = cells.chipOf(key, chips);
  return chip === undefined ? [] : [chip];
}
