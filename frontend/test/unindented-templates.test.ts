// SPDX-License-Identifier: Apache-2.0
/** What the build leaves out of templates. */
import {rolldown} from 'rolldown';
import {expect, it} from 'vitest';
import {unindentedTemplates} from '../unindented-templates.mjs';

async function built(text: string): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => id,
    load: () => ({code: text, moduleType: 'ts' as const}),
  };
  const bundle = await rolldown({input: 'entry.ts', plugins: [entry, unindentedTemplates]});
  const {output} = await bundle.generate({format: 'esm'});
  return output[0].code;
}

it.each(['html', 'css', 'svg', 'staticHtml'])('leaves indentation out of %s', async (tag) => {
  const text = `declare const ${tag}: any, x: number;\nexport const t = ${tag}\`<a>\n    b \${x}\n  </a>\`;`;
  expect(await built(text)).toContain(`${tag}\`<a>\nb \${x}\n</a>\``);
});

it('also of templates in templates', async () => {
  const text = 'declare const html: any;\nexport const t = html`<a>\n  ${html`<b>\n    c`}`;';
  expect(await built(text)).toContain('html`<a>\n${html`<b>\nc`}`');
});

it('leaves other texts as they are', async () => {
  const text = 'declare const glsl: any;\nexport const t = [glsl`a\n  b`, `c\n  d`];';
  const code = await built(text);
  expect(code).toContain('a\n  b');
  expect(code).toContain('c\n  d');
});
