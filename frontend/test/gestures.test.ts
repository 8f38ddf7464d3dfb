// SPDX-License-Identifier: Apache-2.0
/**
 * Every gesture that an element listens to is made by a test that drives the element alone, in `tests/browser/elements/`.
 *
 * Both are read, not run: a test counts if it, or a fixture or helper of its file that it uses, names the element and makes a gesture
 * of that sort. Where one class of tests drives several elements, it is not told on which a gesture was made, nor whether
 * the test would notice that a listener is gone.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {expect, it} from 'vitest';

/** By sort of gesture: the events that are listened to, and what Playwright has for them. */
const GESTURES = {
  keys: {listens: /^key/, made: /\.press\(|keyboard\./},
  press: {
    listens: /^(?:pointer|mouse)(?:down|up)$|^touch(?:start|end)$/,
    made: /mouse\.(?:down|click)|\.(?:click|tap|check)\(|drag|pointerdown/,
  },
  move: {
    listens: /^(?:pointer|mouse)(?:move|over|out|enter|leave)$|^touchmove$/,
    made: /mouse\.move|\.hover\(|drag_to/,
  },
  'double click': {listens: /^dblclick$/, made: /dblclick/},
  wheel: {listens: /^wheel$/, made: /wheel/},
  drag: {listens: /^drag|^drop$/, made: /drag/},
  cancel: {listens: /cancel$/, made: /cancel/i},
} as const;
type Gesture = keyof typeof GESTURES;

const EVENT = '((?:key|pointer|mouse|touch|drag)[a-z]+|drop|wheel|dblclick)';
const LISTENS = new RegExp(`@${EVENT}=|addEventListener\\(\\s*'${EVENT}'`, 'g');

function read(folder: string, ending: string): ReadonlyMap<string, string> {
  const root = new URL(folder, import.meta.url);
  const names = readdirSync(root, {recursive: true, encoding: 'utf8'})
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(ending) && !/\.(test|fixture)\.ts$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(new URL(name, root), 'utf8')]));
}

const sources = read('../src/', '.ts');
const pages = read('./elements/', '.ts');
const scripts = [...read('../../tests/browser/elements/', '.py').values()];

/** The events that a file listens to, itself or by the classes of behaviors that it uses. */
function eventsOf(name: string): readonly string[] {
  const text = sources.get(name) ?? '';
  const own = [...text.matchAll(LISTENS)].map(([, attribute, method]) => attribute ?? method!);
  const behaviors = [...text.matchAll(/^import \{([^}]*)\} from '(\.[^']*)\.js';/gm)]
    .filter(([, imported]) => /(?:^|,)\s*[A-Z]/.test(imported!))
    .map(([, , path]) => `${posix.join(posix.dirname(name), path!)}.ts`)
    .filter((path) => path.startsWith('components/behaviors/'));
  return [...own, ...behaviors.flatMap(eventsOf)];
}

function gesturesOf(name: string): readonly Gesture[] {
  const events = eventsOf(name);
  return (Object.keys(GESTURES) as Gesture[]).filter((gesture) =>
    events.some((event) => GESTURES[gesture].listens.test(event)),
  );
}

/** By name, what a text declares at its left edge, each with all that it uses of the others. */
function declarations(text: string, name: RegExp): ReadonlyMap<string, string> {
  const starts = [...text.matchAll(name)];
  const own = new Map(
    starts.map((start, i) => [start[1]!, text.slice(start.index, starts[i + 1]?.index)]),
  );
  const withUsed = (wanted: string, seen: Set<string>): string => {
    seen.add(wanted);
    const body = own.get(wanted)!;
    const used = [...own.keys()].filter(
      (other) => !seen.has(other) && new RegExp(`\\b${other}\\b`).test(body),
    );
    return [body, ...used.map((other) => (seen.has(other) ? '' : withUsed(other, seen)))].join('');
  };
  return new Map([...own.keys()].map((one) => [one, withUsed(one, new Set())]));
}

/** The classes and functions of tests. */
const tests = scripts.flatMap((text) =>
  [...declarations(text, /^(?:class |def )?(\w+)(?=\(|:| =)/gm)]
    .filter(([name]) => /^test/i.test(name))
    .map(([, test]) => test),
);

/** What puts an element on the page, by name. */
const shows = new Map(
  [...pages.values()].flatMap((text) => [
    ...declarations(text, /^(?:export )?(?:async )?function (\w+)/gm),
  ]),
);

function drives(test: string, tag: string): boolean {
  return (
    new RegExp(`"[^"\\n]*\\b${tag}\\b(?!-)`).test(test) ||
    [...shows].some(
      ([name, text]) =>
        test.includes(`elements.${name}(`) && text.includes(`createElement('${tag}')`),
    )
  );
}

const elements = [...sources].flatMap(([name, text]): [string, Gesture][] => {
  const tag = /@customElement\('([^']+)'\)/.exec(text)?.[1];
  return tag === undefined ? [] : gesturesOf(name).map((gesture) => [tag, gesture]);
});

it('finds gestures of elements, and of what they share', () => {
  for (const listened of [
    ['pairs-menu', 'keys'],
    ['pairs-split', 'press'],
    ['pairs-film-strip', 'cancel'],
    ['pairs-film-strip', 'wheel'],
    ['pairs-app', 'move'],
    ['pairs-card-list', 'keys'],
    ['pairs-run-list', 'double click'],
  ]) {
    expect(elements).toContainEqual(listened);
  }
  expect(elements.map(([tag]) => tag)).not.toContain('pairs-legend');
});

it.each(elements)('%s has a test that makes its %s', (tag, gesture) => {
  const {made} = GESTURES[gesture];
  expect(tests.some((test) => drives(test, tag) && made.test(test))).toBe(true);
});

it('has a test for each page with one element', () => {
  const shown = [...pages.values()].flatMap((text) =>
    [...text.matchAll(/^export (?:async )?function (show\w+)/gm)].map(([, name]) => name!),
  );
  expect(shown).toContain('showMenu');
  expect(shown.filter((name) => !tests.some((test) => test.includes(`elements.${name}(`)))).toEqual(
    [],
  );
});
