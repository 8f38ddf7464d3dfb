// SPDX-License-Identifier: Apache-2.0

/** The JSON of `http_api.md`, after the strings that stand for non-finite numbers were read. */

/** A step as JSON has it: a decimal integer that may exceed 2^53. */
export type Step = string;

/** A run and one of its steps. */
export interface RunStep {
  readonly run: string;
  readonly step: Step;
}

/** The first 32 hexadecimal digits of the SHA-256 of a picture's blob. */
export type Digest = string;

export interface MaskClass {
  readonly id: number;
  readonly name?: string;
  /** `#rrggbb` */
  readonly color?: string;
}

/**
 * What a tag says of its kind. The members listed here mean the same in every kind. All others are of one kind alone, and stay as
 * the JSON has them until its room in `kinds/` reads them (`Kind.readTag`).
 */
export interface TagKind {
  readonly name: string;
  /** Where pixels are classes, be it none; absent: they are numbers or colours. */
  readonly classes?: readonly MaskClass[];
  /** Ids of classes that do not count. */
  readonly ignore?: readonly number[];
  /** Not of the server: the kind that the record says, where the viewer reads its integers as classes. */
  readonly recoveredFrom?: TagKind;
  /** Not of the server: the class that is background, `null` for none; absent: those that are called so. See `background.ts`. */
  readonly background?: number | null;
  readonly [member: string]: unknown;
}

/** `null`: not measured. */
export type Metric = number | null;

/** `GET tags` */
export interface Catalog {
  readonly runs: readonly string[];
  readonly tags: readonly CatalogTag[];
  readonly skipped: readonly Skipped[];
  readonly kept: Kept;
  /** Absent where the log has no pictures of the Images dashboard. */
  readonly existing?: ExistingPictures;
}

/** Pictures of the Images dashboard that are in no pair, and what is wrong in the rules for them. */
export interface ExistingPictures {
  readonly left: readonly LeftTag[];
  readonly problems: readonly string[];
}

export interface LeftTag {
  readonly tag: string;
  /** The expression of a rule that takes it, and those that number other samples. */
  readonly pattern: string;
  readonly reason: string;
  /** A run that has it. */
  readonly run: string;
  readonly runs: number;
  /** What is too unsure to be shown without being asked. */
  readonly suggestion?: {readonly panes: readonly PaneRole[]; readonly axis: 'x' | 'y'};
}

export const PANE_ROLES = ['groundTruth', 'prediction', 'input', 'other'] as const;
export type PaneRole = (typeof PANE_ROLES)[number];

/** A rule of a rule file (`docs/existing_logs.md`): for strips, or for pairs of tags. */
export interface FileRule {
  readonly strip?: string;
  readonly panes?: readonly PaneRole[];
  readonly axis?: 'x' | 'y';
  readonly cuts?: readonly number[];
  readonly groundTruth?: string;
  readonly prediction?: string;
  readonly input?: string;
  readonly grid?: CellSize | false;
  readonly classes?: readonly MaskClass[];
}

/** Of the samples of a grid, with the pixels between them and around them. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
  readonly padding: number;
}

/** Where a pair comes from that is no record. */
export interface PairSource {
  readonly source: 'images';
  /** The rule that found it. */
  readonly rule: string;
  /** The rule of a rule file that says the same. */
  readonly asRule: FileRule;
  /** What keeps the pictures in memory, as a sentence names it. */
  readonly program: string;
  /** Pictures kept per run and tag; 0 is all, `null` is unknown. */
  readonly limit: number | null;
  /** What to start the program with to keep more. */
  readonly flag: string;
}

export interface CatalogTag {
  readonly tag: string;
  readonly series: readonly CatalogSeries[];
}

/** The runs of a tag that agree on kind and description. */
export interface CatalogSeries {
  /** Indices into `Catalog.runs`. */
  readonly runs: readonly number[];
  /** Markdown source; show it as text. */
  readonly description: string;
  readonly kind: TagKind;
  /** Absent for records. */
  readonly source?: PairSource;
}

export interface Skipped {
  readonly run: string;
  readonly tag: string;
  readonly reason: string;
}

export interface Kept {
  /** What keeps them, as a sentence names it. */
  readonly program: string;
  /** Steps kept per run and tag; 0 is all, `null` is unknown. */
  readonly limit: number | null;
  /** What to start the program with to keep all. */
  readonly flag: string;
}

/** `GET hparams`, by run. */
export type Hparams = Readonly<Record<string, RunHparams>>;

export interface RunHparams {
  /** The run that they were logged in. */
  readonly session: string;
  readonly values: Readonly<Record<string, Attribute>>;
  /** How many more there are. */
  readonly omitted?: number;
  /** Why they can't be read. */
  readonly error?: string;
}

/** `GET series` */
export interface TagSeries {
  readonly tag: string;
  readonly runs: Readonly<Record<string, RunSeries>>;
}

export interface RunSeries {
  /** Ascending. */
  readonly steps: readonly Step[];
  /** Seconds since the epoch, one per step. */
  readonly wallTimes: readonly number[];
  /** Steps written, of which `steps` were kept. */
  readonly logged: number;
  /** Kept steps whose records are of before a restart that went back to them. */
  readonly beforeRestart: readonly Step[];
  /** Ids of all kept steps in order of first appearance. */
  readonly samples: readonly string[];
  /** One mean per step. */
  readonly metrics: Readonly<Record<string, readonly Metric[]>>;
  /** Names of metrics of which a small value is the good one. */
  readonly lowerIsBetter: readonly string[];
  /** The distinct sets of samples of the records and of the means; absent where none is known. */
  readonly sampleSets?: readonly SampleSet[];
  /** For each step which of them the record holds; absent: the first. */
  readonly recordSets?: readonly (number | null)[];
  /** For each step which of them a mean is over; absent: all that the record holds. */
  readonly meanSets?: Readonly<Record<string, readonly (number | null)[]>>;
  /** Where some step is of another kind than the catalog says: the kinds, and for each step which of them it is; `null`: not told. */
  readonly kinds?: readonly TagKind[];
  readonly kindAt?: readonly (number | null)[];
  /** Absent for records. */
  readonly source?: RunSource;
}

/** `mark` is the same for the same samples in every run. */
export interface SampleSet {
  readonly count: number;
  readonly mark: string;
}

/** What a run has of a pair that is no record. */
export interface RunSource {
  /** Steps that are shown. */
  readonly loaded: number;
  /** Kept predictions without a ground truth. */
  readonly unpaired: number;
  /** Why nothing is shown. */
  readonly note?: string;
  /** The colours of the last ground truth and prediction, where they are few. */
  readonly colors?: readonly string[];
}

/** `GET samples` */
export interface TagSamples {
  readonly tag: string;
  readonly runs: Readonly<Record<string, RunSamples>>;
}

export interface RunSamples {
  readonly steps: readonly Step[];
  readonly samples: readonly string[];
  /** `metrics[name][i][j]` belongs to `samples[i]` at `steps[j]`. */
  readonly metrics: Readonly<Record<string, readonly (readonly Metric[])[]>>;
  /** By sample, the steps at which its ground truth differs from that at the previous kept step it is in. */
  readonly changed: Readonly<Record<string, readonly Step[]>>;
  /** By sample, the indices of the steps whose record does not hold it. */
  readonly missing: Readonly<Record<string, ReadonlySet<number>>>;
  /** `attributes[name][i]` is what the newest record that holds `samples[i]` says of it; `null` where it says nothing. */
  readonly attributes: Readonly<Record<string, readonly (Attribute | null)[]>>;
}

/** Something that is known of a sample. */
export type Attribute = string | number | boolean;

/** Pixels of masks by class. Lists of one length: `ids` and the three after it, and those of `confusions`. */
export interface ClassCounts {
  /** The samples that these are sums over. */
  readonly counted: number;
  readonly ids: readonly number[];
  readonly truePositive: readonly number[];
  readonly falsePositive: readonly number[];
  readonly falseNegative: readonly number[];
  /** How many classes were left out, those of the fewest pixels. */
  readonly omittedClasses?: number;
  /** Off the diagonal; absent where no pixel is wrong. */
  readonly confusions?: {
    readonly truth: readonly number[];
    readonly predicted: readonly number[];
    readonly pixels: readonly number[];
  };
  /** How many pixels are in confusions that were left out. */
  readonly omittedPixels?: number;
}

/** One run at one step: the counts of all its samples. */
export interface RecordCounts {
  readonly run: string;
  readonly step: Step;
  /** How many samples the record has. */
  readonly samples?: number;
  /** Absent: nothing was counted when the record was written. */
  readonly total?: ClassCounts;
  /** Of the samples asked for that the record has; `null` was not counted. */
  readonly each?: Readonly<Record<string, ClassCounts | null>>;
  /** Why the counts can't be had. */
  readonly error?: string;
}

/** `GET counts`; what was left out, for the answer would have been too long, is absent. */
export interface TagCounts {
  readonly counts: readonly RecordCounts[];
}

/** The parts of a sample. */
export const ROLES = ['groundTruth', 'prediction', 'input'] as const;
export type Role = (typeof ROLES)[number];

/** `encoded`: any PNG, JPEG or GIF, which was not written for exact values. */
export type Layout = 'plain' | 'split' | 'neighbors' | 'encoded';

export interface PictureMetadata {
  readonly digest: Digest;
  /** Of a ground truth: a digest of its values, whatever their dtype and however they are stored. */
  readonly valueDigest?: Digest;
  readonly width: number;
  readonly height: number;
  /** 1 grey, class id or number; 2 grey and alpha; 3 RGB; 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4;
  /** 32: the bits of 32-bit floats, of a heatmap. */
  readonly bits: 8 | 16 | 32;
  /**
   * `split`: the PNG is two or four times as high, higher bytes above lower bytes.
   * `neighbors`: each value is written as which of its neighbours it equals.
   */
  readonly layout: Layout;
  /** How many values equal no neighbour; in layout `neighbors` only. */
  readonly literals?: number;
  readonly dtype?: string;
  /** Mask: the stored value v means class id `ids[v]`. */
  readonly ids?: readonly number[];
  /** Heatmap: what the stored values span. */
  readonly range?: readonly [number, number];
  /** Share, 0 to 1, of the pixels that were clipped to the range. */
  readonly clipped?: number;
  /** In layout `encoded`: such as `image/png`. */
  readonly mediaType?: string;
  /** Where this is in what the blob holds, and how large that is. */
  readonly crop?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Drawn masks: the colour of each stored value, `#rrggbb`; every other colour is the value after them. */
  readonly palette?: readonly string[];
  /** Whether only the very colour counts, not those near it. */
  readonly exact?: boolean;
  /** Why the picture can't be had. */
  readonly error?: string;
  /** The answer had no room for it: it comes where fewer samples are asked for. */
  readonly noRoom?: boolean;
}

/** How one picture holds the parts of a sample. */
export interface StripLayout {
  /** Index into the frame's `pictures`. */
  readonly picture: number;
  /** From left to right, or from top to bottom. */
  readonly panes: readonly PaneRole[];
  readonly axis: 'x' | 'y';
  /** Where each pane after the first begins, as shares; absent: panes of one size. */
  readonly cuts?: readonly number[];
  readonly mustLookAlike?: boolean;
}

/** A sample of a frame; the parts are indices into the frame's `pictures`. */
export interface FrameSample {
  readonly id: string;
  readonly caption?: string;
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** Where pixels are numbers: what the colours span in ground truth and prediction. Absent: the kind's, or else what the two were stored over. */
  readonly range?: readonly [number, number];
  readonly groundTruth?: number;
  readonly prediction?: number;
  readonly input?: number;
  /** Instead of the parts: one picture that holds them. */
  readonly strip?: StripLayout;
  /** What a rule says of grids; absent: they are looked for. */
  readonly grid?: CellSize | false;
}

/** One run at one step. */
export interface Frame {
  readonly run: string;
  readonly step: Step;
  readonly wallTime?: number;
  /** What the pixels of this record mean; absent, it is as the catalog says. */
  readonly kind?: TagKind;
  readonly samples?: readonly FrameSample[];
  readonly pictures?: readonly PictureMetadata[];
  /** Why the frame can't be had; then there are no `samples`. */
  readonly error?: string;
}

/** `GET frames`, parsed. */
export interface Bundle {
  readonly frames: readonly Frame[];
  readonly blobs: ReadonlyMap<Digest, Uint8Array<ArrayBuffer>>;
  /** How many of the last elements of `at` were left out. */
  readonly omitted: number;
}
