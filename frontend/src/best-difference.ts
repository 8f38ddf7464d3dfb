// SPDX-License-Identifier: Apache-2.0
/** The difference that a view begins with, for the rooms, the view and the rail. */

/** As in links: each kind draws its own best, `defaultDifference`, unless the rest of the request asks for less. */
export const BEST_DIFFERENCE = 'auto';
