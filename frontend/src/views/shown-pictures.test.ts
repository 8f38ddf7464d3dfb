// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';
import {PENDING, ready} from '../store/resource.js';
import {INITIAL_VIEW} from '../store/view.js';
import {decode as decodeAtOnce, model, run, sampleAtStep, stored} from './pane-models.fixture.js';
import {gatherSample} from './sample-pictures.js';
import {
  ShownPictures,
  type ShownRecord,
  type WantedPicture,
  type WantedRecord,
} from './shown-pictures.js';

const ROLES = ['prediction', 'groundTruth'] as const;

/** Pictures of steps, decoded when told to. */
function steps() {
  const rasters = new Map<FetchedPicture, DecodedRaster>();
  const wanted = new Map<number, WantedPicture>();
  const pictures = new Map<DecodedRaster, Picture>();
  const wantedAt = (step: number): WantedPicture => {
    const known = wanted.get(step) ?? {
      stored: stored(`step ${step}`, step),
      build: (raster) => pictures.get(raster),
    };
    wanted.set(step, known);
    return known;
  };
  const at = (...of: readonly number[]): WantedRecord =>
    new Map(of.map((step, i) => [ROLES[i]!, wantedAt(step)]));
  return {
    at,
    decoded: (picture: FetchedPicture) => rasters.get(picture),
    decode: (step: number): ShownRecord => {
      const raster: DecodedRaster = {
        width: 1,
        height: 1,
        channels: 1,
        bits: 8,
        data: Uint8Array.of(step),
      };
      const picture = {raster} as Picture;
      const {stored} = wantedAt(step);
      rasters.set(stored, raster);
      pictures.set(raster, picture);
      return new Map([['prediction', {stored, picture}]]);
    },
  };
}

describe('ShownPictures', () => {
  it('shows what was shown until something newer is decoded', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    const first = decode(1);
    shown.show('pane', first);

    expect(shown.standIn('pane', at(2), decoded)).toEqual(first);
    expect(shown.standIn('pane', at(3), decoded)).toEqual(first);
    const second = decode(2);
    expect(shown.standIn('pane', at(4), decoded)).toEqual(second);
    expect(shown.standIn('pane', undefined, decoded)).toEqual(second);
  });

  it('never goes back to one that was wanted before the one shown', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    for (const step of [2, 3, 4]) {
      shown.standIn('pane', at(step), decoded);
    }
    const third = decode(3);
    expect(shown.standIn('pane', at(5), decoded)).toEqual(third);

    decode(2);
    expect(shown.standIn('pane', at(5), decoded)).toEqual(third);
  });

  it('moves on when all pictures of a record are decoded', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    const first = decode(1);
    shown.show('pane', first);
    shown.standIn('pane', at(2, 12), decoded);
    const prediction = decode(2);
    expect(shown.standIn('pane', at(3, 13), decoded)).toEqual(first);
    const truth = decode(12);
    expect(shown.standIn('pane', at(4, 14), decoded)).toEqual(
      new Map([...prediction, ['groundTruth', truth.get('prediction')]]),
    );
  });

  it('forgets those passed by once the one wanted is there', () => {
    const {at, decode, decoded} = steps();
    const shown = new ShownPictures();
    shown.standIn('pane', at(2), decoded);
    shown.standIn('pane', at(3), decoded);
    const third = decode(3);
    shown.show('pane', third);

    decode(2);
    expect(shown.standIn('pane', at(4), decoded)).toEqual(third);
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

describe('gatherSample', () => {
  const shown = new ShownPictures();
  const decodedBytes = new Set<string>();
  let truthWaits = false;
  const gather = (step: string, truth: string, prediction: string) => {
    const {truth: pane, runs} = gatherSample({
      model: model(run('a', {step})),
      sample: 's',
      view: INITIAL_VIEW,
      source: {
        get: (_, name) =>
          ready(
            sampleAtStep(name, {
              step,
              groundTruth: stored(truth, 0),
              prediction: stored(prediction, 0),
            }),
          ),
        blob: () => undefined,
        need: () => undefined,
      },
      waits: (role) => role === 'groundTruth' && truthWaits,
      decode: (picture, blob) =>
        decodedBytes.has(picture.digest) ? decodeAtOnce(picture, blob) : PENDING,
      shown,
    });
    const [b] = runs;
    return {
      states: [pane.status.state, b!.status.state],
      hasBoth: b!.pictures.truth !== undefined && b!.picture !== undefined,
      truth: b!.pictures.truth,
      prediction: b!.picture,
    };
  };

  it('never sets the ground truth of one step against the prediction of another', () => {
    decodedBytes.add('truth 1').add('prediction 1');
    const first = gather('1', 'truth 1', 'prediction 1');
    expect(first).toMatchObject({states: ['ready', 'ready'], hasBoth: true});

    decodedBytes.add('prediction 2');
    const second = gather('2', 'truth 2', 'prediction 2');
    expect(second.states).toEqual(['loading', 'loading']);
    expect(second.truth).toBe(first.truth);
    expect(second.prediction).toBe(first.prediction);

    decodedBytes.add('truth 2');
    expect(gather('2', 'truth 2', 'prediction 2').states).toEqual(['ready', 'ready']);
  });

  it('marks no picture as loading that stays as it is', () => {
    decodedBytes.add('truth 1').add('prediction 1');
    gather('1', 'truth 1', 'prediction 1');
    expect(gather('3', 'truth 1', 'prediction 3').states).toEqual(['ready', 'loading']);
  });

  it('waits for no ground truth that nothing shows', () => {
    truthWaits = true;
    decodedBytes.add('prediction 4');
    const first = gather('4', 'truth 4', 'prediction 4');
    expect(first.states).toEqual(['loading', 'ready']);

    const next = gather('5', 'truth 5', 'prediction 5');
    expect(next.states).toEqual(['loading', 'loading']);
    expect(next.prediction).toBe(first.prediction);

    truthWaits = false;
    decodedBytes.add('truth 4');
    expect(gather('4', 'truth 4', 'prediction 4').states).toEqual(['ready', 'ready']);
  });
});
