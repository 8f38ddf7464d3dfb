// SPDX-License-Identifier: Apache-2.0
/** The elements of `components/blind/`. */
import '../../src/components/blind/pairs-blind.js';
import type {FakeApi} from '../../src/store/fake-api.fixture.js';
import {logOf, modelOf, openLog, renderContext} from './log.js';
import {put} from './put.js';

let asked: FakeApi | undefined;

/** Runs a and b on three samples, none of which was compared before, unless that is `kept`; `waits` until `answerFrames`. */
export async function showBlind({waits = false, kept = false} = {}): Promise<void> {
  if (!kept) {
    localStorage.clear();
  }
  const {session, api} = await openLog(logOf(['a', 'b'], 3));
  api.eager = !waits;
  asked = api;
  const blind = document.createElement('pairs-blind');
  blind.style.cssText = 'display: block';
  blind.model = modelOf(session);
  blind.view = session.snapshot.view;
  blind.renderContext = renderContext;
  blind.api = api;
  put(blind);
}

/** Answers as many of the requests that wait, the oldest first. */
export function answerFrames(count: number): void {
  for (let i = 0; i < count; i++) {
    asked!.answer();
  }
}
