// SPDX-License-Identifier: Apache-2.0
/** Names of runs, without what they have in common. */

/** What parts of a name of a run are set apart by; an underscore or a dash is within a word as often as not. */
const SEPARATORS = /[/\\,;:|\s]+/;

/**
 * Names without the parts that all of them have, by name: of `sweep/lr=1e-2,seed=0` and `sweep/lr=1e-3,seed=0` `lr=1e-2` and
 * `lr=1e-3`. A name of which nothing or nothing of its own would be left stays whole, and so does one alone.
 */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const parts = names.map((name) => name.split(SEPARATORS).filter((part) => part !== ''));
  const [first = [], ...others] = parts.map((ofName) => new Set(ofName));
  const common = new Set([...first].filter((part) => others.every((other) => other.has(part))));
  const short = names.map((name, i) => {
    const own = parts[i]!.filter((part) => !common.has(part));
    return names.length < 2 || own.length === 0 ? name : own.join(', ');
  });
  const times = new Map<string, number>();
  for (const name of short) {
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return new Map(names.map((name, i) => [name, times.get(short[i]!) === 1 ? short[i]! : name]));
}
