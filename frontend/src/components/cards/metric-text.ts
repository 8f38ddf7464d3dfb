// SPDX-License-Identifier: Apache-2.0
import type {Metric} from '../../api/wire.js';
import {numberText, signed} from './pixel-values.js';

/** `good` and `bad` are said against something: the mean of the run, or the other run. */
export type Tone = 'good' | 'bad' | 'plain';

const NAMES: Readonly<Record<string, string>> = {
  iou: 'IoU',
  miou: 'mIoU',
  dice: 'Dice',
  f1: 'F1',
  mae: 'MAE',
  mse: 'MSE',
  rmse: 'RMSE',
  psnr: 'PSNR',
  ssim: 'SSIM',
  lpips: 'LPIPS',
};

/** The usual spelling of well-known metrics; others as they were logged. */
export function metricName(metric: string): string {
  return NAMES[metric.toLowerCase()] ?? metric;
}

/** Two decimals, more where they would hide the number and fewer where they would not be read: 0.58, 31.2, 0.0041. */
export function metricText(value: Metric | undefined): string {
  return typeof value === 'number' ? numberText(value, decimals(value)) : '–';
}

/** A difference of numbers like `like`, signed, with as many decimals as those have, and more where it would be none. */
export function deltaText(value: number, like = 1): string {
  const digits = decimals(like);
  return signed(value, Math.abs(value) < 0.5 * 10 ** -digits ? decimals(value) : digits);
}

function decimals(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) {
    return 2;
  }
  if (size >= 1000) {
    return 0;
  }
  if (size >= 10) {
    return 1;
  }
  return size >= 0.1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(size)));
}

/** Better or worse than `reference` by more than `slack` of it. */
export function toneOf(
  value: Metric | undefined,
  reference: Metric | undefined,
  lowerIsBetter: boolean,
  slack = 0.05,
): Tone {
  if (typeof value !== 'number' || typeof reference !== 'number') {
    return 'plain';
  }
  if (!Number.isFinite(value) || !Number.isFinite(reference)) {
    return 'plain';
  }
  const gain = lowerIsBetter ? reference - value : value - reference;
  if (Math.abs(gain) <= slack * Math.abs(reference)) {
    return 'plain';
  }
  return gain > 0 ? 'good' : 'bad';
}

/** What the header says of one metric over the runs of a card. */
export interface RunSpread {
  /** The first run less the second; of more than two runs, the best less the worst. */
  readonly value: number;
  /** The run that is ahead; `null` when they are equal. */
  readonly leader: string | null;
}

export function spreadOf(
  values: readonly {readonly run: string; readonly value: Metric | undefined}[],
  lowerIsBetter: boolean,
): RunSpread | null {
  const finite = values.filter(
    (entry): entry is {run: string; value: number} =>
      typeof entry.value === 'number' && Number.isFinite(entry.value),
  );
  if (values.length < 2 || finite.length < 2) {
    return null;
  }
  const sorted = [...finite].sort((a, b) =>
    lowerIsBetter ? a.value - b.value : b.value - a.value,
  );
  const best = sorted[0]!;
  const worst = sorted[sorted.length - 1]!;
  const leader = best.value === worst.value ? null : best.run;
  return finite.length === 2
    ? {value: finite[0]!.value - finite[1]!.value, leader}
    : {value: best.value - worst.value, leader};
}
