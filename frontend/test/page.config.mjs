// SPDX-License-Identifier: Apache-2.0
/** Bundles one of this folder's pages for the tests in Chromium: the options that the command line does not have. */
import {scriptText} from '../script-text.mjs';

export default {platform: 'browser', tsconfig: 'tsconfig.json', plugins: [scriptText]};
