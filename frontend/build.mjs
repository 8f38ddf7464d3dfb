// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles the page into the Python package. `--watch` builds again on change, without minification.
 * TensorBoard imports `index.js`; the other chunks are named by their content, so they may be cached for ever.
 */
import {mkdir, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import * as esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const outdir = resolve(here, '../tb_pairs_plugin/static');
const watching = process.argv.includes('--watch');

/** @type {esbuild.Plugin} */
const finish = {
  name: 'finish',
  setup(build) {
    build.onStart(async () => {
      await rm(outdir, {recursive: true, force: true});
      await mkdir(outdir, {recursive: true});
    });
    build.onEnd(async ({errors, metafile}) => {
      if (errors.length || !metafile) return;
      await writeFile(join(outdir, 'LICENSES.txt'), await licences(metafile));
    });
  },
};

const context = await esbuild.context({
  absWorkingDir: here,
  entryPoints: ['src/index.ts', 'src/decode/worker.ts'],
  entryNames: '[name]',
  // Beside index.js, so that `new URL('./worker.js', import.meta.url)` holds in every chunk.
  chunkNames: '[name]-[hash]',
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: !watching,
  sourcemap: watching ? 'inline' : false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'info',
  plugins: [finish],
});

if (watching) {
  await context.watch();
} else {
  await context.rebuild();
  await context.dispose();
}

/**
 * The licence texts of the packages that went into the bundle.
 * @param {esbuild.Metafile} metafile
 */
async function licences(metafile) {
  const roots = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    // esbuild marks what a package leaves out for browsers.
    const match = /^(?:\(disabled\):)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) roots.add(match[1]);
  }
  const texts = [];
  for (const root of [...roots].sort()) {
    const folder = join(here, root);
    const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), 'utf8') : `Licensed under ${license}.\n`;
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
