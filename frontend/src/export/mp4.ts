// SPDX-License-Identifier: Apache-2.0
/**
 * Writes one track of encoded video as MP4 (ISO/IEC 14496-12): everything about the frames first, so that a player can start
 * before it has them, then the frames themselves as one chunk.
 */

export interface EncodedFrame {
  readonly data: Uint8Array<ArrayBuffer>;
  /** Which frame of the film it is; an encoder may hand out frames in another order than they are shown in. */
  readonly index: number;
  /** Whether it can be shown without those before it. */
  readonly isKey: boolean;
}

export interface VideoTrack {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly rate: number;
  /** What the encoder said of what it makes. */
  readonly config: VideoDecoderConfig;
  /** In the order of the encoder. */
  readonly frames: readonly EncodedFrame[];
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Units of time per second, the usual one of video. */
const TIMESCALE = 90_000;
/** `und`, three letters of five bits (ISO/IEC 14496-12, 8.4.2.3). */
const NO_LANGUAGE = 0x55c4;
/** 1, in fixed point: of 16.16 bits, as all of these but the last column of a matrix, which is of 2.30. */
const ONE = 0x10000;
const IDENTITY = words(ONE, 0, 0, 0, ONE, 0, 0, 0, 0x40000000);
/** Dots per inch that a sample entry must name. */
const DPI_72 = 72 * ONE;
/** Flags of a track: enabled, and in the movie. */
const SHOWN = 3;
/** Of a box, beside its flags. */
const VERSION_1 = 1 << 24;
/** The data is in this file. */
const SELF_CONTAINED = 1;

/** By the names of WebCodecs, as ISO/IEC 23091-2 numbers them. */
const PRIMARIES = {bt709: 1, bt470bg: 5, smpte170m: 6, bt2020: 9, smpte432: 12} as const;
const TRANSFERS = {
  bt709: 1,
  smpte170m: 6,
  linear: 8,
  'iec61966-2-1': 13,
  pq: 16,
  hlg: 18,
} as const;
const MATRICES = {rgb: 0, bt709: 1, bt470bg: 5, smpte170m: 6, 'bt2020-ncl': 9} as const;
const UNSPECIFIED = 2;

export function writeMp4(track: VideoTrack): Blob {
  const type = box('ftyp', ascii('isom'), words(0x200), ascii('isomiso2mp41'));
  // Where the frames begin is told in a number of fixed size, so the length is known before it.
  const header = type.length + movie(track, 0).length + 8;
  const size = track.frames.reduce((sum, {data}) => sum + data.length, 0);
  return new Blob(
    [
      type,
      movie(track, header),
      words(8 + size),
      ascii('mdat'),
      ...track.frames.map(({data}) => data),
    ],
    {type: 'video/mp4'},
  );
}

function frameDuration({rate}: VideoTrack): number {
  return Math.round(TIMESCALE / rate);
}

function movie(track: VideoTrack, start: number): Bytes {
  const duration = track.frames.length * frameDuration(track);
  return box(
    'moov',
    // No times of creation; speed and volume, identity, and the number of the next track.
    fullBox(
      'mvhd',
      0,
      words(0, 0, TIMESCALE, duration, ONE),
      shorts(0x100, 0, 0, 0, 0, 0),
      IDENTITY,
      words(0, 0, 0, 0, 0, 0, 2),
    ),
    box(
      'trak',
      fullBox(
        'tkhd',
        SHOWN,
        words(0, 0, 1, 0, duration, 0, 0),
        shorts(0, 0, 0, 0),
        IDENTITY,
        words(track.width * ONE, track.height * ONE),
      ),
      box(
        'mdia',
        fullBox('mdhd', 0, words(0, 0, TIMESCALE, duration), shorts(NO_LANGUAGE, 0)),
        fullBox('hdlr', 0, words(0), ascii('vide'), words(0, 0, 0), ascii('Video\0')),
        box(
          'minf',
          fullBox('vmhd', 1, shorts(0, 0, 0, 0)),
          box('dinf', fullBox('dref', 0, words(1), fullBox('url ', SELF_CONTAINED))),
          sampleTable(track, start),
        ),
      ),
    ),
  );
}

/** What MP4 calls a sample is a frame. */
function sampleTable(track: VideoTrack, start: number): Bytes {
  const {frames} = track;
  const duration = frameDuration(track);
  const keys = frames.flatMap(({isKey}, i) => (isKey ? [i + 1] : []));
  const delays = frames.map(({index}, i) => (index - i) * duration);
  return box(
    'stbl',
    fullBox('stsd', 0, words(1), sampleEntry(track)),
    fullBox('stts', 0, words(1, frames.length, duration)),
    ...(delays.some((delay) => delay !== 0) ? [composition(delays)] : []),
    fullBox('stss', 0, words(keys.length, ...keys)),
    fullBox('stsc', 0, words(1, 1, frames.length, 1)),
    fullBox('stsz', 0, words(0, frames.length, ...frames.map(({data}) => data.length))),
    fullBox('stco', 0, words(1, start)),
  );
}

/** How much later than it is decoded each frame is shown; of version 1, where it may be negative. */
function composition(delays: readonly number[]): Bytes {
  return fullBox('ctts', VERSION_1, words(delays.length, ...delays.flatMap((delay) => [1, delay])));
}

function sampleEntry({width, height, config}: VideoTrack): Bytes {
  const isAvc = config.codec.startsWith('avc');
  return box(
    isAvc ? 'avc1' : 'vp09',
    shorts(0, 0, 0, 1, 0, 0),
    words(0, 0, 0),
    shorts(width, height),
    words(DPI_72, DPI_72, 0),
    // One frame a sample, an encoder without a name, 24 bits a pixel, no table of colours.
    shorts(1),
    new Uint8Array(32),
    shorts(24, 0xffff),
    isAvc ? box('avcC', avcDescription(config)) : fullBox('vpcC', VERSION_1, vpDescription(config)),
    ...colors(config.colorSpace),
  );
}

/** ISO/IEC 14496-15, 5.3.3.1: as the encoder writes it. */
function avcDescription({description}: VideoDecoderConfig): Bytes {
  if (description === undefined) {
    throw new Error('the encoder did not describe its H.264');
  }
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength).slice()
    : new Uint8Array(description as ArrayBuffer);
}

/**
 * From a name such as `vp09.00.51.08`: profile, level and bits (VP Codec ISO Media File Format Binding,
 * https://www.webmproject.org/vp9/mp4/).
 */
function vpDescription({codec, colorSpace}: VideoDecoderConfig): Bytes {
  const [profile = 0, level = 0, bits = 8] = codec.split('.').slice(1, 4).map(Number);
  // Chroma of every other pixel, at the place of the upper left one of four.
  const subsampling = 1;
  const fullRange = Number(colorSpace?.fullRange ?? false);
  return Uint8Array.from([
    profile,
    level,
    (bits << 4) | (subsampling << 1) | fullRange,
    ...colorNumbers(colorSpace),
    // No data to initialize the decoder.
    0,
    0,
  ]);
}

function colors(space: VideoColorSpaceInit | undefined): readonly Bytes[] {
  if (space === undefined) {
    return [];
  }
  const fullRange = Number(space.fullRange ?? false) << 7;
  return [box('colr', ascii('nclx'), shorts(...colorNumbers(space)), [fullRange])];
}

function colorNumbers(space: VideoColorSpaceInit | undefined): readonly number[] {
  const {primaries, transfer, matrix} = space ?? {};
  return [
    primaries ? PRIMARIES[primaries] : UNSPECIFIED,
    transfer ? TRANSFERS[transfer] : UNSPECIFIED,
    matrix ? MATRICES[matrix] : UNSPECIFIED,
  ];
}

/** A box with a version and flags. */
function fullBox(type: string, flags: number, ...contents: readonly Content[]): Bytes {
  return box(type, words(flags), ...contents);
}

type Content = ArrayLike<number> & Iterable<number>;

function box(type: string, ...contents: readonly Content[]): Bytes {
  const size = contents.reduce((sum, {length}) => sum + length, 8);
  const bytes = new Uint8Array(size);
  bytes.set(words(size));
  bytes.set(ascii(type), 4);
  let at = 8;
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

function words(...values: readonly number[]): Bytes {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setUint32(4 * i, value));
  return new Uint8Array(view.buffer);
}

function shorts(...values: readonly number[]): Bytes {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  values.forEach((value, i) => view.setUint16(2 * i, value));
  return new Uint8Array(view.buffer);
}

function ascii(text: string): Bytes {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
