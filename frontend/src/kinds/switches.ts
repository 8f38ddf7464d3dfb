// SPDX-License-Identifier: Apache-2.0
/** The switches of the rail that hold for pictures of all kinds. */
import type {KindSwitch} from './kind.js';

export const SMOOTH: KindSwitch = {
  id: 'smooth',
  label: 'Smooth when magnified',
  hint: 'Magnified pictures fade from pixel to pixel; else each pixel is a square of its colour',
};

/** For differences that leave what is right free. */
export const THICK: KindSwitch = {
  id: 'thick',
  label: 'Thicken thin errors',
  hint: 'In a picture shown smaller than its pixels, each error is at least 2 pixels of the screen wide',
};

/** The switches that are on once one was turned. */
export function turned(
  {on}: {readonly on: readonly string[]},
  {id}: KindSwitch,
  isOnNow: boolean,
): readonly string[] {
  const others = on.filter((other) => other !== id);
  return isOnNow ? [...others, id] : others;
}

export function isOn({on}: {readonly on: readonly string[]}, {id}: KindSwitch): boolean {
  return on.includes(id);
}
