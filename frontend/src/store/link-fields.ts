// SPDX-License-Identifier: Apache-2.0
/** The parts of a view as parameters of a link: what several fields are made of. */
import {readNames, readNumber, writeNames, writeNumber} from './link-texts.js';
import {readSide, writeSide} from './sides.js';
import {parseStep} from './steps.js';
import type {ViewState} from './view.js';

export interface Field {
  readonly key: string;
  /** `undefined`: not written. */
  readonly write: (view: ViewState) => string | undefined;
  /** Nothing when the text is not understood. */
  readonly read: (text: string, view: ViewState) => Partial<ViewState>;
}

type KeyOf<T> = {
  [K in keyof ViewState]: ViewState[K] extends T ? (T extends ViewState[K] ? K : never) : never;
}[keyof ViewState];

export function textField(key: string, member: KeyOf<string>): Field {
  return {key, write: (view) => view[member], read: (text) => ({[member]: text})};
}

export function namesField(
  key: string,
  member: 'pinnedTags' | 'classTags' | 'collapsedTags' | 'runOrder',
): Field {
  return {
    key,
    write: (view) => writeNames(view[member]),
    read: (text) => ({[member]: readNames(text)}),
  };
}

/** An id of a class, or one of `words`. */
export function classField(
  key: string,
  member: 'isolatedClass' | 'background',
  ...words: readonly string[]
): Field {
  return {
    key,
    write: ({[member]: id}) => id?.toString(),
    read: (text) => {
      const id = /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
      const value = id ?? words.find((word) => word === text);
      return value === undefined ? {} : {[member]: value};
    },
  };
}

export function stepField(member: 'marked' | 'rankedAt'): Field {
  return {
    key: member,
    write: (view) => view[member] ?? undefined,
    read: (text) => readStepField(member, text),
  };
}

export function readStepField(
  member: 'step' | 'marked' | 'rankedAt',
  text: string,
): Partial<ViewState> {
  const step = parseStep(text);
  return step === null ? {} : {[member]: step};
}

export function sideField(member: 'a' | 'b'): Field {
  return {
    key: member,
    write: (view) => writeSide(view[member]),
    read: (text) => {
      const side = readSide(text);
      return side === undefined ? {} : {[member]: side};
    },
  };
}

export function numberField(member: KeyOf<number>, low: number, high: number): Field {
  return {
    key: member,
    write: (view) => writeNumber(view[member]),
    read: (text) => {
      const value = readNumber(text, low, high);
      return value === null ? {} : {[member]: value};
    },
  };
}
