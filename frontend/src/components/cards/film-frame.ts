// SPDX-License-Identifier: Apache-2.0
/** One frame of the film strip: the thumbnail of a step, its number and its metric. */
import {html, nothing} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import type {Step} from '../../api/types.js';
import {showNumber} from '../../controls/scoped-number.js';
import type {Display} from '../../kinds/kind.js';
import type {Size} from '../../pixels/raster.js';
import type {RunAtStep} from '../../store/data.js';
import {formatStep} from '../../store/steps.js';
import type {Frame} from '../../views/film-rows.js';
import {GAP, NAMES_WIDTH} from '../../views/film-sizes.js';
import type {RenderContext} from '../../views/render-context.js';
import {scopedStep} from '../../views/scoped-step.js';
import './pairs-thumbnail.js';

const NO_PICTURE = 'nothing here';

/** What all frames of a strip share. */
export interface FilmStrip {
  readonly tag: string;
  readonly thumb: Size;
  readonly frame: Size | undefined;
  readonly display: Display | undefined;
  readonly renderContext: RenderContext;
}

/**
 * A button for a step of a run.
 *
 * @param column Where it stands, counted from the left end of the strip.
 * @param isEntered Whether Tab comes to it, as to no other of its row.
 * @param choose Called on a click, with whether Alt is held.
 */
export function filmFrameButton(
  strip: FilmStrip,
  run: RunAtStep,
  step: Step,
  {content, metric, nearestOfA, reason}: Frame,
  column: number,
  isEntered: boolean,
  choose: (withAlt: boolean) => void,
) {
  const {tag} = strip;
  const isShown = step === run.step;
  const isNearest = isShown && run.offset !== 0n;
  const wanted = String(BigInt(run.step) - run.offset);
  const titles = [
    ...(isNearest ? [`${run.run} has no step ${formatStep(wanted)}: this is its nearest`] : []),
    ...(nearestOfA === undefined
      ? []
      : [
          `${nearestOfA.run} has no step ${formatStep(step)}: compared with its nearest, ${formatStep(nearestOfA.step)}`,
        ]),
  ];
  const note = [
    ...(isNearest ? [`nearest to ${formatStep(wanted)}`] : []),
    ...(nearestOfA === undefined ? [] : [`A at step ${formatStep(nearestOfA.step)}`]),
    ...(reason === undefined ? [] : [NO_PICTURE]),
  ].join(' ');
  const {width, height} = strip.thumb;
  const left = NAMES_WIDTH + column * (width + GAP);
  // What is seen is in it word by word, for those who speak what they see.
  const label = `Step ${formatStep(step)} ${metric?.text ?? ''} ${note}`.trim();
  return html`<button
    class="frame ${isShown ? 'current' : ''} ${isNearest ? 'nearest' : ''}"
    tabindex=${isEntered ? 0 : -1}
    aria-label=${label}
    title=${reason ?? (titles.length > 0 ? titles.join('\n') : nothing)}
    aria-current=${isShown && !isNearest ? 'step' : 'false'}
    style=${styleMap({width: `${width + GAP}px`, left: `${left}px`})}
    data-step=${step}
    @click=${({altKey}: MouseEvent) => choose(altKey)}
  >
    <pairs-thumbnail
      style=${styleMap({height: `${height}px`})}
      .content=${content}
      .frame=${strip.frame}
      .box=${strip.thumb}
      .display=${strip.display}
      .renderContext=${strip.renderContext}
    ></pairs-thumbnail>
    ${reason === undefined ? nothing : html`<span class="gone">${NO_PICTURE}</span>`}
    <span class="text"
      ><span>${showNumber(scopedStep(step, {tag, run: run.run}))}</span>
      <span>${metric === undefined ? nothing : showNumber(metric)}</span></span
    >
    ${
      isNearest
        ? html`<span class="note"
            >nearest to ${showNumber(scopedStep(wanted, {tag, run: run.run}))}</span
          >`
        : nothing
    }
    ${
      nearestOfA === undefined
        ? nothing
        : html`<span class="note of-a"
            >A at step ${showNumber(scopedStep(nearestOfA.step, {tag, run: nearestOfA.run}))}</span
          >`
    }
  </button>`;
}
