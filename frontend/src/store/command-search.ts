// SPDX-License-Identifier: Apache-2.0
/** Finds commands, by key and by words. */
import {chordOf, type KeyPress} from './chords.js';
import type {Command} from './command.js';
import {COMMANDS} from './commands.js';

const BY_KEY: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => command.keys.map((key): [string, Command] => [key, command])),
);

export function commandFor(press: KeyPress): Command | undefined {
  return BY_KEY.get(chordOf(press));
}

/** Commands whose words begin with the words typed, in the table's order. */
export function searchCommands(text: string): readonly Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return COMMANDS.filter(({title, section}) => {
    const words = `${title} ${section}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}
