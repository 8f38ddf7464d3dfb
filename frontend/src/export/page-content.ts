// SPDX-License-Identifier: Apache-2.0
/** The data of an exported page, as it is written into the file and read by its script. */
import type {LegendEntry} from '../kinds/legend.js';

/** What an exported page shows. All of it is data: names and captions may hold anything. */
export interface PageContent {
  readonly tag: string;
  /** What the samples are sorted by; may be empty. */
  readonly order: string;
  /** As they are written; one for each step of the slider. */
  readonly steps: readonly string[];
  readonly runs: readonly PageRun[];
  readonly classes: readonly PageClass[];
  /** What the colours of pictures mean, besides classes; each once. */
  readonly legends: readonly (readonly LegendEntry[])[];
  /** Magnified pictures fade from pixel to pixel. */
  readonly smooth: boolean;
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

export interface PageSample {
  readonly id: string;
  readonly flagged: boolean;
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  /** One for each step; empty where no run logged an input. */
  readonly inputs: readonly PagePicture[];
  readonly truths: readonly PagePicture[];
  /** By run, then by step. */
  readonly predictions: readonly (readonly PagePrediction[])[];
  /** For each step the place in `PageContent.legends`; -1 where there is no ground truth. */
  readonly legends: readonly number[];
}

export interface PagePicture {
  /** Its place in `PageContent.pictures`; -1 where there is none. */
  readonly picture: number;
  readonly badges: readonly PageBadge[];
}

/** What is to be known of a picture. */
export interface PageBadge {
  readonly text: string;
  /** Said in full. */
  readonly title: string;
}

export interface PagePrediction extends PagePicture {
  /** Its score, as written; empty without. */
  readonly note: string;
}
