// SPDX-License-Identifier: Apache-2.0
/** Pages with one element, for `tests/browser/elements/`: no TensorBoard, no server, only the element and its events. */
export * from './elements/app.js';
export * from './elements/blind.js';
export * from './elements/compare.js';
export * from './elements/confusions.js';
export * from './elements/existing.js';
export * from './elements/layouts.js';
export {send} from './elements/log.js';
export * from './elements/page.js';
export * from './elements/panes.js';
export {take} from './elements/put.js';
export * from './elements/rail.js';
export * from './elements/samples.js';
export * from './elements/time.js';
