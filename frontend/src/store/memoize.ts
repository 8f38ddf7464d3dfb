// SPDX-License-Identifier: Apache-2.0
/** Functions that are called again only with other arguments. */

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
