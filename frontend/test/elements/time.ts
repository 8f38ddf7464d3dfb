// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/time/`. */
import '../../src/components/time/pairs-time-bar.js';
import '../../src/components/time/pairs-timeline.js';
import {INITIAL_VIEW} from '../../src/store/view.js';
import {put} from './put.js';
import {TIMELINE} from './timeline.js';

export function showTimeline(): void {
  const timeline = document.createElement('pairs-timeline');
  timeline.timeline = TIMELINE;
  timeline.style.cssText = 'display: block; width: 420px';
  put(timeline);
}

/** With the step 20 shown, so that both neighbors are there. */
export function showTimeBar(): void {
  const bar = document.createElement('pairs-time-bar');
  bar.timeline = {...TIMELINE, index: 2, step: '20'};
  bar.view = {...INITIAL_VIEW, step: '20'};
  put(bar);
}
