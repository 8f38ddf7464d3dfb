// SPDX-License-Identifier: Apache-2.0
/** What is known of samples besides their pictures, as `weather` and `brightness`. */
import type {Attribute, RunSamples} from '../api/types.js';

export type Attributes = Readonly<Record<string, Attribute>>;

const NONE: Attributes = {};

export type AttributesOf = (sample: string) => Attributes;

/** The attributes of each sample; of several runs that know one, the first tells it. */
export function attributesOf(tables: readonly RunSamples[]): AttributesOf {
  const known = new Map<string, Record<string, Attribute>>();
  for (const {samples, attributes} of tables) {
    for (const [name, column] of Object.entries(attributes)) {
      samples.forEach((sample, i) => {
        const value = column[i];
        if (value !== null && value !== undefined) {
          const ofSample = known.get(sample) ?? {};
          ofSample[name] ??= value;
          known.set(sample, ofSample);
        }
      });
    }
  }
  return (sample) => known.get(sample) ?? NONE;
}

/** The names of all attributes, in order of first appearance. */
export function attributeNames(tables: readonly RunSamples[]): readonly string[] {
  return [...new Set(tables.flatMap(({attributes}) => Object.keys(attributes)))];
}
