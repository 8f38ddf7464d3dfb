// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';

import {neighborsSize} from './neighbors.js';
import {png} from './png.fixture.js';
import {decodeStored, type StoredPicture} from './stored.js';

const grey: StoredPicture = {
  digest: 'd',
  width: 3,
  height: 2,
  channels: 1,
  bits: 8,
  layout: 'plain',
};
const greyPng = png({
  width: 3,
  height: 2,
  rows: [
    [0, 10, 20, 30],
    [0, 40, 50, 60],
  ],
});

async function values(picture: Partial<StoredPicture>, blob: Uint8Array): Promise<number[]> {
  return [...(await decodeStored({...grey, ...picture}, blob)).data];
}

describe('decodeStored', () => {
  it('gives the stored bytes', async () => {
    expect(await decodeStored(grey, greyPng)).toEqual({
      width: 3,
      height: 2,
      channels: 1,
      bits: 8,
      data: Uint8Array.of(10, 20, 30, 40, 50, 60),
    });
  });

  // The filters of the PNG specification, section 9, worked out by hand for pixels 10 20 30 / 40 50 60.
  it.each([
    ['None', [0, 40, 50, 60]],
    ['Sub', [1, 40, 10, 10]],
    ['Up', [2, 30, 30, 30]],
    ['Average', [3, 35, 20, 20]],
    ['Paeth', [4, 30, 10, 10]],
  ])('undoes filter %s', async (_, row) => {
    const blob = png({width: 3, height: 2, rows: [[0, 10, 20, 30], row]});
    expect(await values({}, blob)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it.each([
    ['Up', [2, 10, 20, 30]],
    ['Average', [3, 10, 15, 20]],
    ['Paeth', [4, 10, 10, 10]],
  ])('takes the row above the first one for zeros in filter %s', async (_, row) => {
    expect(await values({height: 1}, png({width: 3, height: 1, rows: [row]}))).toEqual([
      10, 20, 30,
    ]);
  });

  it('wraps filtered bytes at 256', async () => {
    expect(
      await values({height: 1}, png({width: 3, height: 1, rows: [[1, 200, 100, 255]]})),
    ).toEqual([200, 44, 43]);
  });

  it('keeps colours under an alpha of zero', async () => {
    const rows = [[0, 1, 2, 3, 0, 250, 251, 252, 7]];
    const blob = png({width: 2, height: 1, colorType: 6, rows});
    expect(await values({width: 2, height: 1, channels: 4}, blob)).toEqual(rows[0]!.slice(1));
  });

  it('filters each channel by its own neighbour', async () => {
    const blob = png({width: 2, height: 1, colorType: 2, rows: [[1, 10, 20, 30, 1, 2, 3]]});
    expect(await values({width: 2, height: 1, channels: 3}, blob)).toEqual([
      10, 20, 30, 11, 22, 33,
    ]);
  });

  it('joins the high and low bytes of split pictures, and adds them up from row to row', async () => {
    // 65535 - 7 is 0xfff8; 0x1234 - 256 is 0x1134.
    const rows = [
      [0, 0, 1],
      [0, 255, 17],
      [0, 7, 0],
      [0, 248, 52],
    ];
    const raster = await decodeStored(
      {...grey, width: 2, height: 2, bits: 16, layout: 'split'},
      png({width: 2, height: 4, rows}),
    );
    expect(raster.data).toEqual(Uint16Array.of(7, 256, 65535, 0x1234));
  });

  it('adds up 16 bits modulo 2^16, each channel by itself', async () => {
    // From 1 and 2 to 0 and 1: differences of 0xffff.
    const rows = [
      [0, 0, 0],
      [0, 255, 255],
      [0, 1, 2],
      [0, 255, 255],
    ];
    const blob = png({width: 1, height: 4, colorType: 4, rows});
    expect(
      await values({width: 1, height: 2, channels: 2, bits: 16, layout: 'split'}, blob),
    ).toEqual([1, 2, 0, 1]);
  });

  it('reads pixels cut into several chunks', async () => {
    const blob = png({
      width: 3,
      height: 2,
      cuts: 4,
      rows: [
        [0, 10, 20, 30],
        [0, 40, 50, 60],
      ],
    });
    expect(await values({}, blob)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('reads a blob that is a part of a larger buffer', async () => {
    const buffer = new Uint8Array(greyPng.length + 20);
    buffer.set(greyPng, 7);
    expect(await values({}, buffer.subarray(7, 7 + greyPng.length))).toEqual([
      10, 20, 30, 40, 50, 60,
    ]);
  });

  // 5 5 7      3 1 3      byte (0, 0): 3 + 1 * 4 + 0 * 16 + 2 * 64, byte (1, 0): 3 + 1 * 16
  // 5 5 5  ->  0 2 1      byte (0, 1): 3 + 0 * 4, byte (1, 1): 2
  // 9 5 5      3 0 2      literals: 5 7 9
  it('finds the values that neighbours say', async () => {
    const blob = png({
      width: 2,
      height: 4,
      rows: [
        [0, 3 + 4 + 128, 3 + 16],
        [0, 3, 2],
        [0, 5, 7],
        [0, 9, 0],
      ],
    });
    const picture: StoredPicture = {...grey, width: 3, height: 3, layout: 'neighbors', literals: 3};
    expect(await decodeStored(picture, blob)).toEqual({
      width: 3,
      height: 3,
      channels: 1,
      bits: 8,
      data: Uint8Array.of(5, 5, 7, 5, 5, 5, 9, 5, 5),
    });
  });

  it.each([
    [1, 1, 4],
    [7, 6, 3],
    [8, 7, 3],
    [64, 48, 6],
    [33, 65, 256],
  ])(
    'gives back %i x %i values of %i classes that neighbours stand for',
    async (width, height, classes) => {
      const mask = blotches(width, height, classes);
      const {literals, bytes} = neighborsOf(mask, width, height);
      const size = neighborsSize(width, height, literals);
      const rows = Array.from({length: size.height}, (_, y) => [
        0,
        ...bytes.slice(y * size.width, (y + 1) * size.width),
      ]);
      expect(
        await values({width, height, layout: 'neighbors', literals}, png({...size, rows})),
      ).toEqual(mask);
    },
  );

  it('takes all around a picture for zeros', async () => {
    const left = [2 * 1 + 4, 1 + 16].map((code) => [0, code]);
    for (const row of left) {
      const blob = png({width: 1, height: 1, rows: [row]});
      expect(await values({width: 2, height: 2, layout: 'neighbors', literals: 0}, blob)).toEqual([
        0, 0, 0, 0,
      ]);
    }
  });

  const rows = [[0, 1, 2, 3]];
  const neighbors: Partial<StoredPicture> = {width: 6, height: 1, layout: 'neighbors'};
  it.each<[string, Partial<StoredPicture>, Uint8Array, string]>([
    [
      'not a PNG',
      {},
      new Uint8Array(100),
      'got 100 bytes that do not begin like a PNG, want a PNG',
    ],
    ['another size', {height: 3}, greyPng, 'got a PNG of 3 x 2 with 1 channels, want 3 x 3 with 1'],
    [
      'other channels',
      {channels: 3},
      greyPng,
      'got a PNG of 3 x 2 with 1 channels, want 3 x 2 with 3',
    ],
    [
      'too many pixels',
      {width: 2 ** 15, height: 2 ** 14},
      greyPng,
      'got a picture of 32768 x 16384, want 1 to 268435456 pixels',
    ],
    [
      'bits without a layout for them',
      {bits: 16},
      greyPng,
      'got 16 bits in layout plain, want 8 in plain or neighbors, or 16 or 32 in split',
    ],
    [
      '32 bits of colour',
      {bits: 32, layout: 'split', channels: 3},
      greyPng,
      'got 3 channels of 32 bits in layout split, want 1',
    ],
    [
      '32 bits in a PNG of 16',
      {bits: 32, layout: 'split', height: 1},
      greyPng,
      'got a PNG of 3 x 2 with 1 channels, want 3 x 4 with 1',
    ],
    [
      '16 bits of neighbours',
      {...neighbors, bits: 16, literals: 0},
      greyPng,
      'got 16 bits in layout neighbors',
    ],
    [
      'channels of neighbours',
      {...neighbors, channels: 3, literals: 0},
      greyPng,
      'got 3 channels of 8 bits in layout neighbors, want 1',
    ],
    [
      'more literals than there are pixels',
      {...neighbors, literals: 7},
      greyPng,
      'got 7 literals, want 0 to 6',
    ],
    ['half a literal', {...neighbors, literals: 0.5}, greyPng, 'got 0.5 literals, want 0 to 6'],
    [
      'literals without a row for them',
      {...neighbors, literals: 1},
      png({width: 3, height: 1, rows}),
      'got a PNG of 3 x 1 with 1 channels, want 3 x 2 with 1',
    ],
    [
      'other literals than the codes want',
      {...neighbors, literals: 2},
      greyPng,
      'got a picture of which 1 values equal no neighbour, want 2',
    ],
    [
      'more literals than there are',
      {...neighbors, literals: 0},
      png({width: 3, height: 1, rows: [[0, 15, 15, 15]]}),
      'got a picture of which 6 values equal no neighbour, want 0',
    ],
    [
      'a palette',
      {height: 1},
      png({width: 3, height: 1, colorType: 3, rows}),
      'got a PNG of depth 8, colour type 3, want depth 8, colour type 0, 2, 4 or 6, not interlaced',
    ],
    [
      'interlaced rows',
      {height: 1},
      png({width: 3, height: 1, interlace: 1, rows}),
      'got a PNG of depth 8, colour type 0, interlaced, want depth 8, colour type 0, 2, 4 or 6, not interlaced',
    ],
    [
      'more rows than it says',
      {height: 1},
      png({width: 3, height: 1, rows: [...rows, ...rows]}),
      'more than the 4 bytes',
    ],
    [
      'fewer rows than it says',
      {},
      png({width: 3, height: 2, rows}),
      'got a PNG with 4 bytes of pixels, want 8',
    ],
    [
      'an unknown filter',
      {height: 1},
      png({width: 3, height: 1, rows: [[9, 1, 2, 3]]}),
      'got a PNG row with filter 9',
    ],
    ['a cut end', {}, greyPng.subarray(0, greyPng.length - 20), 'cut off in its IDAT chunk'],
    ['no end', {}, greyPng.subarray(0, greyPng.length - 12), 'got a PNG without an end'],
  ])('refuses %s', async (_, picture, blob, message) => {
    await expect(values(picture, blob)).rejects.toThrow(message);
  });

  it('refuses pixels that do not inflate', async () => {
    const broken = greyPng.slice();
    // The first byte of the deflate stream: 33 bytes of signature and IHDR, 33 of tEXt, 8 of IDAT, 2 of zlib.
    broken[broken.lastIndexOf(0x78, broken.length - 14) + 2] = 0xff;
    await expect(values({}, broken)).rejects.toThrow();
  });
});

/** Regions that overlap, with some noise, of made up class ids. */
function blotches(width: number, height: number, classes: number): number[] {
  return Array.from({length: width * height}, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const noise = (i * 7919) % 31 === 0 ? i : 0;
    return (
      (Math.floor(Math.hypot(x - 5, y - 9) / 6) + Math.floor((x + 2 * y) / 11) + noise) % classes
    );
  });
}

/** docs/format.md, "neighbors", as it is written there. */
function neighborsOf(
  mask: readonly number[],
  width: number,
  height: number,
): {literals: number; bytes: number[]} {
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : mask[y * width + x]!);
  const columns = Math.ceil(width / 2);
  const bytes = new Array<number>(columns * Math.ceil(height / 2)).fill(0);
  const literals: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = at(x, y);
      const code = [at(x, y - 1), at(x - 1, y), at(x - 1, y - 1), value].indexOf(value);
      if (code === 3) {
        literals.push(value);
      }
      bytes[Math.floor(y / 2) * columns + Math.floor(x / 2)]! |=
        code << (2 * (x % 2) + 4 * (y % 2));
    }
  }
  const zeros = new Array<number>((columns - (literals.length % columns)) % columns).fill(0);
  return {literals: literals.length, bytes: [...bytes, ...literals, ...zeros]};
}
