// SPDX-License-Identifier: Apache-2.0
/** What panes show while the pictures they want are fetched and decoded. */
import type {Role} from '../api/types.js';
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';

/** A picture that was wanted, and what it becomes once it is decoded. */
export interface WantedPicture {
  readonly stored: FetchedPicture;
  readonly build: (raster: DecodedRaster) => Picture | undefined;
}

/** The pictures of one sample of a record. */
export type WantedRecord = ReadonlyMap<Role, WantedPicture>;

export interface ShownPicture {
  readonly stored: FetchedPicture;
  readonly picture: Picture;
}

export type ShownRecord = ReadonlyMap<Role, ShownPicture>;

/** Of one run; a machine that is further behind shows what it has. */
const MOST_PASSED = 16;

/**
 * The pictures that the panes of each run showed last. Where steps pass more quickly than they are decoded, they move on to the
 * latest of those that were wanted meanwhile and are decoded by now: panes lag behind the slider, but they do not stand still.
 * All pictures of a run are of one record: a ground truth of one step is never compared with a prediction of another.
 */
export class ShownPictures {
  readonly #last = new Map<string, ShownRecord>();
  /** By run, those wanted since, the oldest first. */
  readonly #passed = new Map<string, WantedRecord[]>();

  clear(): void {
    this.#last.clear();
    this.#passed.clear();
  }

  /** Notes that a run's panes show the pictures they want. */
  show(place: string, record: ShownRecord): void {
    this.#last.set(place, record);
    this.#passed.delete(place);
  }

  /** What a run's panes show until `wanted` is there; undefined `wanted` is not fetched yet. */
  standIn(
    place: string,
    wanted: WantedRecord | undefined,
    decoded: (picture: FetchedPicture) => DecodedRaster | undefined,
  ): ShownRecord | undefined {
    const passed = this.#passed.get(place) ?? [];
    for (let i = passed.length - 1; i >= 0; i--) {
      const record = builtRecord(passed[i]!, decoded);
      if (record !== undefined) {
        this.#last.set(place, record);
        passed.splice(0, i + 1);
        break;
      }
    }
    if (wanted !== undefined && !wantsSame(passed.at(-1), wanted)) {
      this.#passed.set(place, [...passed, wanted].slice(-MOST_PASSED));
    }
    return this.#last.get(place);
  }
}

/** Undefined until all pictures are decoded. */
function builtRecord(
  wanted: WantedRecord,
  decoded: (picture: FetchedPicture) => DecodedRaster | undefined,
): ShownRecord | undefined {
  const record = new Map<Role, ShownPicture>();
  for (const [role, {stored, build}] of wanted) {
    const raster = decoded(stored);
    const picture = raster && build(raster);
    if (picture === undefined) {
      return undefined;
    }
    record.set(role, {stored, picture});
  }
  return record;
}

function wantsSame(one: WantedRecord | undefined, other: WantedRecord): boolean {
  return (
    one?.size === other.size &&
    [...other].every(([role, {stored}]) => one.get(role)?.stored === stored)
  );
}
