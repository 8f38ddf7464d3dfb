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
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      let from = y * samples * stride + x * samples;
      for (let v = 0; v < samples; v++) {
        // Two channels are summed at once: a row of up to 256 samples of 8 bits fits into 16.
        let redBlue = 0;
        let greenAlpha = 0;
        for (let u = 0; u < samples; u++) {
          const color = colors[from + u]!;
          redBlue += color & 0xff00ff;
          greenAlpha += (color >>> 8) & 0xff00ff;
        }
        red += redBlue & 0xffff;
        green += greenAlpha & 0xffff;
        blue += redBlue >>> 16;
        alpha += greenAlpha >>> 16;
        from += stride;
      }
      buffer[to++] = red * unit;
      buffer[to++] = green * unit;
      buffer[to++] = blue * unit;
      buffer[to++] = alpha * unit;
    }
  }
  return buffer;
}
