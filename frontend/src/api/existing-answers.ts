// SPDX-License-Identifier: Apache-2.0
/** What answers say of pictures that are no records, with every member checked. */
import {
  optional,
  readCount,
  readList,
  readNumber,
  readObject,
  readOneOf,
  readText,
} from './reading.js';
import {
  PANE_ROLES,
  type CellSize,
  type ExistingPictures,
  type FileRule,
  type LeftTag,
  type PairSource,
  type PaneRole,
  type RunSource,
  type StripLayout,
} from './types.js';

export function readExisting(value: unknown, at: string): ExistingPictures {
  const object = readObject(value, at);
  return {
    left: readList(object.left, `${at}.left`, readLeft),
    problems: readList(object.problems, `${at}.problems`, readText),
  };
}

function readLeft(value: unknown, at: string): LeftTag {
  const object = readObject(value, at);
  return {
    tag: readText(object.tag, `${at}.tag`),
    pattern: readText(object.pattern, `${at}.pattern`),
    reason: readText(object.reason, `${at}.reason`),
    run: readText(object.run, `${at}.run`),
    runs: readCount(object.runs, `${at}.runs`),
    ...optional(object, 'suggestion', at, readPanes),
  };
}

function readPanes(
  value: unknown,
  at: string,
): {readonly panes: readonly PaneRole[]; readonly axis: 'x' | 'y'} {
  const object = readObject(value, at);
  return {
    panes: readList(object.panes, `${at}.panes`, (role, where) =>
      readOneOf(role, where, PANE_ROLES),
    ),
    axis: readOneOf(object.axis, `${at}.axis`, ['x', 'y']),
  };
}

export function readPairSource(value: unknown, at: string): PairSource {
  const object = readObject(value, at);
  return {
    source: readOneOf(object.source, `${at}.source`, ['images']),
    rule: readText(object.rule, `${at}.rule`),
    asRule: readRule(object.asRule, `${at}.asRule`),
    program: readText(object.program, `${at}.program`),
    limit: object.limit === null ? null : readCount(object.limit, `${at}.limit`),
    flag: readText(object.flag, `${at}.flag`),
  };
}

function readRule(value: unknown, at: string): FileRule {
  const object = readObject(value, at);
  return {
    ...(object.strip === undefined ? {} : readPanes(object, at)),
    ...optional(object, 'strip', at, readText),
    ...optional(object, 'cuts', at, readCuts),
    ...optional(object, 'groundTruth', at, readText),
    ...optional(object, 'prediction', at, readText),
    ...optional(object, 'input', at, readText),
    ...optional(object, 'grid', at, readGrid),
  };
}

export function readRunSource(value: unknown, at: string): RunSource {
  const object = readObject(value, at);
  return {
    loaded: readCount(object.loaded, `${at}.loaded`),
    unpaired: readCount(object.unpaired, `${at}.unpaired`),
  };
}

export function readStrip(value: unknown, at: string, pictures: number): StripLayout {
  const object = readObject(value, at);
  return {
    picture: readCount(object.picture, `${at}.picture`, pictures - 1),
    ...readPanes(object, at),
    ...optional(object, 'cuts', at, readCuts),
    ...optional(object, 'mustLookAlike', at, (must) => must === true),
  };
}

function readCuts(value: unknown, at: string): readonly number[] {
  return readList(value, at, readNumber);
}

export function readGrid(value: unknown, at: string): CellSize | false {
  if (value === false) {
    return false;
  }
  const object = readObject(value, at);
  return {
    width: readCount(object.width, `${at}.width`),
    height: readCount(object.height, `${at}.height`),
    padding: readCount(object.padding, `${at}.padding`),
  };
}
