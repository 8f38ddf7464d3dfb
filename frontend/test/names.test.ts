// SPDX-License-Identifier: Apache-2.0
/** Only the rooms and the registries know the names of kinds, modes and layouts: see `kinds/kind.ts`, `modes/mode.ts`, `layouts/layout.ts`. */
import {readdirSync, readFileSync} from 'node:fs';
import ts from 'typescript';
import {describe, expect, it} from 'vitest';
import {ALL_KINDS} from '../src/kinds/registry.js';
import {LAYOUTS} from '../src/layouts/registry.js';
import {MODES} from '../src/modes/registry.js';

const source = new URL('../src/', import.meta.url);

interface Rule {
  readonly names: readonly string[];
  /** The folder whose files may know these names. */
  readonly room: string;
  /** The names are no other words of this code, so that no member is called so either. */
  readonly isRare: boolean;
  /** What code that has such a name calls it, of which nothing is asked but whether two are the same. */
  readonly subject: RegExp;
  /** Constants that hold such a name, to choose it, never to ask for it. */
  readonly constants: RegExp;
  /** Files outside that may say a name or import from the room, with what they may: each says why. */
  readonly allowed: Readonly<Record<string, readonly string[]>>;
}

const kinds: Rule = {
  names: ALL_KINDS.map(({name}) => name),
  room: 'kinds/',
  isRare: true,
  subject: /\bkind\.(?:kind\.)?name$|\.kind$/i,
  constants: /_KIND$/,
  allowed: {
    // What the viewer reads integers as; the first pictures wait for no kind.
    'store/classes.ts': ['mask'],
    // Colours of classes that no picture has.
    'components/rail/pairs-class-list.ts': ['kinds/mask/palette.js'],
  },
};

const modes: Rule = {
  names: MODES.map(({id}) => id),
  room: 'modes/',
  isRare: false,
  subject: /\bmode$|\bmode\.id$|\bmodeOf\(.*\)\.id$/i,
  constants: /_MODE$/,
  allowed: {
    // Members of the view that have a mode's name.
    'store/link.ts': ['difference', 'swipe'],
    // Of a range of values.
    'pixels/distribution.ts': ['RULES[mode]'],
  },
};

const layouts: Rule = {
  names: LAYOUTS.map(({id}) => id),
  room: 'layouts/',
  isRare: false,
  subject: /\blayout$|\blayout\.id$|\blayoutOf\(.*\)\.id$/i,
  constants: /_LAYOUT$/,
  allowed: {},
};

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
}

/** Every place of a text of TypeScript that says a name, or asks for one by other means. */
function leaks(tree: ts.SourceFile, rule: Rule, file = ''): string[] {
  const allowed = rule.allowed[file] ?? [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = saidIn(node, rule, tree);
    if (said !== undefined && !allowed.includes(said)) {
      found.push(`${said}: ${node.parent.getText(tree)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** What a node says of a room, itself alone; undefined where it is none of the rule's business. */
function saidIn(node: ts.Node, rule: Rule, tree: ts.SourceFile): string | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return importOfRoom(node.moduleSpecifier.text, rule);
  }
  if (ts.isStringLiteralLike(node)) {
    return rule.names.includes(node.text) && !isOfType(node, tree) ? node.text : undefined;
  }
  if (ts.isIdentifier(node)) {
    if (rule.constants.test(node.text)) {
      return isChoice(node) ? undefined : node.text;
    }
    return rule.isRare && rule.names.includes(node.text) && isMember(node) ? node.text : undefined;
  }
  return asksSubject(node, rule, tree) ? node.getText(tree) : undefined;
}

/** `kinds/mask/palette.js`, `modes/blink.js`: a file that is about one name. */
function importOfRoom(path: string, {room, names}: Rule): string | undefined {
  const match = new RegExp(`(?:^|/)(${room}(?:${names.join('|')})(?:/.*|\\.js))$`).exec(path);
  return match?.[1];
}

/** Whether a word tells variants of a type apart, such as intents: it is a type, or what `type` is, or is compared with. */
function isOfType(node: ts.Node, tree: ts.SourceFile): boolean {
  const {parent} = node;
  if (ts.isLiteralTypeNode(parent)) {
    return true;
  }
  if (ts.isPropertyAssignment(parent)) {
    return parent.initializer === node && parent.name.getText(tree) === 'type';
  }
  const subject = ts.isCaseClause(parent)
    ? parent.parent.parent.expression
    : ts.isBinaryExpression(parent) && isEquality(parent.operatorToken.kind)
      ? parent.left
      : undefined;
  return subject !== undefined && /(?:^|\.)type$/.test(subject.getText(tree));
}

/** Whether a word is a member's name: `.mask`, `{mask: …}`, `{mask}` taken apart. */
function isMember(node: ts.Identifier): boolean {
  const {parent} = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
}

/** Whether a constant is imported, or put into the view: not compared, looked up or given another name. */
function isChoice(node: ts.Identifier): boolean {
  const {parent} = node;
  return (
    ts.isImportSpecifier(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    // What the constant means is asked for where that is told by the registry.
    (ts.isCallExpression(parent) && parent.expression !== node)
  );
}

/** Whether the letters of a name are asked for: `kind.name.startsWith('m')`, `table[view.mode]`. */
function asksSubject(node: ts.Node, {subject, isRare}: Rule, tree: ts.SourceFile): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    return LETTERS.has(node.name.text) && subject.test(node.expression.getText(tree));
  }
  // `display[kind.name]` is of any kind.
  return (
    !isRare &&
    ts.isElementAccessExpression(node) &&
    subject.test(node.argumentExpression.getText(tree))
  );
}

const LETTERS: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(String.prototype).filter((name) => name !== 'toString'),
);

function isEquality(kind: ts.SyntaxKind): boolean {
  return [
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ].includes(kind);
}

const files = new Map(
  readdirSync(source, {recursive: true, encoding: 'utf8'})
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => [name, parse(readFileSync(new URL(name, source), 'utf8'))]),
);

it.each([
  ['kinds', kinds],
  ['modes', modes],
  ['layouts', layouts],
])('of %s are known in their rooms only', (_, rule) => {
  // The rooms draw by what layers and differences are, which have names of modes.
  const rooms = rule === kinds ? [rule.room] : [rule.room, kinds.room];
  const found = [...files]
    .filter(([name]) => !rooms.some((room) => name.startsWith(room)))
    .flatMap(([name, tree]) => leaks(tree, rule, name).map((at) => `${name}: ${at}`));
  expect(found).toEqual([]);
});

describe('a kind asked for', () => {
  it.each([
    "picture.kind === 'mask'",
    "'image' !== kind.name",
    "display['heatmap']",
    'display.mask',
    'const {mask: shown} = display;',
    "switch (kind) { case 'mask': }",
    "['image', 'other'].includes(name)",
    'names.includes(`heatmap`)',
    "new Set(['mask']).has(kind.name)",
    "const M = 'mask'; kind.name === M",
    '({mask: 1})[kind.name]',
    "['mask'].indexOf(kind.name)",
    "kind.name.indexOf('mas')",
    "kind.name.startsWith('ma')",
    'tag.kind.name.length === 4',
    'picture.kind.charAt(0)',
    "new Map([['flow', 1]]).get(kind.name)",
    'kind.name === INPUT_KIND',
    "import {paletteOf} from '../../kinds/mask/palette.js'",
    "import {heatmap} from './kinds/heatmap/heatmap.js'",
  ])('is found in %s', (text) => {
    expect(leaks(parse(text), kinds)).not.toEqual([]);
  });

  it.each([
    "const fine = {type: 'mask', other: 'other'};",
    'const image = make(); image.remove();',
    'display[kind.name]',
    'a.kind === b.kind',
    "import {kindOf} from '../kinds/registry.js'",
    "import {mask} from './mask-image.js'",
  ])('is not found in %s', (text) => {
    expect(leaks(parse(text), kinds)).toEqual([]);
  });
});

describe('a mode asked for', () => {
  it.each([
    "if (view.mode === 'blink') {}",
    "switch (view.mode) { case 'side': }",
    "['blend'].includes(mode)",
    'view.mode !== PLAIN_MODE',
    'switch (view.mode) { case BLEND_MODE: }',
    'const plain = PLAIN_MODE; view.mode === plain',
    '[PLAIN_MODE].includes(view.mode)',
    "const {mode: id} = view; id === 'blink'",
    '({blink: 1})[view.mode]',
    'table[modeOf(view).id]',
    "view.mode.startsWith('b')",
    "new Map([['blink', 1]]).get(view.mode)",
    "import {blink} from '../modes/blink.js'",
  ])('is found in %s', (text) => {
    expect(leaks(parse(text), modes)).not.toEqual([]);
  });

  it.each([
    "intent.type === 'swipe'",
    "switch (change.type) { case 'difference': }",
    "intent({type: 'difference', difference})",
    "type Intent = {readonly type: 'swipe'}",
    'const shown = {...view, mode: isPlain ? PLAIN_MODE : view.mode};',
    'view.mode === id',
    'modeOf(view).content(pane)',
  ])('is not found in %s', (text) => {
    expect(leaks(parse(text), modes)).toEqual([]);
  });
});

describe('a layout asked for', () => {
  it.each([
    "layoutOf(view).id === 'cards'",
    "kind === 'cards'",
    'table[layoutOf(view, tag, runs).id]',
    "import {cards} from '../layouts/cards.js'",
  ])('is found in %s', (text) => {
    expect(leaks(parse(text), layouts)).not.toEqual([]);
  });
});
