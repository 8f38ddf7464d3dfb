// SPDX-License-Identifier: Apache-2.0
/** How samples are put in order and filtered, in words. */
import type {Order, SampleFilter} from '../store/view.js';
import {isolated} from '../texts/isolated.js';
import {formatNumber} from '../texts/numbers.js';
import {metricName} from './metric-text.js';

/**
 * The orders there are for a metric and so many runs, where a confusion is chosen and where instability was measured, with what
 * their choice is called.
 */
export function sampleOrders(
  metric: string | null,
  runs: number,
  isConfused = false,
  hasInstability = false,
): readonly (readonly [Order, string])[] {
  const plain: readonly (readonly [Order, string])[] = [
    ['dataset', 'as logged'],
    ['id', 'by id'],
  ];
  const flagged: readonly (readonly [Order, string])[] = [
    ['flagged', 'flagged first'],
    ...(isConfused ? ([['confusion', 'most confused first']] as const) : []),
  ];
  if (metric === null) {
    return [...plain, ...flagged];
  }
  const name = isolated(metricName(metric));
  return [
    ...plain,
    ['worst', `${name}, worst first`],
    ['best', `${name}, best first`],
    ['regressed', `${name}, most regressed`],
    ['improved', `${name}, most improved`],
    ...(runs > 1
      ? ([
          ['runs', `${name}, runs differ most`],
          ['lead', `${name}, largest lead`],
        ] as const)
      : []),
    ...(hasInstability ? ([['unstable', 'instability, highest first']] as const) : []),
    ...flagged,
  ];
}

/** What a filter lets through: `IoU 0.5 to 0.75 · night`; empty when that is all. */
export function filterText({text, min, max}: SampleFilter, metric: string | null): string {
  const range =
    min !== null && max !== null
      ? `${formatNumber(min)} to ${formatNumber(max)}`
      : min !== null
        ? `≥ ${formatNumber(min)}`
        : max !== null
          ? `≤ ${formatNumber(max)}`
          : '';
  const parts = [
    range === '' ? '' : `${isolated(metricName(metric ?? ''))} ${range}`.trim(),
    isolated(text.trim()),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
