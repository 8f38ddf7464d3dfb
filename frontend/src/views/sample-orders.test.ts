// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {filterText, sampleOrders} from './sample-orders.js';

const OPEN = {text: '', metric: null, min: null, max: null, flagged: false};

describe('sampleOrders', () => {
  it('name the metric as it is usually written', () => {
    expect(sampleOrders('iou', 1).map(([, label]) => label)).toContain('IoU, worst first');
  });

  it('offer no order that nothing is known for', () => {
    expect(sampleOrders(null, 2).map(([by]) => by)).toEqual(['dataset', 'id', 'flagged']);
    expect(sampleOrders('iou', 1).map(([by]) => by)).not.toContain('runs');
    expect(sampleOrders('iou', 2).map(([by]) => by)).toContain('runs');
    expect(sampleOrders('iou', 2).map(([by]) => by)).not.toContain('confusion');
    expect(sampleOrders('iou', 2, true).map(([by]) => by)).toContain('confusion');
    expect(sampleOrders('iou', 2).map(([by]) => by)).not.toContain('unstable');
    expect(sampleOrders('iou', 2, false, true).map(([by]) => by)).toContain('unstable');
  });
});

describe('filterText', () => {
  it.each([
    [OPEN, ''],
    [{...OPEN, min: 0.5}, 'IoU ≥ 0.5'],
    [{...OPEN, max: 0.75, text: ' night '}, 'IoU ≤ 0.75 · night'],
    [{...OPEN, min: 0, max: 0.75}, 'IoU 0 to 0.75'],
  ])('says of %j %j', (filter, text) => {
    expect(filterText(filter, 'iou')).toBe(text);
  });
});
