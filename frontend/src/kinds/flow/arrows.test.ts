// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Mark, MarkWindow} from '../marks.js';
import {raster} from '../goldens.fixture.js';
import {flowArrows} from './arrows.js';
import type {Vectors} from './draw.js';

/** Stored over −4 to 4 pixels; null is unknown. */
function flow(vectors: readonly (readonly [number, number] | null)[], width: number): Vectors {
  const stored = vectors.flatMap((vector) =>
    vector === null ? [65535, 65535] : vector.map((value) => 32766 + (value * 32766) / 4),
  );
  return {raster: raster(stored, width, 2, 16), range: [-4, 4]};
}

function windowOf(pixel: number, columns: number, rows = columns): MarkWindow {
  return {
    pixel: {width: pixel, height: pixel},
    columns: {from: 0, to: columns},
    rows: {from: 0, to: rows},
  };
}

/** Whether a pixel's middle is inside of an outline, by how often a ray from it crosses that. */
function isInside(outline: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  outline.forEach(([ax, ay], i) => {
    const [bx, by] = outline[(i + 1) % outline.length]!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) {
      inside = !inside;
    }
  });
  return inside;
}

/** The pixels that marks cover in a picture of one row, `pixel` screen pixels high. */
function painted(marks: readonly Mark[], {pixel, columns}: MarkWindow): string[] {
  const [width, height] = [pixel.width * columns.to, pixel.height];
  return Array.from({length: height}, (_, y) =>
    Array.from({length: width}, (_, x) =>
      marks.some((mark) =>
        isInside(mark.outline, x + 0.5 - mark.x * pixel.width, y + 0.5 - mark.y * pixel.height),
      )
        ? '#'
        : '.',
    ).join(''),
  );
}

describe('arrows', () => {
  it('point where pixels move, dots where they stand still, nothing where that is unknown', () => {
    const vectors = flow([[4, 0], [-4, 0], [0, 4], [0, 0], null], 5);
    const window = windowOf(21, 5, 1);
    expect(painted(flowArrows(vectors, 4, window), window)).toEqual([
      '.........................................................................................................',
      '....................................................#....................................................',
      '....................................................#....................................................',
      '....................................................#....................................................',
      '....................................................#....................................................',
      '....................................................#....................................................',
      '....................................................#....................................................',
      '.............#..............#.......................#....................................................',
      '.............###..........###.......................#....................................................',
      '.............#####......#####.......................#....................#...............................',
      '.###################..###################...........#...................###..............................',
      '.............#####......#####.......................#....................#...............................',
      '.............###..........###.......................#....................................................',
      '.............#..............#....................#######.................................................',
      '..................................................#####..................................................',
      '..................................................#####..................................................',
      '...................................................###...................................................',
      '...................................................###...................................................',
      '....................................................#....................................................',
      '....................................................#....................................................',
      '.........................................................................................................',
    ]);
  });

  it('are as long as motion is large, and no longer than at the magnitude', () => {
    const vectors = flow(
      [
        [1, 0],
        [2, 0],
        [4, 0],
      ],
      3,
    );
    const lengths = flowArrows(vectors, 2, windowOf(100, 3, 1)).map(({outline}) => {
      const along = outline.map(([x]) => x);
      return Math.max(...along) - Math.min(...along);
    });
    expect(lengths.map((length) => Math.round(length))).toEqual([45, 90, 90]);
  });

  it('point in the direction that is seen where pixels are no squares', () => {
    const window = {...windowOf(40, 1), pixel: {width: 80, height: 40}};
    const [tip] = flowArrows(flow([[3, 3]], 1), 4, window).map(({outline}) => outline[3]!);
    expect(tip![0] / tip![1]).toBeCloseTo(2);
  });

  it('leave room between them, on the same pixels wherever the picture is moved', () => {
    const vectors = flow(
      Array.from({length: 64 * 64}, () => [1, 1] as const),
      64,
    );
    const all = flowArrows(vectors, 4, windowOf(3, 64));
    expect(all).toHaveLength(8 * 8);
    expect(all.slice(0, 3).map(({x, y}) => [x, y])).toEqual([
      [4.5, 4.5],
      [12.5, 4.5],
      [20.5, 4.5],
    ]);
    const moved = {...windowOf(3, 64), columns: {from: 21, to: 30}, rows: {from: 40, to: 41}};
    const places = new Set(all.map(({x, y}) => `${x} ${y}`));
    const part = flowArrows(vectors, 4, moved).map(({x, y}) => `${x} ${y}`);
    expect(part.every((place) => places.has(place))).toBe(true);
    expect(part).toContain('20.5 44.5');
    expect(part).toContain('28.5 36.5');
  });

  it('are not drawn where pixels are smaller than those of the screen', () => {
    const vectors = flow([[1, 1]], 1);
    expect(flowArrows(vectors, 4, windowOf(0.9, 1))).toEqual([]);
    expect(flowArrows(vectors, 4, windowOf(1, 1))).toEqual([]);
    expect(flowArrows(vectors, 4, windowOf(20, 1))).toHaveLength(1);
  });
});
