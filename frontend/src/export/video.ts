// SPDX-License-Identifier: Apache-2.0
/** Encodes frames as MP4, with what WebCodecs offers in this browser. */
import type {Frames} from './frames.js';
import {pause, type LongTask} from '../store/long-task.js';
import {writeMp4, type EncodedFrame} from './mp4.js';

/** What a browser can encode. */
interface Choice {
  /** What people call it. */
  readonly format: 'H.264' | 'VP9';
  /** As WebCodecs names it (https://www.w3.org/TR/webcodecs-codec-registry/). */
  readonly codec: string;
}

/** Best first: players everywhere play H.264. */
const CHOICES: readonly Choice[] = [
  // High profile up to 1920 x 1088, then up to 4096 x 2304; baseline for encoders that have no other.
  {format: 'H.264', codec: 'avc1.640028'},
  {format: 'H.264', codec: 'avc1.640033'},
  {format: 'H.264', codec: 'avc1.42e033'},
  {format: 'VP9', codec: 'vp09.00.51.08'},
];

export interface VideoPlan {
  readonly format: Choice['format'];
  readonly config: VideoEncoderConfig;
}

/** The part of WebCodecs that tells what there is. */
export type Encoders = Pick<typeof VideoEncoder, 'isConfigSupported'>;

/** Text and class borders need more than a film does. */
const BITS_PER_PIXEL = 0.35;
const LEAST_BITS_PER_SECOND = 4e6;
const QUEUE = 4;
const SECONDS_PER_KEY_FRAME = 2;

/** The encoders of this browser; `undefined` where it has none, which is so on pages that are not secure. */
export function encodersHere(): Encoders | undefined {
  return typeof VideoEncoder === 'undefined' ? undefined : VideoEncoder;
}

/** How this browser can encode a video of that size; a sentence where it can't. */
export async function planVideo(
  size: {readonly width: number; readonly height: number},
  rate: number,
  encoders: Encoders | undefined,
): Promise<VideoPlan | string> {
  if (encoders === undefined) {
    return 'This browser encodes video only on pages it holds for secure: open TensorBoard over https or as localhost.';
  }
  const pixels = size.width * size.height;
  for (const {format, codec} of CHOICES) {
    const config: VideoEncoderConfig = {
      codec,
      width: size.width,
      height: size.height,
      framerate: rate,
      bitrate: Math.round(Math.max(LEAST_BITS_PER_SECOND, pixels * rate * BITS_PER_PIXEL)),
      ...(format === 'H.264' ? {avc: {format: 'avc' as const}} : {}),
    };
    try {
      const {supported} = await encoders.isConfigSupported(config);
      if (supported === true) {
        return {format, config};
      }
    } catch {
      // A browser that doesn't know the codec's name can't encode it.
    }
  }
  return 'This browser can encode neither H.264 nor VP9. Export a GIF instead.';
}

/** One frame for each step, each shown for one over `rate` seconds. */
export async function encodeVideo(
  frames: Frames,
  {config}: VideoPlan,
  rate: number,
  {signal, progress}: LongTask,
): Promise<Blob> {
  const encoded: EncodedFrame[] = [];
  let made: VideoDecoderConfig | undefined;
  let failure: unknown;
  const encoder = new VideoEncoder({
    output: (chunk, meta) => {
      made ??= meta?.decoderConfig;
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      const index = Math.round((chunk.timestamp * rate) / 1e6);
      encoded.push({data, index, isKey: chunk.type === 'key'});
    },
    error: (error) => (failure ??= error),
  });
  const check = (): void => {
    if (failure !== undefined) {
      throw failure instanceof Error ? failure : new Error('the encoder failed');
    }
  };
  try {
    encoder.configure(config);
    const duration = 1e6 / rate;
    const keyEvery = Math.max(1, Math.round(rate * SECONDS_PER_KEY_FRAME));
    for (let i = 0; i < frames.count; i++) {
      const canvas = await frames.draw(i);
      const frame = new VideoFrame(canvas, {
        timestamp: Math.round(i * duration),
        duration: Math.round(duration),
        alpha: 'discard',
      });
      encoder.encode(frame, {keyFrame: i % keyEvery === 0});
      frame.close();
      while (encoder.encodeQueueSize > QUEUE) {
        await pause(signal);
        check();
      }
      progress((i + 1) / frames.count);
      await pause(signal);
      check();
    }
    await encoder.flush();
    check();
  } finally {
    if (encoder.state !== 'closed') {
      encoder.close();
    }
  }
  if (made === undefined) {
    throw new Error('the encoder made nothing');
  }
  const {width, height} = config;
  return writeMp4({width, height, rate, config: made, frames: encoded});
}
