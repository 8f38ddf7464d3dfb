// SPDX-License-Identifier: Apache-2.0
/** Packs the coordinate maps of a draw into one texture. */
import type {Size} from './raster.js';
import {mapAligned, mapGrid, placeKey, type AxisMap} from './sampling.js';
import type {Placement} from './view.js';

/** A raster aligned to a grid, sampled. */
interface Mapping {
  readonly raster: Size;
  readonly grid: Size;
  readonly samples: number;
}

/**
 * The coordinate maps of one draw, as rows of one texture. A map with s samples has s rows for the columns and s for the rows:
 * entry x of row i is the raster's column at sample i of the device column x.
 */
export class MapAtlas {
  readonly #mappings = new Map<string, {readonly mapping: Mapping; readonly base: number}>();
  #rows = 0;

  constructor(
    private readonly scene: Placement,
    private readonly canvas: Size,
  ) {}

  /** The first row of the map to a raster that is aligned to a grid. */
  add(raster: Size, grid: Size, samples: number): number {
    const key = `${raster.width} ${raster.height} ${grid.width} ${grid.height} ${samples}`;
    let entry = this.#mappings.get(key);
    if (entry === undefined) {
      entry = {mapping: {raster, grid, samples}, base: this.#rows};
      this.#mappings.set(key, entry);
      this.#rows += 2 * samples;
    }
    return entry.base;
  }

  get width(): number {
    return Math.max(this.canvas.width, this.canvas.height);
  }

  /** Equal for equal texels. */
  get key(): string {
    return [placeKey(this.scene, this.canvas), ...this.#mappings.keys()].join();
  }

  texels(): Uint16Array {
    const texels = new Uint16Array(this.width * this.#rows);
    const write = (map: AxisMap, samples: number, base: number) => {
      for (let i = 0; i < map.length; i++) {
        // Outside of the frame nothing is drawn.
        texels[(base + (i % samples)) * this.width + Math.floor(i / samples)] = Math.max(
          map[i]!,
          0,
        );
      }
    };
    for (const {mapping, base} of this.#mappings.values()) {
      const {raster, grid, samples} = mapping;
      const map = mapAligned(mapGrid(this.scene, this.canvas, grid, samples), grid, raster);
      write(map.columns, samples, base);
      write(map.rows, samples, base + samples);
    }
    return texels;
  }
}
