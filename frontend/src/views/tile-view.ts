// SPDX-License-Identifier: Apache-2.0
/** What a tile shows, which has room for one picture. */
import {kindOf} from '../kinds/registry.js';
import {modeOf, BLEND_MODE, PLAIN_MODE} from '../modes/registry.js';
import type {ViewState} from '../store/view.js';
import type {SamplePictures} from './sample-pictures.js';

/**
 * The view of a tile. Where the mode needs more room (pictures beside each other, a line that is moved) it is the prediction on the
 * input with the borders of A, the ground truth unless the viewer chose; or the prediction alone where there are none, or where
 * the viewer turned the overlay off.
 */
export function tileView(view: ViewState, {input, runs}: SamplePictures): ViewState {
  if (modeOf(view).fitsTile) {
    return view;
  }
  const a = runs[0]?.pictures.a;
  const isOff = view.overlay.on === false;
  return !isOff && input?.picture !== undefined && a !== undefined && kindOf(a).hasOutlines(view)
    ? {...view, mode: BLEND_MODE, overlay: {...view.overlay, on: true}}
    : {...view, mode: PLAIN_MODE};
}
