// SPDX-License-Identifier: Apache-2.0
/** The link that is copied: to what the page shows, where it was asked for. */
import type {CopyLink} from './intents.js';
import {pinnedLink, type Params} from './link.js';
import type {Page} from './page.js';
import type {ViewState} from './view.js';

export function copiedLink(
  view: ViewState,
  {timeline: {step}, shownRuns: runs}: Page,
  {follows = false, anchor = null, crossHair = null}: CopyLink,
): Params {
  return pinnedLink(view, {step, runs, anchor, crossHair}, follows);
}
