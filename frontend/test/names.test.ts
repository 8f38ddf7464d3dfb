// SPDX-License-Identifier: Apache-2.0
/** Only the rooms and the registries know the names of kinds, modes and layouts: see `kinds/kind.ts`, `modes/mode.ts`, `layouts/layout.ts`. */
import {readdirSync, readFileSync} from 'node:fs';
import ts from 'typescript';
import {expect, it} from 'vitest';
import {ALL_KINDS} from '../src/kinds/registry.js';
import {LAYOUTS} from '../src/layouts/registry.js';
import {MODES} from '../src/modes/registry.js';

const source = new URL('../src/', import.meta.url);

interface Rule {
  readonly names: readonly string[];
  /** The folder whose files may compare these names. */
  readonly room: string;
  /** What a name must be compared with to mean what the rule is about. */
  readonly of: RegExp;
}

const kinds: Rule = {names: ALL_KINDS.map(({name}) => name), room: 'kinds/', of: /./};

const modes: Rule = {names: MODES.map(({id}) => id), room: 'modes/', of: /mode/i};

const layouts: Rule = {names: LAYOUTS.map(({id}) => id), room: 'layouts/', of: /layout/i};

/** Every comparison of a name in a text of TypeScript: `===`, `case`, `includes`, `[...]`. */
function comparisons(text: string, {names, of}: Rule): string[] {
  // Reading the syntax takes long, and most files name none.
  if (!names.some((name) => new RegExp(`['"\`]${name}['"\`]`).test(text))) {
    return [];
  }
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isName = (node: ts.Node): boolean =>
    (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) &&
    names.includes(node.text);
  const report = (node: ts.Node, subject: ts.Node): void => {
    if (of.test(subject.getText(file))) {
      found.push(node.getText(file));
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isEquality(node.operatorToken.kind)) {
      if (isName(node.right) || isName(node.left)) {
        report(node, isName(node.right) ? node.left : node.right);
      }
    } else if (ts.isCaseClause(node) && isName(node.expression)) {
      report(node.expression, node.parent.parent.expression);
    } else if (ts.isElementAccessExpression(node) && isName(node.argumentExpression)) {
      report(node, node.expression);
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const {name, expression} = node.expression;
      const [argument] = node.arguments;
      if (name.text === 'includes' && ts.isArrayLiteralExpression(expression) && argument) {
        expression.elements.filter(isName).forEach(() => report(node, argument));
      }
      if (name.text === 'includes' && argument && isName(argument)) {
        report(node, expression);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isEquality(kind: ts.SyntaxKind): boolean {
  return [
    ts.SyntaxKind.EqualsEqualsToken,
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ].includes(kind);
}

const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter(
  (name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name),
);

it.each([
  ['kinds', kinds],
  ['modes', modes],
  ['layouts', layouts],
])('of %s are compared in their rooms only', (_, rule) => {
  const leaks = files
    .filter((name) => !name.startsWith(rule.room))
    .flatMap((name) =>
      comparisons(readFileSync(new URL(name, source), 'utf8'), rule).map((at) => `${name}: ${at}`),
    );
  expect(leaks).toEqual([]);
});

it('are found however they are compared', () => {
  const text = `
    if (picture.kind === 'mask' || 'image' !== kind.name) display['heatmap'];
    switch (kind) { case 'mask': }
    ['image', 'other'].includes(name);
    names.includes(\`heatmap\`);
    const fine = {type: 'mask', mask: 'other'};`;
  expect(comparisons(text, kinds)).toHaveLength(6);
  const modal = `
    if (view.mode === 'blink' || intent.type === 'swipe') {}
    switch (view.mode) { case 'side': }
    ['overlay'].includes(mode);`;
  expect(comparisons(modal, modes)).toHaveLength(3);
  const laid = "if (layoutOf(view).id === 'cards' || kind === 'cards') {}";
  expect(comparisons(laid, layouts)).toHaveLength(1);
});
