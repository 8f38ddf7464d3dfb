// SPDX-License-Identifier: Apache-2.0
/** Encodes frames as MP4 or WebM, with what WebCodecs offers in this browser. */
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import type {Frames} from './frames.js';
import {pause, type LongTask} from '../store/long-task.js';

/** What a browser can encode, best first: players everywhere play H.264 in MP4. */
interface Choice {
  readonly container: 'mp4' | 'webm';
  readonly track: 'avc' | 'vp9' | 'vp8';
  /** As WebCodecs names it (https://www.w3.org/TR/webcodecs-codec-registry/). */
  readonly codec: string;
}

const CHOICES: readonly Choice[] = [
  // High profile up to 1920 x 1088, then up to 4096 x 2304; baseline for encoders that have no other.
  {container: 'mp4', track: 'avc', codec: 'avc1.640028'},
  {container: 'mp4', track: 'avc', codec: 'avc1.640033'},
  {container: 'mp4', track: 'avc', codec: 'avc1.42e033'},
  {container: 'webm', track: 'vp9', codec: 'vp09.00.51.08'},
  {container: 'webm', track: 'vp8', codec: 'vp8'},
];

export interface VideoPlan {
  readonly container: Choice['container'];
  readonly track: Choice['track'];
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
  for (const {container, track, codec} of CHOICES) {
    const config: VideoEncoderConfig = {
      codec,
      width: size.width,
      height: size.height,
      framerate: rate,
      bitrate: Math.round(Math.max(LEAST_BITS_PER_SECOND, pixels * rate * BITS_PER_PIXEL)),
      ...(track === 'avc' ? {avc: {format: 'avc' as const}} : {}),
    };
    try {
      const {supported} = await encoders.isConfigSupported(config);
      if (supported === true) {
        return {container, track, config};
      }
    } catch {
      // A browser that doesn't know the codec's name can't encode it.
    }
  }
  return 'This browser can encode neither H.264 nor VP9 nor VP8. Export a GIF instead.';
}

/** One frame for each step, each shown for one over `rate` seconds. */
export async function encodeVideo(
  frames: Frames,
  {container, track, config}: VideoPlan,
  rate: number,
  {signal, progress}: LongTask,
): Promise<Blob> {
  const target = new BufferTarget();
  const format =
    container === 'mp4' ? new Mp4OutputFormat({fastStart: 'in-memory'}) : new WebMOutputFormat();
  const output = new Output({format, target});
  const source = new EncodedVideoPacketSource(track);
  output.addVideoTrack(source, {frameRate: rate});
  await output.start();
  let failure: unknown;
  let writing: Promise<void> = Promise.resolve();
  const encoder = new VideoEncoder({
    output: (chunk, meta) => {
      writing = writing.then(() => source.add(EncodedPacket.fromEncodedChunk(chunk), meta));
      writing.catch((error: unknown) => (failure ??= error));
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
    await writing;
    check();
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    if (encoder.state !== 'closed') {
      encoder.close();
    }
  }
  if (target.buffer === null) {
    throw new Error('the encoder made nothing');
  }
  return new Blob([target.buffer], {type: container === 'mp4' ? 'video/mp4' : 'video/webm'});
}
