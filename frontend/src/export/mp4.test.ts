// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {writeMp4, type VideoTrack} from './mp4.js';

const AVC: VideoDecoderConfig = {
  codec: 'avc1.640028',
  description: Uint8Array.of(9, 1, 0x64, 0, 0x28, 9).subarray(1, 5),
};

const TRACK: VideoTrack = {
  width: 640,
  height: 360,
  rate: 4,
  config: AVC,
  frames: [3, 2, 4].map((length, i) => ({
    data: new Uint8Array(length).fill(i + 1),
    index: i,
    isKey: i === 0,
  })),
};

/** Where the payloads of boxes are, by their path such as `moov/trak`. Boxes that hold others are known by name. */
function boxesOf(file: DataView): Map<string, DataView> {
  const found = new Map<string, DataView>();
  const read = (view: DataView, path: string): void => {
    let at = 0;
    while (at < view.byteLength) {
      const size = view.getUint32(at);
      const letters = new Uint8Array(view.buffer, view.byteOffset + at + 4, 4);
      const name = path + String.fromCharCode(...letters);
      const content = new DataView(view.buffer, view.byteOffset + at + 8, size - 8);
      found.set(name, content);
      const inner = {dref: 8, stsd: 8, avc1: 78, vp09: 78}[name.slice(-4)];
      const isHolder = /(moov|trak|mdia|minf|dinf|stbl)$/.test(name);
      if (isHolder || inner !== undefined) {
        const from = inner ?? 0;
        const rest = new DataView(
          view.buffer,
          content.byteOffset + from,
          content.byteLength - from,
        );
        read(rest, `${name}/`);
      }
      at += size;
    }
    expect(at).toBe(view.byteLength);
  };
  read(file, '');
  return found;
}

async function written(track: VideoTrack) {
  const file = new DataView(await writeMp4(track).arrayBuffer());
  const boxes = boxesOf(file);
  const words = (path: string): number[] => {
    const view = boxes.get(path)!;
    return Array.from({length: view.byteLength >> 2}, (_, i) => view.getInt32(4 * i));
  };
  return {file, boxes, words};
}

const TABLE = 'moov/trak/mdia/minf/stbl';

describe('writeMp4', () => {
  it('has everything about the frames before the frames', async () => {
    const {boxes} = await written(TRACK);
    expect([...boxes.keys()].filter((path) => !path.includes('/'))).toEqual([
      'ftyp',
      'moov',
      'mdat',
    ]);
  });

  it('tells where each frame lies', async () => {
    const {file, words} = await written(TRACK);
    const [, , count, ...sizes] = words(`${TABLE}/stsz`);
    let [, , at] = words(`${TABLE}/stco`) as [number, number, number];
    const frames = sizes.map((size) => {
      const data = new Uint8Array(file.buffer, at, size);
      at += size;
      return [...data];
    });
    expect(count).toBe(3);
    expect(frames).toEqual([
      [1, 1, 1],
      [2, 2],
      [3, 3, 3, 3],
    ]);
    expect(at).toBe(file.byteLength);
  });

  it('tells how long each frame and the film last', async () => {
    const {words} = await written(TRACK);
    const [, timescale, duration] = words('moov/trak/mdia/mdhd').slice(2);
    expect(duration! / timescale!).toBe(3 / 4);
    expect(words('moov/mvhd').slice(3, 5)).toEqual([timescale, duration]);
    expect(words(`${TABLE}/stts`)).toEqual([0, 1, 3, timescale! / 4]);
  });

  it('tells which frames can be shown without others', async () => {
    const {words} = await written(TRACK);
    expect(words(`${TABLE}/stss`)).toEqual([0, 1, 1]);
  });

  it('shows frames in their order, though an encoder hands them out in another', async () => {
    const [first, second, third] = TRACK.frames;
    const {words} = await written({...TRACK, frames: [first!, third!, second!]});
    const delay = 90_000 / 4;
    expect(words(`${TABLE}/ctts`).slice(1)).toEqual([3, 1, 0, 1, delay, 1, -delay]);
  });

  it('says nothing of an order where there is one alone', async () => {
    expect((await written(TRACK)).boxes.has(`${TABLE}/ctts`)).toBe(false);
  });

  it('holds what the encoder says of its H.264', async () => {
    const {boxes} = await written(TRACK);
    const {buffer, byteOffset} = boxes.get(`${TABLE}/stsd/avc1/avcC`)!;
    expect([...new Uint8Array(buffer, byteOffset, 4)]).toEqual([1, 0x64, 0, 0x28]);
  });

  it('describes VP9 and its colours', async () => {
    const {boxes} = await written({
      ...TRACK,
      config: {
        codec: 'vp09.00.51.08',
        colorSpace: {primaries: 'bt709', transfer: 'bt709', matrix: 'smpte170m', fullRange: false},
      },
    });
    const bytes = (path: string): number[] => {
      const {buffer, byteOffset, byteLength} = boxes.get(path)!;
      return [...new Uint8Array(buffer, byteOffset, byteLength)];
    };
    expect(bytes(`${TABLE}/stsd/vp09/vpcC`)).toEqual([1, 0, 0, 0, 0, 51, 0x82, 1, 1, 6, 0, 0]);
    expect(bytes(`${TABLE}/stsd/vp09/colr`).slice(4)).toEqual([0, 1, 0, 1, 0, 6, 0]);
  });

  it('has the size in pixels', async () => {
    const {boxes, words} = await written(TRACK);
    expect(words('moov/trak/tkhd').slice(-2)).toEqual([640 << 16, 360 << 16]);
    const entry = boxes.get(`${TABLE}/stsd/avc1`)!;
    expect([entry.getUint16(24), entry.getUint16(26)]).toEqual([640, 360]);
  });

  it('refuses H.264 that its encoder does not describe', () => {
    expect(() => writeMp4({...TRACK, config: {codec: 'avc1.640028'}})).toThrow('did not describe');
  });
});
