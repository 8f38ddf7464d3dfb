// SPDX-License-Identifier: Apache-2.0
/** The formats of files that the export dialog makes, and how many steps they hold. */
import type {ExportFormat} from '../store/view.js';

/** What is asked for, its name, and what comes of it. */
export const FORMATS = [
  ['gif', 'GIF', 'This sample over the steps, as an animated picture.'],
  ['video', 'Video', 'This sample over the steps, as a video.'],
  [
    'page',
    'HTML page',
    'One file that still swipes, zooms and moves over the steps, with no server and no network.',
  ],
] as const satisfies readonly (readonly [ExportFormat, string, string])[];

export const MOST_STEPS: Readonly<Record<ExportFormat, number>> = {
  gif: 300,
  video: 1000,
  page: 1000,
};
export const USUAL_STEPS: Readonly<Record<ExportFormat, number>> = {gif: 60, video: 300, page: 12};
