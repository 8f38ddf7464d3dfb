// SPDX-License-Identifier: Apache-2.0

import type {Metric} from '../../api/wire.js';

/** A metric in as few characters as tell it apart: `0.58`, `27.4`, `1.2e+5`. */
export function formatMetric(value: Metric | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '\u2212∞';
  }
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 0.001 || size >= 1e6)
      ? value.toExponential(1)
      : value.toFixed(size < 0.1 && size !== 0 ? 3 : size < 10 ? 2 : size < 1000 ? 1 : 0);
  return text.replace('-', '\u2212');
}

const COUNTS = new Intl.NumberFormat('en', {useGrouping: false});

/** A count with its thousands set apart by a narrow space. */
export function formatCount(count: number): string {
  const digits = COUNTS.format(count);
  return digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** One or many: `count(1, 'run')` is `1 run`. */
export function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}

/** Seconds since the epoch as a time of day, with the day when it is not today. */
export function formatWallTime(seconds: number, now = new Date()): string {
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) {
    return '';
  }
  const clock = time.toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  return time.toDateString() === now.toDateString()
    ? clock
    : `${time.toLocaleDateString()} ${clock}`;
}
