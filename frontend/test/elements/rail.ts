// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/rail/`. */
import '../../src/components/rail/pairs-run-list.js';
import {follow, logOf, openLog} from './log.js';
import {put} from './put.js';

export async function showRunList(runs: readonly string[]): Promise<void> {
  const shown = await openLog(logOf(runs, 2));
  const {session} = shown;
  const list = document.createElement('pairs-run-list');
  list.style.cssText = 'display: block; width: 280px';
  put(list);
  follow(list, shown, () => {
    const {page, view} = session.snapshot;
    list.list = page.runs;
    list.view = view;
    list.metric = page.timeline.metric;
    list.tag = page.timeline.tag;
    list.step = page.timeline.step;
  });
}
