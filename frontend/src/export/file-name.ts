// SPDX-License-Identifier: Apache-2.0
/** Names for exported files. */

/** File systems take names of 255 bytes, and a character takes up to four. */
const LONGEST = 60;

/** A name that every file system takes: `val-segmentation_frankfurt_step-480.png` of its parts. */
export function fileName(parts: readonly string[], extension: string): string {
  const safe = parts.map(safePart).filter((part) => part !== '');
  const name = Array.from(safe.join('_'))
    .slice(0, 2 * LONGEST)
    .join('');
  return `${name || 'pairs'}.${extension}`;
}

/** Letters, digits, dots and hyphens of any script; a dot at the front would hide the file. */
function safePart(part: string): string {
  const safe = part.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._]+/gu, '-');
  return Array.from(safe.replace(/^[-.]+|-+$/g, ''))
    .slice(0, LONGEST)
    .join('');
}
