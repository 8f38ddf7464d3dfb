// SPDX-License-Identifier: Apache-2.0
/** A slider as a template, not an element, so that labels and styles of the caller apply to it. */
import {html} from 'lit';
import {live} from 'lit/directives/live.js';
import {styleMap} from 'lit/directives/style-map.js';
import {clamp} from '../clamp.js';

export interface RangeInput {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** What a screen reader says instead of the number. */
  readonly text?: string;
  readonly onInput: (value: number) => void;
}

/** A slider whose track is filled up to the thumb. Its styles are among `controlStyles`. */
export function rangeInput({id, min, max, step, value, text, onInput}: RangeInput) {
  const filled = clamp((value - min) / (max - min), 0, 1);
  return html`<input
    type="range"
    id=${id}
    min=${min}
    max=${max}
    step=${step}
    style=${styleMap({'--filled': String(filled)})}
    aria-valuetext=${text ?? String(value)}
    .value=${live(String(value))}
    @input=${(event: Event) => onInput((event.target as HTMLInputElement).valueAsNumber)}
  />`;
}
