// SPDX-License-Identifier: Apache-2.0
/** Types for gifenc, which has none of its own. */

/** The part of gifenc that is used. */
declare module 'gifenc' {
  export interface FrameOptions {
    /** The first frame's is that of all frames that have none. */
    readonly palette?: readonly (readonly number[])[];
    /** Milliseconds. */
    readonly delay?: number;
    /** 0: for ever; -1: once. */
    readonly repeat?: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** 1: the next frame is drawn over this one. */
    readonly dispose?: number;
  }
  export interface Encoder {
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
  export function quantize(
    rgba: Uint8Array,
    colors: number,
    options: {readonly format: 'rgb444'},
  ): readonly (readonly number[])[];
}
