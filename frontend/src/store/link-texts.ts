// SPDX-License-Identifier: Apache-2.0
/** Numbers and names as the texts of a link's parameters. */

/** As many as tell floats of 32 bits apart. */
const DIGITS = 9;

export function writeNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

export function readNumber(text: string, low = -Infinity, high = Infinity): number | null {
  const value = Number(text);
  return text === '' || !Number.isFinite(value) || value < low || value > high ? null : value;
}

export function writeNames(names: readonly string[]): string {
  return names.map(encodeURIComponent).join(',');
}

export function readNames(text: string): readonly string[] {
  if (text === '') {
    return [];
  }
  return text.split(',').flatMap((name) => {
    try {
      return decodeURIComponent(name);
    } catch {
      return [];
    }
  });
}

export function isOneOf<T extends string>(
  text: string | undefined,
  choices: readonly T[],
): text is T {
  return choices.some((choice) => choice === text);
}
