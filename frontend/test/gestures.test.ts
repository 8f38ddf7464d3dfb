// SPDX-License-Identifier: Apache-2.0
/** Every element that listens to keys or to the pointer is driven alone, by a test in `tests/browser/elements/`. */
import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {expect, it} from 'vitest';

const EVENT = '(?:key(?:down|up)|pointer\\w+|mouse\\w+|touch\\w+|drag\\w*|drop|wheel|dblclick)';
const LISTENS = new RegExp(`@${EVENT}=|addEventListener\\(\\s*'${EVENT}'`);

function read(folder: string, ending: string): ReadonlyMap<string, string> {
  const root = new URL(folder, import.meta.url);
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'})
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(ending) && !/\.(test|fixture)\.ts$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(new URL(name, root), 'utf8')]));
}

const sources = read('../src/', '.ts');
const pages = read('./elements/', '.ts');
const tests = [...read('../../tests/browser/elements/', '.py').values()].join('\n');

/** Whether a file listens itself, or a behaviour that it has does. */
function listens(name: string): boolean {
  const text = sources.get(name) ?? '';
  const behaviors = [...text.matchAll(/^import (?!type )[^;]*?'(\.[^']*)\.js';/gm)]
    .map(([, path]) => `${posix.join(posix.dirname(name), path!)}.ts`)
    .filter((path) => path.startsWith('components/behaviors/'));
  return LISTENS.test(text) || behaviors.some(listens);
}

const elements = [...sources].flatMap(([name, text]) => {
  const tag = /@customElement\('([^']+)'\)/.exec(text)?.[1];
  return tag !== undefined && listens(name) ? [tag] : [];
});

it('finds elements that listen themselves, and by what they share', () => {
  for (const tag of [
    'pairs-menu',
    'pairs-split',
    'pairs-film-strip',
    'pairs-app',
    'pairs-card-list',
  ]) {
    expect(elements).toContain(tag);
  }
  expect(elements).not.toContain('pairs-legend');
});

it.each(elements)('%s is driven by a test', (tag) => {
  const isPut = [...pages.values()].some((text) => text.includes(`createElement('${tag}')`));
  expect(isPut || new RegExp(`"[^"\\n]*\\b${tag}\\b(?!-)`).test(tests)).toBe(true);
});

it('has a test for each page with one element', () => {
  const shown = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/^export (?:async )?function (show\w+)/gm)].map(([, name]) => name!),
  );
  expect(shown).toContain('showMenu');
  expect(shown.filter((name) => !tests.includes(`elements.${name}(`))).toEqual([]);
});
