// SPDX-License-Identifier: Apache-2.0
import {defineConfig} from 'vitest/config';
import {scriptText} from './script-text.mjs';

export default defineConfig({
  plugins: [scriptText],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    passWithNoTests: true,
    // A slow machine fails no test: what hangs is ended by whoever runs them all.
    testTimeout: 120_000,
  },
});
