// SPDX-License-Identifier: Apache-2.0
import {CpuPainter} from './cpu.js';
import type {Painter} from './scene.js';

/** The best painter of this browser. */
export function createPainter(): Painter {
  return new CpuPainter();
}
