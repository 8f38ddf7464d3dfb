// SPDX-License-Identifier: Apache-2.0
/** Means of the samples of each pixel, in integers. */
import type {LayerBuffer, Sampling} from './sampling.js';

/** The colours of each pixel's samples, averaged. They are opaque or all zero, so their mean is the premultiplied one. */
export function averageColors(
  colors: Uint32Array,
  {samples, canvas: {width, height}}: Sampling,
): LayerBuffer {
  const buffer = new Uint16Array(4 * width * height);
  const unit = 256 / (samples * samples);
  const stride = width * samples;
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Two channels are summed at once: up to 16 samples of 8 bits fit into 16.
      let redBlue = 0;
      let greenAlpha = 0;
      let from = y * samples * stride + x * samples;
      for (let v = 0; v < samples; v++) {
        for (let u = 0; u < samples; u++) {
          const color = colors[from + u]!;
          redBlue += color & 0xff00ff;
          greenAlpha += (color >>> 8) & 0xff00ff;
        }
        from += stride;
      }
      buffer[to++] = (redBlue & 0xffff) * unit;
      buffer[to++] = (greenAlpha & 0xffff) * unit;
      buffer[to++] = (redBlue >>> 16) * unit;
      buffer[to++] = (greenAlpha >>> 16) * unit;
    }
  }
  return buffer;
}
