// SPDX-License-Identifier: Apache-2.0
/** Names for exported files. */

/** File systems take names of 255 bytes, and a character takes up to four. */
const LONGEST = 60;
const LONGEST_NAME = 2 * LONGEST;

/** A name that every file system takes: `val-segmentation_frankfurt_step-480.png` of its parts. Where all are too long, the longest are cut. */
export function fileName(parts: readonly string[], extension: string): string {
  const safe = parts.map(safePart).filter((part) => part.length > 0);
  const lengthOf = (most: number): number =>
    safe.reduce((sum, part) => sum + Math.min(part.length, most), safe.length - 1);
  let most = LONGEST;
  while (most > 1 && lengthOf(most) > LONGEST_NAME) {
    most--;
  }
  const name = safe.map((part) => part.slice(0, most).join('')).join('_');
  return `${name || 'pairs'}.${extension}`;
}

/** The characters of letters, digits, dots and hyphens of any script; a dot at the front would hide the file. */
function safePart(part: string): readonly string[] {
  const safe = part.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._]+/gu, '-');
  return Array.from(safe.replace(/^[-.]+|-+$/g, ''));
}
