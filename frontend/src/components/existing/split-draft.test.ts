// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import type {LeftTag} from '../../api/types.js';
import {assignRole, firstDraft, pairName, ruleOf, swapRoles, withPartner} from './split-draft.js';

const left = (tag: string, pattern: string): LeftTag => ({
  tag,
  pattern,
  reason: '',
  run: 'r',
  runs: 1,
});

describe('a pair of two tags', () => {
  const a = left('day (1)', 'day\\ \\((?P<sample>\\d+)\\)');
  const b = left('night (1)', 'night\\ \\((?P<sample>\\d+)\\)');
  const first = firstDraft(a, 90, 30);
  const draft = withPartner(first, b, first);

  it('is told by the expressions of both, so that samples go together by number', () => {
    expect(ruleOf(draft, a)).toEqual({groundTruth: a.pattern, prediction: b.pattern});
    expect(pairName(draft, a)).toBe('night');
  });

  it('has roles that can be swapped', () => {
    const swapped = swapRoles(draft);
    expect(ruleOf(swapped, a)).toEqual({groundTruth: b.pattern, prediction: a.pattern});
    expect(pairName(swapped, a)).toBe('day');
    expect(ruleOf(assignRole(draft, 0, 'prediction'), a)).toEqual(ruleOf(swapped, a));
  });

  it('takes just the two where only one is numbered', () => {
    const whole = left('a.b', 'a\\.b');
    const mixed = withPartner(first, whole, first);
    expect(ruleOf(mixed, a)).toEqual({groundTruth: 'day \\(1\\)', prediction: 'a\\.b'});
    expect(pairName(mixed, a)).toBe('a.b');
    expect(pairName(swapRoles(mixed), a)).toBe('day (1)');
  });

  it('is the strip of the first draft again without a partner', () => {
    expect(ruleOf(withPartner(draft, null, first), a)).toEqual({
      strip: a.pattern,
      panes: ['input', 'groundTruth', 'prediction'],
      axis: 'x',
    });
  });
});
