// SPDX-License-Identifier: Apache-2.0
/** The small tag of a run that has no step of its own at the one asked for, which layouts show beside its name or picture. */
import {css, html, nothing, type TemplateResult} from 'lit';
import {showNumber} from '../../controls/scoped-number.js';
import type {RunAtStep} from '../../store/data.js';
import {formatStep} from '../../store/steps.js';
import {compactOffset} from '../../views/compact-offset.js';
import {scopedOffset} from '../../views/scoped-step.js';

export const offsetTagStyles = css`
  .offset {
    flex: none;
    padding: 0 4px;
    border: 1px dashed var(--pairs-color-control);
    border-radius: 7px;
    color: var(--pairs-color-ink-2);
    font-size: 11px;
    line-height: 15px;
  }
`;

/** How far the run's nearest step is from the one asked for; nothing where it is that one. */
export function renderOffsetTag(
  tag: string,
  {run, step, offset}: RunAtStep,
): TemplateResult | typeof nothing {
  if (offset === 0n) {
    return nothing;
  }
  const wanted = formatStep(BigInt(step) - offset);
  const number = scopedOffset(offset, step, {tag, run});
  return html`<span
    class="offset"
    title="This run has no step ${wanted}: the nearest one, ${formatStep(step)}, is shown (${number.text})"
    >${showNumber({...number, text: compactOffset(offset)})}</span
  >`;
}
