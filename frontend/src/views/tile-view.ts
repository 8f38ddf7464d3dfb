// SPDX-License-Identifier: Apache-2.0
/** What a tile shows, which has room for one picture. */
import {ROLES, type Role, type TagKind} from '../api/types.js';
import {kindOf, standsAlone} from '../kinds/registry.js';
import {modeOf, BLEND_MODE, PLAIN_MODE} from '../modes/registry.js';
import type {ViewState} from '../store/view.js';
import type {SamplePictures} from './sample-pictures.js';

/**
 * Whether a tile shows a part on request alone: its prediction looks the same whatever the others are, and no number on it is of
 * them.
 */
export function waitsInTile(
  view: Pick<ViewState, 'mode' | 'a' | 'display'>,
  role: Role,
  tag: TagKind,
  showsA: boolean,
): boolean {
  // A range by the data is by that of the ground truth too.
  const isAlone = !modeOf(view).fitsTile && standsAlone(tag) && view.display.range === 'fixed';
  return role !== 'prediction' && !showsA && isAlone && view.a.of !== 'input';
}

/** The parts that tiles show; none named: all. */
export function partsOfTiles(
  view: Pick<ViewState, 'mode' | 'a' | 'display'>,
  tag: TagKind,
  showsA: boolean,
): {readonly parts?: readonly Role[]} {
  const parts = ROLES.filter((role) => !waitsInTile(view, role, tag, showsA));
  return parts.length === ROLES.length ? {} : {parts};
}

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
