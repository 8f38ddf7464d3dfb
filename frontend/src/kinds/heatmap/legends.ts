// SPDX-License-Identifier: Apache-2.0
/** What the colours of heatmaps and of their differences mean. */
import {cssColor} from '../../pixels/color.js';
import {colormap, mapEnd} from '../../pixels/colormaps.js';
import {formatNumber} from '../../texts/numbers.js';
import {changedLegend} from '../differing.js';
import type {Kind} from '../kind.js';
import {beyondLegend, closerLegend, legendScale, legendText, outcomeLegend} from '../legend.js';
import {comparison} from './comparison.js';
import {missingNumbersLegend, nonNumberLegend} from './non-numbers.js';
import {unitText} from './texts.js';

export const legends: Pick<
  Kind<'heatmap'>,
  'valueLegend' | 'differenceLegend' | 'versusLegend' | 'gapLegend'
> = {
  valueLegend(truth, display) {
    if (display.threshold !== null) {
      const color = cssColor(display.thresholdColor);
      return [{type: 'swatch', color, text: `at least ${formatNumber(display.threshold)}`}];
    }
    const [low, high] = display.range ?? truth.range;
    const map = colormap(display.colormap, display.reversed);
    const {below, above} = display.exceeds;
    const ends = [formatNumber(low), formatNumber(high)] as const;
    return [
      legendScale(map, [ends[0], ends[1] + unitText(truth)]),
      ...(below ? [beyondLegend(mapEnd(map, 0), `below ${ends[0]}`)] : []),
      ...(above ? [beyondLegend(mapEnd(map, 1), `above ${ends[1]}`)] : []),
      ...nonNumberLegend(map, display.nonNumbers),
    ];
  },
  differenceLegend(truth, request, names) {
    const how = comparison.chooseDifference(request, truth);
    if (how.how === 'threshold') {
      return [legendText(`at least ${formatNumber(how.threshold)}`), ...outcomeLegend(names)];
    }
    if (how.how === 'changed') {
      return [changedLegend(comparison.differsText(truth, how, names), names)];
    }
    const unit = how.how === 'relative' ? '' : unitText(truth);
    const high = formatNumber(how.limit ?? 1);
    if (how.how === 'absolute') {
      return [legendText('|error|'), legendScale(colormap('magma'), ['0', high + unit])];
    }
    const what = how.how === 'relative' ? `error / |${names.a}|` : `${names.b} − ${names.a}`;
    return [legendText(what), legendScale(colormap('RdBu'), [`−${high}`, '0', `+${high}${unit}`])];
  },
  versusLegend: closerLegend,
  gapLegend(truth, {nonNumbers}, names, request) {
    const how = request && comparison.chooseDifference(request, truth).how;
    return missingNumbersLegend(truth, nonNumbers, names, how);
  },
};
