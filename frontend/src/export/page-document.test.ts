// SPDX-License-Identifier: Apache-2.0
import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import type {PageContent} from './page-content.js';
import {base64, pageDocument} from './page-document.js';

const HOSTILE = '</script><script>alert(1)</script><!-- "\'&\u202e😀';

function content(text: string): PageContent {
  return {
    tag: text,
    order: text,
    steps: ['0'],
    runs: [{name: text, parts: [text, ''], color: '#000000'}],
    classes: [{name: text, color: '#ffffff'}],
    smooth: false,
    legends: [[{type: 'text', text}]],
    samples: [
      {
        id: text,
        flagged: true,
        caption: text,
        width: 1,
        height: 1,
        inputs: [],
        truths: [{picture: -1, badges: [{text, title: text}]}],
        predictions: [[{picture: -1, note: '', badges: []}]],
        legends: [0],
      },
    ],
    pictures: [],
  };
}

function scriptsOf(page: string): readonly string[] {
  return [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]!);
}

describe('an exported page', () => {
  it('holds its content as data and one script, whatever the content is', () => {
    const [data, , ...others] = scriptsOf(pageDocument(content(HOSTILE)));
    expect(others).toEqual([]);
    expect(JSON.parse(data!)).toEqual(content(HOSTILE));
  });

  it('lets only its own script run', () => {
    const page = pageDocument(content('tag'));
    const hash = createHash('sha256').update(scriptsOf(page)[1]!).digest('base64');
    expect(page).toContain(`script-src 'sha256-${hash}'`);
    expect(page).toContain("default-src 'none'");
  });

  it('shows its title as text', () => {
    expect(pageDocument(content('<b>&"'))).toContain('<title>&lt;b&gt;&amp;&quot; · Pairs</title>');
  });
});

describe('base64', () => {
  it('writes more bytes than a call takes arguments', () => {
    const bytes = Uint8Array.from({length: 300_000}, (_, i) => i % 251);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});
