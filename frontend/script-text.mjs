// SPDX-License-Identifier: Apache-2.0
/** Lets a module import another as the text of a whole script: `import script from './viewer/index.ts?script'`. */
import {dirname, resolve} from 'node:path';
import {build} from 'rolldown';

const SUFFIX = '?script';

/** @type {import('rolldown').Plugin} */
export const scriptText = {
  name: 'script-text',
  resolveId(source, importer) {
    return source.endsWith(SUFFIX) && importer ? resolve(dirname(importer), source) : null;
  },
  async load(id) {
    if (!id.endsWith(SUFFIX)) {
      return null;
    }
    const {output} = await build({
      input: id.slice(0, -SUFFIX.length),
      platform: 'browser',
      tsconfig: true,
      transform: {target: 'es2022'},
      output: {format: 'iife', minify: true, comments: false},
      write: false,
    });
    for (const file of Object.keys(output[0].modules)) {
      this.addWatchFile(file);
    }
    return `export default ${JSON.stringify(output[0].code.trim())};`;
  },
};
