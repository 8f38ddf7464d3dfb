// SPDX-License-Identifier: Apache-2.0
/** What a command is, and the sections that help lists them in. */
import type {Intent} from './intents.js';
import type {Scope} from './reducer.js';
import type {ViewState} from './view.js';

export const SECTIONS = [
  'Time',
  'Compare',
  'Look',
  'Samples',
  'Runs and tags',
  'Share',
  'Page',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What a command is measured against: the session's scope, and what only the rooms of kinds can tell. */
export interface CommandScope extends Scope {
  /** Pictures lie on others now. */
  readonly isOverlaid: boolean;
}

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly section: Section;
  /** As `chordOf` writes them. */
  readonly keys: readonly string[];
  /** Goes by steps, so that a key that is held goes on; others wait until it is pressed again. */
  readonly repeats?: true;
  /** `null`: it makes no sense now, and the key is left to the browser. */
  readonly intent: (view: ViewState, scope: CommandScope) => Intent | null;
  /** For commands that switch something: whether it is on. */
  readonly isOn?: (view: ViewState, scope: CommandScope) => boolean;
}
