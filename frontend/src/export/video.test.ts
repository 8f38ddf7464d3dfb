// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {planVideo, type Encoders} from './video.js';

const SIZE = {width: 640, height: 360};

function supporting(prefix: string): Encoders {
  return {
    isConfigSupported: (config) =>
      Promise.resolve({config, supported: config.codec.startsWith(prefix)}),
  };
}

describe('planVideo', () => {
  it.each([
    ['avc1', 'mp4', 'avc'],
    ['avc1.42', 'mp4', 'avc'],
    ['vp09', 'webm', 'vp9'],
    ['vp8', 'webm', 'vp8'],
  ])('with an encoder of %s makes %s', async (codec, container, track) => {
    expect(await planVideo(SIZE, 4, supporting(codec))).toMatchObject({
      container,
      track,
      config: SIZE,
    });
  });

  it('prefers MP4', async () => {
    expect(await planVideo(SIZE, 4, supporting(''))).toMatchObject({container: 'mp4'});
  });

  it('says so where no codec is supported', async () => {
    expect(await planVideo(SIZE, 4, supporting('none'))).toContain('Export a GIF instead');
  });

  it('says so where there is no encoder at all', async () => {
    expect(await planVideo(SIZE, 4, undefined)).toContain('https');
  });

  it('goes on to the next codec where a browser does not know a name', async () => {
    const encoders: Encoders = {
      isConfigSupported: (config) =>
        config.codec === 'vp8'
          ? Promise.resolve({config, supported: true})
          : Promise.reject(new TypeError('unknown')),
    };
    expect(await planVideo(SIZE, 4, encoders)).toMatchObject({track: 'vp8'});
  });
});
