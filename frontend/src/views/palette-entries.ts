// SPDX-License-Identifier: Apache-2.0
/** What the command palette finds for the words typed. */
import {keyLabels} from '../store/chords.js';
import {searchCommands} from '../store/command-search.js';
import type {Intent} from '../store/intents.js';
import type {Page} from '../store/page.js';
import type {CommandScope} from '../store/command.js';
import {formatStep, parseStep} from '../store/steps.js';
import type {ViewState} from '../store/view.js';

export interface PaletteEntry {
  readonly title: string;
  readonly group: string;
  /** One list of keys for each chord. */
  readonly keys: readonly (readonly string[])[];
  readonly isOn: boolean;
  readonly intent: Intent;
}

const MOST_OF_A_GROUP = 12;

/** What the words typed may mean: commands, a step, tags, samples, runs. */
export function paletteEntries(
  text: string,
  view: ViewState,
  scope: CommandScope,
  page: Page,
): readonly PaletteEntry[] {
  const commands = searchCommands(text).flatMap(
    ({title, section, keys, intent, isOn}): PaletteEntry[] => {
      const effect = intent(view, scope);
      if (effect === null) {
        return [];
      }
      return [
        {
          title,
          group: section,
          keys: keys.map(keyLabels),
          isOn: isOn?.(view, scope) ?? false,
          intent: effect,
        },
      ];
    },
  );
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return commands;
  }
  const step = parseStep(text);
  const has = (name: string): boolean => words.every((word) => name.toLowerCase().includes(word));
  const plain = (title: string, group: string, intent: Intent): PaletteEntry => ({
    title,
    group,
    keys: [],
    isOn: false,
    intent,
  });
  const tags = page.tags.tags;
  return [
    ...(step === null ? [] : [plain(`Step ${formatStep(step)}`, 'Go to', {type: 'step', step})]),
    ...commands,
    ...tags
      .filter(({tag}) => has(tag))
      .slice(0, MOST_OF_A_GROUP)
      .map(({tag}) => plain(tag, 'Tag', {type: 'revealTag', tag})),
    ...tags
      .flatMap(({tag, rows}) =>
        rows
          .filter(({id}) => has(id))
          .map(({id}) => plain(id, tag, {type: 'open', tag, sample: id})),
      )
      .slice(0, MOST_OF_A_GROUP),
    ...scope.runs
      .filter(has)
      .slice(0, MOST_OF_A_GROUP)
      .map((run) => plain(run, 'Show run alone', {type: 'showOnlyRun', run})),
  ];
}
