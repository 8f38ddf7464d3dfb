// SPDX-License-Identifier: Apache-2.0
/** Leaves the indentation of the source out of HTML and CSS templates. Line ends stay, so a page shows the same. */
import {parseAst} from 'rolldown/parseAst';

const TAGS = new Set(['html', 'css', 'svg', 'staticHtml']);

/** @type {import('rolldown').Plugin} */
export const unindentedTemplates = {
  name: 'unindented-templates',
  transform: {
    filter: {id: /\.ts$/},
    handler(code) {
      /** @type {{start: number, end: number}[]} */
      const parts = [];
      collect(parseAst(code, {lang: 'ts'}), parts);
      if (parts.length === 0) {
        return null;
      }
      let text = '';
      let end = 0;
      for (const part of parts.sort((one, other) => one.start - other.start)) {
        const indented = code.slice(part.start, part.end);
        text += code.slice(end, part.start) + indented.replace(/\n[ \t]+/g, '\n');
        end = part.end;
      }
      return {code: text + code.slice(end), map: null};
    },
  },
};

/**
 * Adds the literal parts of all tagged templates below a node.
 *
 * @param {any} node
 * @param {{start: number, end: number}[]} parts
 */
function collect(node, parts) {
  if (node === null || typeof node !== 'object') {
    return;
  }
  if (node.type === 'TaggedTemplateExpression' && TAGS.has(node.tag.name)) {
    parts.push(...node.quasi.quasis);
  }
  for (const value of Object.values(node)) {
    collect(value, parts);
  }
}
