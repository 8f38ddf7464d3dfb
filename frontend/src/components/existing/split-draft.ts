// SPDX-License-Identifier: Apache-2.0
/** How a user cuts a picture, before it is a rule. */
import type {FileRule, LeftTag, PaneRole} from '../../api/types.js';
import {clamp} from '../../clamp.js';
import {cutShares} from '../../existing/cuts.js';

/** How a pattern takes what numbers the samples of a tag. */
const SAMPLE = '(?P<sample>\\d+)';

export interface SplitDraft {
  readonly axis: 'x' | 'y';
  readonly panes: readonly PaneRole[];
  /** Where each pane after the first begins, as shares; `null`: panes of one size. */
  readonly cuts: readonly number[] | null;
  /** Of a picture with many strips: the size of each, and the pixels between them; `null`: lines are looked for. */
  readonly cell: {readonly width: number; readonly height: number; readonly padding: number} | null;
  /** The tag whose pictures are the second pane; `null`: the pictures hold all panes themselves. */
  readonly partner: LeftTag | null;
}

/** What a picture of a width and height most likely is: panes along its longer side. */
export function firstDraft({suggestion}: LeftTag, width: number, height: number): SplitDraft {
  if (suggestion !== undefined) {
    return {...suggestion, cuts: null, cell: null, partner: null};
  }
  const axis = width >= height ? 'x' : 'y';
  const [long, short] = axis === 'x' ? [width, height] : [height, width];
  // Panes are mostly square, or as wide as two squares.
  const count = short > 0 && long % (3 * short) === 0 ? 3 : 2;
  return {axis, panes: usualPanes(count), cuts: null, cell: null, partner: null};
}

/** Which panes are likely, of two or more. */
export function usualPanes(count: number): readonly PaneRole[] {
  const pair: readonly PaneRole[] = ['groundTruth', 'prediction'];
  return count === 2
    ? pair
    : ['input', ...pair, ...Array.from({length: count - 3}, () => 'other' as const)];
}

/** Makes a pair of tags of it, or the first draft again where there is no partner. */
export function withPartner(
  draft: SplitDraft,
  partner: LeftTag | null,
  first: SplitDraft,
): SplitDraft {
  return partner === null
    ? first
    : {...draft, panes: usualPanes(2), cuts: null, cell: null, partner};
}

/** Moves one cut, not past its neighbours; `pixel` is the share of one. */
export function moveCut(
  draft: SplitDraft,
  index: number,
  share: number,
  pixel: number,
): SplitDraft {
  const cuts = [...cutShares(draft)];
  const low = (cuts[index - 1] ?? 0) + pixel;
  const high = (cuts[index + 1] ?? 1) - pixel;
  cuts[index] = clamp(Math.round(share / pixel) * pixel, low, Math.max(low, high));
  return {...draft, cuts};
}

/** Gives a pane a role; who had it gets the one that is free. */
export function assignRole(draft: SplitDraft, index: number, role: PaneRole): SplitDraft {
  const before = draft.panes[index]!;
  const panes = draft.panes.map((other, i) =>
    i === index ? role : role !== 'other' && other === role ? before : other,
  );
  return {...draft, panes};
}

/** Exchanges ground truth and prediction. */
export function swapRoles(draft: SplitDraft): SplitDraft {
  const swapped: Partial<Record<PaneRole, PaneRole>> = {
    groundTruth: 'prediction',
    prediction: 'groundTruth',
  };
  return {...draft, panes: draft.panes.map((role) => swapped[role] ?? role)};
}

/** Why a draft is no rule, or `null`. */
export function problemOf({panes}: SplitDraft): string | null {
  const missing = (['groundTruth', 'prediction'] as const).filter((role) => !panes.includes(role));
  return missing.length === 0
    ? null
    : `One pane must be the ${missing[0] === 'prediction' ? 'prediction' : 'ground truth'}.`;
}

export function ruleOf(draft: SplitDraft, subject: LeftTag): FileRule {
  const {axis, panes, cuts, cell, partner} = draft;
  if (partner !== null) {
    const [groundTruth, prediction] = tagsOf(draft, subject, partner);
    // Samples go together by their numbers, which both tags must have.
    const isNumbered = [groundTruth, prediction].every(({pattern}) => pattern.includes(SAMPLE));
    const takes = ({tag, pattern}: LeftTag) => (isNumbered ? pattern : escaped(tag));
    return {groundTruth: takes(groundTruth), prediction: takes(prediction)};
  }
  return {
    strip: subject.pattern,
    panes,
    axis,
    ...(cuts === null ? {} : {cuts: cuts.map((share) => Number(share.toFixed(6)))}),
    ...(cell === null ? {} : {grid: cell}),
  };
}

/** What a pair is called: without what numbers its samples, as the server names it. */
export function pairName(draft: SplitDraft, subject: LeftTag): string {
  const {partner} = draft;
  const {tag, pattern} = partner === null ? subject : tagsOf(draft, subject, partner)[1];
  const {prediction = pattern} = ruleOf(draft, subject);
  const place = prediction.indexOf(SAMPLE);
  if (place < 0) {
    return tag;
  }
  const after = unescaped(pattern.slice(place + SAMPLE.length));
  const before = unescaped(pattern.slice(0, place));
  const name = before.replace(/[/_ \-#([]+$/, '') + after.replace(/^[)\]]+/, '');
  return name === '' ? tag : name;
}

/** Ground truth and prediction of a pair of tags. */
function tagsOf({panes}: SplitDraft, subject: LeftTag, partner: LeftTag) {
  return panes[0] === 'groundTruth' ? ([subject, partner] as const) : ([partner, subject] as const);
}

function escaped(tag: string): string {
  return tag.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function unescaped(pattern: string): string {
  return pattern.replace(/\\(.)/g, '$1');
}
