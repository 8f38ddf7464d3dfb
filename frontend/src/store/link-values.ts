// SPDX-License-Identifier: Apache-2.0
/** Parts of a view that are more than a name or a number, as texts of a link. */
import {SIZES} from '../layouts/layout.js';
import {layoutNamed, type TagLayout} from '../layouts/registry.js';
import {isOneOf, readNames, readNumber, writeNames, writeNumber} from './link-texts.js';
import type {Sliders} from '../sliders.js';
import type {
  Anchor,
  ChosenConfusion,
  DisplaySettings,
  OpenSample,
  PinnedCrossHair,
  ViewState,
} from './view.js';

/** `tag,sample,sample;tag,sample` */
export function writeFlags(flags: readonly OpenSample[]): string {
  const tags = [...new Set(flags.map(({tag}) => tag))];
  return tags
    .map((tag) =>
      writeNames([tag, ...flags.flatMap((flag) => (flag.tag === tag ? flag.sample : []))]),
    )
    .join(';');
}

export function readFlags(text: string): readonly OpenSample[] {
  const [tag, ...samples] = readNames(text);
  return tag === undefined ? [] : samples.map((sample) => ({tag, sample}));
}

export function writeLayout({tag, layout, size, run}: TagLayout): string {
  return writeNames([tag, layout ?? '', size ?? '', ...(run === null ? [] : [run])]);
}

export function readLayout(text: string): readonly TagLayout[] {
  const [tag, layout, size, run = null] = readNames(text);
  if (tag === undefined) {
    return [];
  }
  const choice: TagLayout = {
    tag,
    layout: layoutNamed(layout)?.id ?? null,
    size: isOneOf(size, SIZES) ? size : null,
    run,
  };
  const isEmpty = choice.layout === null && choice.size === null && choice.run === null;
  return isEmpty ? [] : [choice];
}

/** `tag,run,truth,predicted` */
export function writeConfusion({tag, run, truth, predicted}: ChosenConfusion): string {
  return writeNames([tag, run, String(truth), String(predicted)]);
}

export function readConfusion(text: string): Partial<ViewState> {
  const [tag, run, ...ids] = readNames(text);
  const [truth, predicted] = ids.filter((id) => /^-?\d{1,15}$/.test(id)).map(Number);
  return tag === undefined || run === undefined || truth === undefined || predicted === undefined
    ? {}
    : {confusion: {tag, run, truth, predicted}};
}

type Limits = DisplaySettings['limits'];

/** `image:0.1:0.8` */
export function writeLimits({of, range}: NonNullable<Limits>): string {
  return [of, ...range.map(writeNumber)].join(':');
}

export function readLimits(text: string): Limits {
  const [of, low, high] = text.split(':');
  const [from, to] = [readNumber(low ?? ''), readNumber(high ?? '')];
  return of === undefined || !/^[a-z]{1,40}$/.test(of) || from === null || to === null || from >= to
    ? null
    : {of, range: [from, to]};
}

/** Whether a text may be the id of a switch or a slider; which there are, their kinds say. */
export function isControlId(text: string): boolean {
  return /^[a-z]{1,40}$/i.test(text);
}

/** `exposure:0.5,gamma:2` */
export function writeSliders(sliders: Sliders): string {
  return Object.entries(sliders)
    .map(([id, value]) => `${id}:${writeNumber(value)}`)
    .join(',');
}

export function readSliders(text: string): Sliders {
  const pairs = text.split(',').map((one): [string, number | null] => {
    const [id = '', value = ''] = one.split(':');
    return [id, readNumber(value)];
  });
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, number] => isControlId(pair[0]) && pair[1] !== null),
  );
}

/** `tag,sample` */
export function writeOpen({tag, sample}: OpenSample): string {
  return writeNames([tag, sample]);
}

export function readOpen(text: string): Partial<ViewState> {
  const [tag, sample] = readNames(text);
  return tag === undefined || sample === undefined ? {} : {open: {tag, sample}};
}

/** `tag,sample` or `tag,sample,columns` */
export function writeAnchor({tag, sample, columns}: Anchor): string {
  return writeNames([tag, sample, ...(columns === undefined ? [] : [writeNumber(columns)])]);
}

export function readAnchor(text: string): Partial<ViewState> {
  const [tag, sample, left] = readNames(text);
  const columns = readNumber(left ?? '', 0);
  return tag === undefined || sample === undefined
    ? {}
    : {anchor: {tag, sample, ...(columns !== null && {columns})}};
}

/** `tag,sample,x,y` */
export function writeCrossHair({tag, sample, x, y}: PinnedCrossHair): string {
  return writeNames([tag, sample, writeNumber(x), writeNumber(y)]);
}

export function readCrossHair(text: string): Partial<ViewState> {
  const [tag, sample, ...place] = readNames(text);
  const [x, y] = place.map((number) => readNumber(number, 0));
  return tag === undefined || sample === undefined || x == null || y == null
    ? {}
    : {crossHair: {tag, sample, x, y}};
}
