// SPDX-License-Identifier: Apache-2.0
/** What the session needs of the browser. */
import type {CopyText} from './intents.js';
import type {Params} from './link.js';
import type {MeasuresOf} from './measure-demands.js';
import type {Measure} from './measured-store.js';

/** What the session can't do by itself. */
export interface Environment {
  /** Calls `work` soon, once however often it was asked for until then. */
  readonly soon: (work: () => void) => () => void;
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** Calls `work` once what has changed until now is on the screen; not while the page is hidden. */
  readonly afterPaint: (work: () => void) => () => void;
  readonly saveView: (params: Params) => void;
  readonly copyLink: (params: Params) => void;
  readonly copy: (text: Omit<CopyText, 'type'>) => void;
  readonly measure: Measure;
  /** What `measure` has; nothing until the code that measures is there. */
  readonly measuresOf: MeasuresOf;
}
