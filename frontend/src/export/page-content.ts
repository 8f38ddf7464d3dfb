// SPDX-License-Identifier: Apache-2.0
/** The data of an exported page, as it is written into the file and read by its script. */

/** What an exported page shows. All of it is data: names and captions may hold anything. */
export interface PageContent {
  readonly tag: string;
  /** What the samples are sorted by; may be empty. */
  readonly order: string;
  /** As they are written; one for each step of the slider. */
  readonly steps: readonly string[];
  readonly runs: readonly PageRun[];
  readonly classes: readonly PageClass[];
  readonly samples: readonly PageSample[];
  /** `data:` URLs of PNGs, each once. */
  readonly pictures: readonly string[];
}

export interface PageRun {
  readonly name: string;
  /** The name's beginning, which is cut where there is no room, and its end. */
  readonly parts: readonly [string, string];
  /** `#rrggbb` */
  readonly color: string;
}

export interface PageClass {
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
}

/** Pictures are places in `PageContent.pictures`; -1 where there is none. */
export interface PageSample {
  readonly id: string;
  readonly flagged: boolean;
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  /** One for each step; empty where no run logged an input. */
  readonly inputs: readonly number[];
  readonly truths: readonly number[];
  /** By run, then by step. */
  readonly predictions: readonly (readonly PagePrediction[])[];
}

export interface PagePrediction {
  readonly picture: number;
  /** Its score, as written; empty without. */
  readonly note: string;
  /** Its own step as written where it is not the slider's; else empty. */
  readonly step: string;
}
