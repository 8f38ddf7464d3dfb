// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';
import {stored} from './pane-models.fixture.js';
import {ShownPictures, type WantedPicture} from './shown-pictures.js';

/** Pictures of steps, decoded when told to. */
function steps() {
  const rasters = new Map<FetchedPicture, DecodedRaster>();
  const wanted = new Map<number, WantedPicture>();
  const pictures = new Map<DecodedRaster, Picture>();
  const at = (step: number): WantedPicture => {
    const known = wanted.get(step) ?? {
      stored: stored(`step ${step}`, step),
      build: (raster) => pictures.get(raster),
    };
    wanted.set(step, known);
    return known;
  };
  return {
    at,
    decoded: (picture: FetchedPicture) => rasters.get(picture),
    decode: (step: number): Picture => {
      const raster: DecodedRaster = {
        width: 1,
        height: 1,
        channels: 1,
        bits: 8,
        data: Uint8Array.of(step),
      };
      const picture = {raster} as Picture;
      rasters.set(at(step).stored, raster);
      pictures.set(raster, picture);
      return picture;
    },
  };
}

describe('ShownPictures', () => {
  it('shows what was shown until something newer is decoded', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    const first = decode(1);
    shown.show('pane', first);

    expect(shown.standIn('pane', at(2), decoded)).toBe(first);
    expect(shown.standIn('pane', at(3), decoded)).toBe(first);
    const second = decode(2);
    expect(shown.standIn('pane', at(4), decoded)).toBe(second);
    expect(shown.standIn('pane', undefined, decoded)).toBe(second);
  });

  it('never goes back to one that was wanted before the one shown', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    for (const step of [2, 3, 4]) {
      shown.standIn('pane', at(step), decoded);
    }
    const third = decode(3);
    expect(shown.standIn('pane', at(5), decoded)).toBe(third);

    decode(2);
    expect(shown.standIn('pane', at(5), decoded)).toBe(third);
  });

  it('forgets those passed by once the one wanted is there', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    shown.standIn('pane', at(2), decoded);
    shown.standIn('pane', at(3), decoded);
    const third = decode(3);
    shown.show('pane', third);

    decode(2);
    expect(shown.standIn('pane', at(4), decoded)).toBe(third);
  });

  it('keeps panes apart, and forgets all when another sample is shown', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    shown.show('pane', decode(1));
    expect(shown.standIn('other', at(2), decoded)).toBeUndefined();

    shown.clear();
    decode(2);
    expect(shown.standIn('pane', at(3), decoded)).toBeUndefined();
    expect(shown.standIn('other', at(3), decoded)).toBeUndefined();
  });
});
