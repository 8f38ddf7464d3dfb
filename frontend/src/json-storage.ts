// SPDX-License-Identifier: Apache-2.0
/** One value in the browser's storage. A browser that keeps nothing is as good as one that was never here. */

export class JsonStorage {
  constructor(
    private readonly storage: () => Storage,
    private readonly key: string,
  ) {}

  /** What was written last, unchecked; `null` where nothing was, or where it can't be read. */
  read(): unknown {
    try {
      return JSON.parse(this.storage().getItem(this.key) ?? 'null') as unknown;
    } catch {
      return null;
    }
  }

  write(value: unknown): void {
    try {
      this.storage().setItem(this.key, JSON.stringify(value));
    } catch {
      // Full or forbidden: the value ends with the page.
    }
  }
}
