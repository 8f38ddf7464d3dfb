// SPDX-License-Identifier: Apache-2.0
/** What panes show while the pictures they want are fetched and decoded. */
import type {Picture} from '../kinds/kind.js';
import type {DecodedRaster} from '../pixels/raster.js';
import type {FetchedPicture} from '../store/data.js';

/** A picture that was wanted, and what it becomes once it is decoded. */
export interface WantedPicture {
  readonly stored: FetchedPicture;
  readonly build: (raster: DecodedRaster) => Picture | undefined;
}

/** Of one pane; a machine that is further behind shows what it has. */
const MOST_PASSED = 16;

/**
 * The picture that each pane showed last. Where steps pass more quickly than they are decoded, it moves on to the latest
 * of those that were wanted meanwhile and are decoded by now: a pane lags behind the slider, but it does not stand still.
 */
export class ShownPictures {
  readonly #last = new Map<string, Picture>();
  /** By pane, those wanted since, the oldest first. */
  readonly #passed = new Map<string, WantedPicture[]>();

  clear(): void {
    this.#last.clear();
    this.#passed.clear();
  }

  /** Notes that a pane shows the picture it wants. */
  show(pane: string, picture: Picture): void {
    this.#last.set(pane, picture);
    this.#passed.delete(pane);
  }

  /** What a pane shows until `wanted` is there; undefined `wanted` is not fetched yet. */
  standIn(
    pane: string,
    wanted: WantedPicture | undefined,
    decoded: (picture: FetchedPicture) => DecodedRaster | undefined,
  ): Picture | undefined {
    const passed = this.#passed.get(pane) ?? [];
    for (let i = passed.length - 1; i >= 0; i--) {
      const {stored, build} = passed[i]!;
      const raster = decoded(stored);
      const picture = raster && build(raster);
      if (picture !== undefined) {
        this.#last.set(pane, picture);
        passed.splice(0, i + 1);
        break;
      }
    }
    if (wanted !== undefined && passed.at(-1)?.stored !== wanted.stored) {
      this.#passed.set(pane, [...passed, wanted].slice(-MOST_PASSED));
    }
    return this.#last.get(pane);
  }
}
