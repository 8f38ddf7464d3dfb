// SPDX-License-Identifier: Apache-2.0
import type {Raster, Size} from './raster.js';
import {mapAligned, mapGrid, type AxisMap} from './sampling.js';
import type {Scene} from '../kinds/scene.js';

interface Request {
  readonly raster: Size;
  readonly grid: Size;
  readonly samples: number;
}

/**
 * The coordinate maps of one draw, as rows of one texture. A map with s samples has s rows for the columns and s for the rows:
 * entry x of row i is the raster's column at sample i of the device column x.
 */
export class MapAtlas {
  readonly #requests = new Map<string, {readonly request: Request; readonly base: number}>();
  #rows = 0;

  constructor(
    private readonly scene: Scene,
    private readonly canvas: Size,
  ) {}

  /** The first row of the map to a raster that is aligned to a grid. */
  add(raster: Raster, grid: Size, samples: number): number {
    const key = `${raster.width} ${raster.height} ${grid.width} ${grid.height} ${samples}`;
    let entry = this.#requests.get(key);
    if (entry === undefined) {
      entry = {request: {raster, grid, samples}, base: this.#rows};
      this.#requests.set(key, entry);
      this.#rows += 2 * samples;
    }
    return entry.base;
  }

  get width(): number {
    return Math.max(this.canvas.width, this.canvas.height);
  }

  /** Equal for equal texels. */
  get key(): string {
    const {frame, view} = this.scene;
    const {width, height} = this.canvas;
    const place = [frame.width, frame.height, view.x, view.y, view.scale, width, height];
    return [place.join(' '), ...this.#requests.keys()].join();
  }

  texels(): Uint16Array {
    const texels = new Uint16Array(this.width * this.#rows);
    const {frame, view} = this.scene;
    const write = (map: AxisMap, samples: number, base: number) => {
      for (let i = 0; i < map.length; i++) {
        // Outside of the frame nothing is drawn.
        texels[(base + (i % samples)) * this.width + Math.floor(i / samples)] = Math.max(
          map[i]!,
          0,
        );
      }
    };
    for (const {request, base} of this.#requests.values()) {
      const {raster, grid, samples} = request;
      const map = mapAligned(mapGrid(frame, view, this.canvas, grid, samples), grid, raster);
      write(map.columns, samples, base);
      write(map.rows, samples, base + samples);
    }
    return texels;
  }
}
