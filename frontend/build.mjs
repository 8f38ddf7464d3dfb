// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles the page into the Python package. `--watch` builds again on change, without minification.
 *
 * TensorBoard imports `index.js`, which loads the page: one file with all that is needed before something is clicked, for
 * every file is a connection of its own. Parts behind a click, and what only they share, are files too. All but `index.js`
 * and `worker.js` are named by their content, so they may be cached for ever.
 */
import {mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, watch} from 'rolldown';
import {scriptText} from './script-text.mjs';
import {unindentedTemplates} from './unindented-templates.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const outdir = resolve(here, '../tb_pairs_plugin/static');
const index = resolve(here, 'src/index.ts');
const page = resolve(here, 'src/page.ts');
const watching = process.argv.includes('--watch');

/** What each of the two files needs at once. @type {Set<string>} */
let ofIndex = new Set();
/** @type {Set<string>} */
let ofPage = new Set();
/** All modules. @type {Set<string>} */
const bundled = new Set();

/** @type {import('rolldown').Plugin} */
const bookkeeping = {
  name: 'bookkeeping',
  buildEnd() {
    const imported = (/** @type {string} */ entry) => {
      /** @type {Set<string>} */
      const found = new Set([entry]);
      for (const id of found)
        for (const other of this.getModuleInfo(id)?.importedIds ?? []) found.add(other);
      return found;
    };
    // The build of the worker has neither.
    if (this.getModuleInfo(page)) {
      ofIndex = imported(index);
      ofPage = imported(page);
    }
    for (const id of this.getModuleIds()) bundled.add(id);
  },
  async writeBundle() {
    await writeFile(join(outdir, 'LICENSES.txt'), await licences());
  },
};

/** @type {import('rolldown').InputOptions} */
const input = {
  cwd: here,
  platform: 'browser',
  tsconfig: true,
  transform: {target: 'es2022'},
  // Or a file that others import from would be parted from the page's own.
  preserveEntrySignatures: 'allow-extension',
  treeshake: {
    // What d3-scale-chromatic makes of its schemes, of which the page uses the colours alone.
    manualPureFunctions: ['ramp'],
  },
  plugins: [bookkeeping, scriptText, ...(watching ? [] : [unindentedTemplates])],
};

/** @type {import('rolldown').OutputOptions} */
const output = {
  dir: outdir,
  format: 'esm',
  minify: !watching,
  sourcemap: watching ? 'inline' : false,
  comments: false,
  // Beside index.js, so that `new URL('./worker.js', import.meta.url)` holds in every file.
  entryFileNames: ({name}) => (name === 'page' ? '[name]-[hash].js' : '[name].js'),
  chunkFileNames: '[name]-[hash].js',
  hashCharacters: 'hex',
};

const builds = [
  {
    ...input,
    input: {index, page},
    output: {
      ...output,
      codeSplitting: {
        groups: [
          {name: 'index', test: (/** @type {string} */ id) => ofIndex.has(id), priority: 2},
          {name: 'page', test: (/** @type {string} */ id) => ofPage.has(id), priority: 1},
        ],
      },
    },
  },
  // Whole by itself: a worker starts sooner than it could fetch what it shares with the page.
  {
    ...input,
    input: {worker: resolve(here, 'src/decode/worker.ts')},
    output: {...output, codeSplitting: false},
  },
];

await rm(outdir, {recursive: true, force: true});
await mkdir(outdir, {recursive: true});
if (watching) {
  watch(builds);
} else {
  await build(builds);
}

/** The licence texts of the packages that went into the bundle. */
async function licences() {
  const roots = new Set();
  for (const id of bundled) {
    // What the bundler itself adds has a name that no file has.
    if (id.startsWith('\0')) continue;
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id);
    if (match) roots.add(match[1]);
  }
  const texts = [];
  for (const root of [...roots].sort()) {
    const {name, version, license} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const file = (await readdir(root)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(root, file), 'utf8') : `Licensed under ${license}.\n`;
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
