// SPDX-License-Identifier: Apache-2.0
/** What lies behind masks and differences: dark in both themes, so that class colours look the same in both. */

export const GROUND = 0x11151a;
