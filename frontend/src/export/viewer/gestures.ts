// SPDX-License-Identifier: Apache-2.0
/** Fingers, mouse and wheel on a pane of an exported page. */
import type {Place, View} from './view.js';

/** One pointer moves the divider or the magnified picture, two zoom. */
export function listenTo(stage: HTMLElement, view: View, hasDivider: boolean): void {
  const pressed = new Map<number, Place>();
  const placeOf = ({clientX, clientY}: MouseEvent): Place => {
    const box = stage.getBoundingClientRect();
    return {x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height};
  };

  stage.addEventListener('pointerdown', (event) => {
    if (event.button === 0) {
      stage.setPointerCapture(event.pointerId);
      pressed.set(event.pointerId, placeOf(event));
    }
  });
  stage.addEventListener('pointermove', (event) => {
    const place = placeOf(event);
    const before = pressed.get(event.pointerId);
    if (before !== undefined) {
      pressed.set(event.pointerId, place);
    }
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (before !== undefined && other !== undefined) {
      pinch(view, before, place, other);
    } else if (view.swipes && hasDivider) {
      view.moveDivider(place.x);
    } else if (before !== undefined && view.scale > 1) {
      view.panBy(place.x - before.x, place.y - before.y);
    }
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    stage.addEventListener(end, (event) => pressed.delete(event.pointerId));
  }
  // The plain wheel scrolls the page.
  stage.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        view.zoomBy(2 ** (-event.deltaY / 200), placeOf(event));
      }
    },
    {passive: false},
  );
  stage.addEventListener('dblclick', (event) => {
    if (view.scale > 1) {
      view.fit();
    } else {
      view.zoomBy(8, placeOf(event));
    }
  });
}

function pinch(view: View, before: Place, now: Place, other: Place): void {
  const apart = (from: Place): number => Math.hypot(from.x - other.x, from.y - other.y);
  if (apart(before) > 0) {
    const middle = {x: (now.x + other.x) / 2, y: (now.y + other.y) / 2};
    view.zoomBy(apart(now) / apart(before), middle);
  }
}
