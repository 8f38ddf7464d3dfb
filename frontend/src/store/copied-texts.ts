// SPDX-License-Identifier: Apache-2.0
/** Texts that are copied to be used elsewhere, with what is said of where. */
import type {FileRule} from '../api/types.js';
import type {CopyText} from './intents.js';
import {ruleFile} from './rules.js';

/** Of a program that keeps more when it is started with a flag. */
export function copyOfFlag({
  program,
  flag,
}: {
  readonly program: string;
  readonly flag: string;
}): CopyText {
  const copied = `Copied ${flag}: start ${program} with it`;
  return {type: 'copy', text: flag, what: 'The flag that keeps more', copied};
}

export function copyOfRules(rules: readonly FileRule[]): CopyText {
  const copied = 'Copied: save it as pairs.json in the log directory';
  return {type: 'copy', text: ruleFile(rules), what: 'The rule file', copied};
}
