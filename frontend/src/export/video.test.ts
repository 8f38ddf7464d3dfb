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
    ['avc1', 'H.264'],
    ['avc1.42', 'H.264'],
    ['vp09', 'VP9'],
    ['', 'H.264'],
  ])('with an encoder of %j makes %s', async (codec, format) => {
    expect(await planVideo(SIZE, 4, supporting(codec))).toMatchObject({format, config: SIZE});
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
        config.codec.startsWith('vp09')
          ? Promise.resolve({config, supported: true})
          : Promise.reject(new TypeError('unknown')),
    };
    expect(await planVideo(SIZE, 4, encoders)).toMatchObject({format: 'VP9'});
  });
});
