// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {golden, heatmap, thresholdCase} from '../goldens.fixture.js';
import {HeatmapThresholdSearch, truthValues} from './threshold-search.js';
import {labelReached} from './exact.js';
import {scoreLabels} from './threshold.js';

/** In hundredths of 1, which 65532 stands for. */
function odds(...hundredths: number[]) {
  return heatmap(
    hundredths.map((value) => Math.round((value / 100) * 65532)),
    hundredths.length,
    [0, 1],
  );
}

describe('the values of a ground truth', () => {
  it('are one or two, ascending, without NaN', () => {
    expect(truthValues(odds(100, 0, 100, 0))).toEqual([0, 1]);
    expect(truthValues(odds(0, 0))).toEqual([0]);
    expect(truthValues(heatmap([65535, 65532], 2, [0, 8]))).toEqual([8]);
  });

  it('are not said where there are more, or infinities', () => {
    expect(truthValues(odds(0, 50, 100))).toBeUndefined();
    expect(truthValues(heatmap([0, 65534], 2, [0, 1]))).toBeUndefined();
  });
});

describe('the best threshold', () => {
  it('is the lowest with the best IoU', () => {
    const search = new HeatmapThresholdSearch([0, 1]);
    // At least 0.41 to 0.6: two hits and nothing wrong.
    search.add(odds(100, 100, 0, 0), odds(90, 60, 40.2, 10));
    expect(search.best()).toEqual({
      threshold: 0.405,
      score: {
        truePositive: 2,
        falsePositive: 0,
        falseNegative: 0,
        precision: 1,
        recall: 1,
        iou: 1,
        dice: 1,
      },
    });
  });

  it('is of all pixels together', () => {
    const search = new HeatmapThresholdSearch([0, 1]);
    search.add(odds(100, 0), odds(30, 20));
    search.add(odds(100, 100, 0, 0, 0), odds(90, 80, 69.8, 69.8, 69.8));
    // At 0.205 three hits and three alarms; at 0.7 two hits, no alarm and one missed.
    const best = search.best()!;
    expect(best.threshold).toBeCloseTo(0.7, 12);
    expect(best.score).toMatchObject({truePositive: 2, falsePositive: 0, falseNegative: 1});
    expect(best.score.iou).toBeCloseTo(2 / 3, 12);
  });

  it('agrees with counting at each threshold, on random pictures', () => {
    const {truth, prediction} = thresholdCase();
    const values = [...truth.raster.data];
    const upper = Math.max(...values.filter((stored) => stored <= 65532));
    const binary = heatmap(
      values.map((stored) => (stored > 65532 ? stored : stored > upper / 2 ? 65532 : 0)),
      truth.raster.width,
      [0, 1],
    );
    const search = new HeatmapThresholdSearch([0, 1]);
    search.add(binary, prediction);
    const wanted = labelReached(binary, 0.5);
    const all = Array.from({length: 200}, (_, i) =>
      scoreLabels(wanted, labelReached(prediction, (i + 1) / 200)),
    );
    const best = Math.max(...all.map(({iou}) => iou));
    expect(search.best()?.score.iou).toBeCloseTo(best, 12);
    expect(search.best()?.threshold).toBeCloseTo(
      (1 + all.findIndex(({iou}) => iou === best)) / 200,
      12,
    );
    expect(golden('threshold', 'truth').length).toBe(values.length);
  });

  it('counts no pixel whose ground truth is NaN, and NaN of a prediction as less than all', () => {
    const search = new HeatmapThresholdSearch([0, 1]);
    search.add(
      heatmap([65535, 65532, 65532], 3, [0, 1]),
      heatmap([65532, 65535, 65532], 3, [0, 1]),
    );
    expect(search.best()?.score).toMatchObject({
      truePositive: 1,
      falsePositive: 0,
      falseNegative: 1,
    });
  });

  it('is none where no pixel is true and none is predicted', () => {
    const search = new HeatmapThresholdSearch([0, 1]);
    search.add(odds(0, 0), odds(0, 0));
    expect(search.best()).toBeUndefined();
  });

  it('aligns pictures of two sizes', () => {
    const search = new HeatmapThresholdSearch([0, 1]);
    search.add(odds(100), odds(90, 80));
    expect(search.best()?.score.truePositive).toBe(2);
  });
});
