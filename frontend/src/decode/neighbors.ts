// SPDX-License-Identifier: Apache-2.0
/**
 * The layout `neighbors` of docs/format.md: two bits for each value say which of its neighbours
 * it equals.
 */

/** What a code says the value is; 0 is the one above. */
const LEFT = 1;
const ABOVE_LEFT = 2;

/** Each byte holds the codes of 2 x 2 values. */
function codesOf(side: number): number {
  return Math.ceil(side / 2);
}

/** Pixels of the PNG of a picture of `width * height`, `literals` of whose values equal no neighbour. */
export function neighborsSize(
  width: number,
  height: number,
  literals: number,
): {width: number; height: number} {
  const columns = codesOf(width);
  return {width: columns, height: codesOf(height) + Math.ceil(literals / columns)};
}

/** From the bytes of a PNG of `neighborsSize` to `width * height` values. Throws an `Error` where they don't hold `literals` values. */
export function joinNeighbors(
  bytes: Uint8Array,
  width: number,
  height: number,
  literals: number,
): Uint8Array {
  const columns = codesOf(width);
  const values = new Uint8Array(width * height);
  // A column of zeros at the left is what the values there have beside them; an even width spares asking for the right end.
  let line = new Uint8Array(2 * columns + 1);
  let above = new Uint8Array(2 * columns + 1);
  const firstLiteral = columns * codesOf(height);
  let next = firstLiteral;
  for (let y = 0; y < height; y++) {
    [line, above] = [above, line];
    line.set(above);
    const shift = (y & 1) << 2;
    const codes = (y >> 1) * columns;
    for (let column = 0; column < columns; column++) {
      const pair = (bytes[codes + column]! >> shift) & 15;
      // Most values equal the one above.
      if (pair === 0) {
        continue;
      }
      const x = 2 * column + 1;
      const code = pair & 3;
      if (code !== 0) {
        line[x] =
          code === LEFT ? line[x - 1]! : code === ABOVE_LEFT ? above[x - 1]! : bytes[next++]!;
      }
      const second = pair >> 2;
      if (second !== 0) {
        line[x + 1] =
          second === LEFT ? line[x]! : second === ABOVE_LEFT ? above[x]! : bytes[next++]!;
      }
    }
    values.set(line.subarray(1, width + 1), y * width);
  }
  if (next - firstLiteral !== literals) {
    throw new Error(
      `got a picture of which ${next - firstLiteral} values equal no neighbour, want ${literals}`,
    );
  }
  return values;
}
