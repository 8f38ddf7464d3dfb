// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {Metric, TagSamples} from '../api/types.js';
import {scopedNumber} from '../texts/scoped-number.js';
import type {PaneChip} from './pane-notes.js';
import {chipByRank, sampleRanks} from './sample-ranks.js';

function history(...values: Metric[]): TagSamples {
  const samples = values.map((_, i) => `s${i}`);
  const run = {
    steps: ['0', '100'],
    samples,
    metrics: {iou: values.map((value) => [0.5, value])},
    changed: {},
    attributes: {},
  };
  return {runs: {a: run}} as unknown as TagSamples;
}

function tones(values: Metric[], lowerIsBetter = false): string[] {
  const ranks = sampleRanks(history(...values), {run: 'a', step: '100'}, 'iou', lowerIsBetter);
  return values.map((_, i) => ranks.get(`s${i}`)?.tone ?? 'none');
}

describe('samples of a run', () => {
  it('are the best or the worst of few', () => {
    expect(tones([0.5, 0.9, 0.1, 0.6])).toEqual(['plain', 'good', 'bad', 'plain']);
    expect(tones([0.5, 0.9, 0.1], true)).toEqual(['plain', 'bad', 'good']);
  });

  it('are in the best or the worst tenth of many', () => {
    const found = tones(Array.from({length: 60}, (_, i) => i / 60));
    expect(found.filter((tone) => tone === 'bad')).toHaveLength(6);
    expect(found.slice(0, 6).every((tone) => tone === 'bad')).toBe(true);
    expect(found.slice(-6).every((tone) => tone === 'good')).toBe(true);
    expect(found.filter((tone) => tone === 'plain')).toHaveLength(48);
  });

  it('stand out together where they are equal, and not at all where all are', () => {
    expect(tones([1, 1, 0.5, 0.2])).toEqual(['good', 'good', 'plain', 'bad']);
    expect(tones([0.5, 0.5, 0.5])).toEqual(['plain', 'plain', 'plain']);
    expect(tones([0.5])).toEqual(['plain']);
  });

  it('have a place among those that were measured, at the step shown', () => {
    const ranks = sampleRanks(history(0.2, null, 0.9), {run: 'a', step: '100'}, 'iou', false);
    expect(ranks.get('s0')).toMatchObject({place: 2, of: 2});
    expect(ranks.has('s1')).toBe(false);
    const earlier = sampleRanks(history(0.2, null, 0.9), {run: 'a', step: '0'}, 'iou', false);
    expect(earlier.get('s0')).toMatchObject({place: 1, of: 3, tone: 'plain'});
  });

  it('have none before their table is there', () => {
    expect(sampleRanks(undefined, {run: 'a', step: '0'}, 'iou', false).size).toBe(0);
    expect(sampleRanks(history(1), {run: 'b', step: '0'}, 'iou', false).size).toBe(0);
    expect(sampleRanks(history(1), {run: 'a', step: '0'}, null, false).size).toBe(0);
  });
});

describe('a chip', () => {
  const chip = (noun?: string): PaneChip => ({
    text: [scopedNumber(0.5, {what: 'value', tag: 't', ...(noun !== undefined && {noun})})],
    named: 'IoU 0.5',
    title: 'IoU 0.5',
    tone: 'good',
  });
  const rank = {place: 58, of: 60, tone: 'bad'} as const;

  it('says the place and takes its colour', () => {
    const ranked = chipByRank(chip(), 'iou', rank);
    expect(ranked?.tone).toBe('bad');
    expect(ranked?.title).toMatch(/place 58 of 60 samples of this run by .*IoU/);
  });

  it('has no colour without a place, or where it is of a threshold', () => {
    expect(chipByRank(chip(), 'iou', undefined)?.tone).toBe('plain');
    const ofThreshold = chipByRank(chip('at least 2'), 'iou', rank);
    expect(ofThreshold).toMatchObject({tone: 'plain', title: 'IoU 0.5'});
  });
});
