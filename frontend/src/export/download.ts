// SPDX-License-Identifier: Apache-2.0
/** Gives files to the user. */

/** Browsers read the bytes some time after the click. */
const KEPT_MS = 60_000;

/** Gives the user a file. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** A PNG of a canvas, pixel for pixel. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) {
    throw new Error('the picture is too large for this browser');
  }
  return blob;
}
