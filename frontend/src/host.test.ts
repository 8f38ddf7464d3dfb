// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {readHash, writeHash} from './host.js';

describe("the address's hash", () => {
  it('brings back what was written, whatever it holds', () => {
    const params = new Map([
      ['step', '12'],
      ['tags', 'a&b=c#d %'],
    ]);

    expect(readHash(writeHash('#pairs', params) ?? '')).toEqual(params);
  });

  it('keeps what others wrote, and replaces what was ours', () => {
    expect(
      writeHash('#pairs&_smoothing=0.6&p.pairs.step=12&p.other.x=1', new Map([['mode', 'blink']])),
    ).toBe('#pairs&_smoothing=0.6&p.other.x=1&p.pairs.mode=blink');
  });

  it('is left alone while another tab is shown', () => {
    expect(writeHash('#scalars', new Map([['step', '1']]))).toBeNull();
    expect(writeHash('#pairs_of_shoes', new Map([['step', '1']]))).toBeNull();
  });

  it('names the tab where TensorBoard did not yet', () => {
    expect(writeHash('', new Map())).toBe('#pairs');
  });

  it('is read even where some of it is broken', () => {
    expect(readHash('#pairs&p.pairs.step&p.pairs.mode=%E0%A4%A&p.pairs.gain=2')).toEqual(
      new Map([['gain', '2']]),
    );
  });
});
