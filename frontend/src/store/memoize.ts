// SPDX-License-Identifier: Apache-2.0
/** Functions that are called again only with other arguments, and values that stay the same objects. */

/** Calls `make` only when an input is another object than last time. */
export function once<A extends readonly unknown[], T>(
  make: (...inputs: A) => T,
): (...inputs: A) => T {
  let last: {readonly inputs: A; readonly made: T} | undefined;
  return (...inputs) => {
    if (last === undefined || last.inputs.some((input, i) => input !== inputs[i])) {
      last = {inputs, made: make(...inputs)};
    }
    return last.made;
  };
}

/** `once`, for each key of its own. */
export function onceEach<A extends readonly unknown[], T>(
  make: (...inputs: A) => T,
): (key: string, ...inputs: A) => T {
  const makers = new Map<string, (...inputs: A) => T>();
  return (key, ...inputs) => {
    let maker = makers.get(key);
    if (maker === undefined) {
      maker = once(make);
      makers.set(key, maker);
    }
    return maker(...inputs);
  };
}

/** Gives back what it is given, or what it gave last where that has the same members. */
export function whileSame<T extends object>(): (value: T) => T {
  let last: T | undefined;
  return (value) => {
    if (last === undefined || !hasSameMembers(last, value)) {
      last = value;
    }
    return last;
  };
}

function hasSameMembers<T extends object>(one: T, other: T): boolean {
  const keys = Object.keys(other) as (keyof T)[];
  return (
    keys.length === Object.keys(one).length && keys.every((key) => Object.is(one[key], other[key]))
  );
}
