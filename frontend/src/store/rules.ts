// SPDX-License-Identifier: Apache-2.0
/** The rules that a user made on this page, as the text of a rule file (`docs/existing_logs.md`). */
import type {FileRule} from '../api/types.js';

/** The rules of a file that this page wrote; none where it is of someone else, or damaged. */
export function readRules(text: string): readonly FileRule[] {
  try {
    const {rules} = JSON.parse(text) as {readonly rules?: unknown};
    return Array.isArray(rules) ? rules.filter(isRule) : [];
  } catch {
    return [];
  }
}

function isRule(value: unknown): value is FileRule {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a rule is about: another of the same takes its place. */
function subjectOf({strip, prediction}: FileRule): string {
  return strip ?? prediction ?? '';
}

export function withRule(text: string, rule: FileRule): string {
  return written([rule, ...others(text, rule)]);
}

export function withoutRule(text: string, rule: FileRule): string {
  return written(others(text, rule));
}

function others(text: string, rule: FileRule): readonly FileRule[] {
  return readRules(text).filter((one) => subjectOf(one) !== subjectOf(rule));
}

function written(rules: readonly FileRule[]): string {
  return rules.length === 0 ? '' : JSON.stringify({rules});
}

/** As a file to keep: `pairs.json`. */
export function ruleFile(rules: readonly FileRule[]): string {
  return `${JSON.stringify({rules}, null, 2)}\n`;
}
