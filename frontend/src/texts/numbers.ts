// SPDX-License-Identifier: Apache-2.0
/** Numbers as text. All measured numbers, counts and shares on the page are written here. */
import type {Metric} from '../api/types.js';

/** A hyphen is narrower than digits. */
export const MINUS = '\u2212';
const DIGITS = 3;

/**
 * The one format of measured numbers: three significant digits, without zeros at the end, and no digit before the point lost below
 * a million: `0.58`, `0.0041`, `27.4`, `1235`, `3.27e299`. What is not exactly 1 has as many digits more as tell it from 1, for a
 * score that is not perfect must not read so: `0.9996`, `0.999999`. What is not exactly 0 never reads `0`.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : `${MINUS}∞`;
  }
  const size = Math.abs(value);
  // Rounded first: 999999.7 is a million.
  const rounded = size < 1000 ? Number(size.toPrecision(digitsOf(size))) : Math.round(size);
  const isPlain = rounded === 0 || (rounded >= 1e-4 && rounded < 1e6);
  const text = isPlain ? String(rounded) : scientific(size);
  return value < 0 ? `${MINUS}${text}` : text;
}

function digitsOf(size: number): number {
  let digits = DIGITS;
  while (size !== 1 && Number(size.toPrecision(digits)) === 1) {
    digits += 1;
  }
  return digits;
}

/** `1.20e+7` is `1.2e7`. */
function scientific(size: number): string {
  const [mantissa, exponent] = size.toExponential(DIGITS - 1).split('e');
  return `${String(Number(mantissa))}e${exponent!.replace('+', '').replace('-', MINUS)}`;
}

/** A share, 0 to 1, in percent: `12 %`; a share above none is never written as none, nor one below all as all. */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.001) {
    return '< 0.1 %';
  }
  if (share < 1 && share > 0.999) {
    return '> 99.9 %';
  }
  const percent = 100 * share;
  const isCoarse = percent >= 10 && (percent <= 99 || share >= 1);
  return `${formatNumber(isCoarse ? Math.round(percent) : Number(percent.toFixed(1)))} %`;
}

/** A change, or a difference, with its sign: `+0.17`. */
export function formatChange(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

/** Whether there is a number: a metric can be NaN, which measures nothing. */
export function isMeasured(value: Metric | undefined): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

/** A metric where there is room for a number only; a dash where it was not measured, which a title must explain. */
export function formatMetric(value: Metric | undefined): string {
  return isMeasured(value) ? formatNumber(value) : '–';
}

const COUNTS = new Intl.NumberFormat('en', {useGrouping: false});

/** A count with its thousands set apart by a narrow space. */
export function formatCount(count: number): string {
  const digits = COUNTS.format(count);
  return digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `runs`, and `run` of one. */
export function plural(noun: string, number = 2): string {
  return number === 1 ? noun : `${noun}${noun.endsWith('s') ? 'es' : 's'}`;
}

/** Made once: making one takes longer than all else that a step changes in the time bar. */
const clockFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  // Not `hour12: false`, with which some browsers write midnight as 24.
  hourCycle: 'h23',
});

/** Seconds since the epoch as a time of day, with the day when it is not today. */
export function formatWallTime(seconds: number, now = new Date()): string {
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) {
    return '';
  }
  const clock = clockFormat.format(time);
  return time.toDateString() === now.toDateString()
    ? clock
    : `${time.toLocaleDateString()} ${clock}`;
}
