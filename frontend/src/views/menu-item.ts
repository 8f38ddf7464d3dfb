// SPDX-License-Identifier: Apache-2.0
/** An entry of a menu. */

export interface MenuItem {
  readonly id: string;
  readonly text: string;
  /** A key that does the same. */
  readonly key?: string | undefined;
  /** Begins a new group. */
  readonly parted?: boolean | undefined;
}
