// SPDX-License-Identifier: Apache-2.0
/** How the filter of samples is written, said where it is typed. */
import {conditionText, quoted} from '../store/text-filter.js';

interface Filterable {
  readonly metric: string | null;
  readonly metricNames: readonly string[];
  readonly attributeNames: readonly string[];
}

/** In the field: short, so that it is not cut off. */
export function filterPlaceholder({metric, attributeNames: [attribute]}: Filterable): string {
  if (metric !== null) {
    return `words or ${quoted(metric)}<…`;
  }
  return attribute === undefined ? 'id or caption' : `words or ${quoted(attribute)}:…`;
}

/** In its tooltip: all of it, with the names there are. */
export function filterTitle({metric, metricNames, attributeNames}: Filterable): string {
  const [attribute] = attributeNames;
  const words = `Samples with these words in id${attribute === undefined ? ' or caption' : ', caption or attributes'}`;
  const metrics =
    metric === null
      ? []
      : [
          `${quoted(metric)}<0.7 or ${quoted(metric)}>=0.5: at the step shown, by any run (${metricNames.join(', ')})`,
        ];
  const attributes =
    attribute === undefined
      ? []
      : [
          `${conditionText(attribute, 'value')}, or a number: ${quoted(attribute)}<0.5 (${attributeNames.join(', ')})`,
        ];
  return [words, ...metrics, ...attributes].join('\n');
}
