// SPDX-License-Identifier: Apache-2.0
/** What every file of `src` keeps to: a doc at its top, a length that can be read, and imports without a circle. */
import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {expect, it} from 'vitest';

const source = new URL('../src/', import.meta.url);
const LONGEST = 400;
/** Of an element: what is longer knows more than one thing. */
const LONGEST_ELEMENT = 350;

const files = readdirSync(source, {recursive: true, encoding: 'utf8'})
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();
const texts = new Map(files.map((name) => [name, readFileSync(new URL(name, source), 'utf8')]));
const ours = files.filter((name) => !/\.(test|fixture)\.ts$/.test(name));

/** The licence, then a doc that belongs to no declaration: a blank line or an import follows it. */
function hasModuleDoc(text: string): boolean {
  return /^\/\/ SPDX[^\n]*\n\s*\/\*\*(?:(?!\*\/)[^])+\*\/\n(?:\n|import )/.test(text);
}

function lengthOf(name: string): number {
  return texts.get(name)!.split('\n').length - 1;
}

/** The files of `src` that a file imports as it is loaded; types are gone by then. */
function importsOf(name: string): string[] {
  const imports = (texts.get(name) ?? '').matchAll(
    /^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'(\.[^']+)\.js'/gm,
  );
  return [...imports].map(([, path]) => `${posix.join(posix.dirname(name), path!)}.ts`);
}

/** The first circle that is found, from a file back to itself; empty where there is none. */
function findCircle(importsOfFile: (name: string) => readonly string[], from: readonly string[]) {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] => {
    if (path.includes(name)) {
      return [...path.slice(path.indexOf(name)), name];
    }
    if (done.has(name)) {
      return [];
    }
    for (const next of importsOfFile(name)) {
      const circle = visit(next, [...path, name]);
      if (circle.length > 0) {
        return circle;
      }
    }
    done.add(name);
    return [];
  };
  return from.map((name) => visit(name, [])).find((circle) => circle.length > 0) ?? [];
}

it('has a doc at the top of each file', () => {
  expect(ours.filter((name) => !hasModuleDoc(texts.get(name)!))).toEqual([]);
});

it('tells a doc of the file from one of its first declaration', () => {
  const licence = '// SPDX-License-Identifier: Apache-2.0\n';
  expect(hasModuleDoc(`${licence}/** Of the file. */\n\n/** Of a. */\nconst a = 1;\n`)).toBe(true);
  expect(hasModuleDoc(`${licence}/** Of the file. */\nimport './a.js';\n`)).toBe(true);
  expect(hasModuleDoc(`${licence}/** Of a. */\nconst a = 1;\n`)).toBe(false);
  expect(hasModuleDoc(`${licence}import './a.js';\n\n/** Late. */\n\n`)).toBe(false);
});

it('has no file too long to read', () => {
  const long = files.filter((name) => lengthOf(name) > LONGEST);
  expect(long, 'split it by what it knows').toEqual([]);
});

it('has no element too long to read', () => {
  const elements = ours.filter((name) => texts.get(name)!.includes('@customElement('));
  expect(elements).toContain('components/pairs-app.ts');
  const long = elements.filter((name) => lengthOf(name) > LONGEST_ELEMENT);
  expect(long, 'split it by what it knows').toEqual([]);
});

it('has no circle of imports', () => {
  expect(findCircle(importsOf, files)).toEqual([]);
});

it('finds a circle of imports', () => {
  const graph: Readonly<Record<string, readonly string[]>> = {
    a: ['b'],
    b: ['d', 'c'],
    c: ['b'],
    d: [],
  };
  expect(findCircle((name) => graph[name]!, ['a'])).toEqual(['b', 'c', 'b']);
});

it('follows imports of values, and no others', () => {
  expect(importsOf('page.ts')).toContain('decode/picture-decoder.ts');
  expect(importsOf('page.ts')).toContain('components/pairs-app.ts');
  expect(importsOf('page.ts')).not.toContain('store/session.ts');
});
