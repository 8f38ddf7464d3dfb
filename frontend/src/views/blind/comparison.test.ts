// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {ComparisonStorage} from './comparison-storage.js';
import {newComparison, nextOpen, sidesOf, voted, type BlindComparison} from './comparison.js';

const SAMPLES = Array.from({length: 200}, (_, i) => `s${i}`);

function comparison(seed = 1, most = 200): BlindComparison {
  return newComparison({seed, tag: 't', step: '0', a: 'x', b: 'y', samples: SAMPLES, most});
}

describe('a comparison', () => {
  it('shows each sample once, in an order that follows from the seed', () => {
    expect(new Set(comparison().samples)).toEqual(new Set(SAMPLES));
    expect(comparison().samples).not.toEqual(SAMPLES);
    expect(comparison().samples).toEqual(comparison().samples);
    expect(comparison(2).samples).not.toEqual(comparison(1).samples);
  });

  it('puts either run on either side about as often', () => {
    const swapped = SAMPLES.filter((_, i) => sidesOf(comparison(), i)[0] === 'b').length;
    expect(swapped).toBeGreaterThan(70);
    expect(swapped).toBeLessThan(130);
  });

  it('keeps the sides of a sample', () => {
    expect(SAMPLES.map((_, i) => sidesOf(comparison(), i))).toEqual(
      SAMPLES.map((_, i) => sidesOf(comparison(), i)),
    );
  });

  it('goes on with the next sample without a vote, from the front at the end', () => {
    const three = comparison(1, 3);
    expect(nextOpen(voted(three, 0, 'a'), 1)).toBe(1);
    expect(nextOpen(voted(three, 2, 'tie'), 3)).toBe(0);
    expect(nextOpen(voted(voted(voted(three, 0, 'a'), 1, 'b'), 2, 'tie'), 3)).toBe(-1);
  });
});

describe('a kept comparison', () => {
  function box(): {readonly box: ComparisonStorage; readonly items: Map<string, string>} {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, text: string) => items.set(key, text),
    };
    return {box: new ComparisonStorage(() => storage as unknown as Storage, '/'), items};
  }

  it('can be gone on with, on its tag', () => {
    const {box: kept} = box();
    const begun = voted(comparison(1, 2), 0, 'b');
    kept.write(begun);
    expect(kept.read('t')).toEqual(begun);
    expect(kept.read('another')).toBeNull();
  });

  it('is over once all is voted on', () => {
    const {box: kept} = box();
    kept.write(voted(comparison(1, 1), 0, 'b'));
    expect(kept.read('t')).toBeNull();
  });

  it.each([
    '',
    '{}',
    'null',
    '{"seed":1,"tag":"t","step":"0","a":"x","b":"y","samples":["s"],"votes":["z"]}',
  ])('is nothing when the browser kept %j', (text) => {
    const {box: kept, items} = box();
    items.set('pairs.blind:/', text);
    expect(kept.read('t')).toBeNull();
  });

  it('is nothing where the browser keeps nothing', () => {
    const kept = new ComparisonStorage(() => {
      throw new Error('forbidden');
    }, '/');
    kept.write(comparison());
    expect(kept.read('t')).toBeNull();
  });
});
