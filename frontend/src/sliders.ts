// SPDX-License-Identifier: Apache-2.0
/**
 * Where sliders stand that kinds declare. The view keeps it and keys change it before any kind is loaded, so it is below both.
 */
import {clamp} from './clamp.js';

export interface SliderValue {
  /** As in links: a word that no other kind's switch or slider has. */
  readonly id: string;
  /** Where it stands until it is moved. */
  readonly initial: number;
  /** The lowest and the highest value, by whatever means it is set. */
  readonly bounds: readonly [number, number];
}

/** The values of sliders that were moved, by id. */
export type Sliders = Readonly<Record<string, number>>;

/** How much brighter images are shown, in stops. Keys change it too. */
export const EXPOSURE: SliderValue = {id: 'exposure', initial: 0, bounds: [-10, 10]};

export function sliderValue(sliders: Sliders, {id, initial, bounds}: SliderValue): number {
  return clamp(sliders[id] ?? initial, ...bounds);
}

/** One that stands where it began is not among those moved. */
export function moveSlider(sliders: Sliders, slider: SliderValue, value: number): Sliders {
  const {id, initial, bounds} = slider;
  const others = Object.entries(sliders).filter(([other]) => other !== id);
  const moved = clamp(value, ...bounds);
  return Object.fromEntries(moved === initial ? others : [...others, [id, moved]]);
}
