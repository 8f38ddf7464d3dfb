// SPDX-License-Identifier: Apache-2.0
/** Writes an exported page as one HTML file that needs neither network nor other files. */
import {sha256} from '@noble/hashes/sha2.js';
import type {PageContent} from './page-content.js';
import {PAGE_STYLE} from './page-style.js';
import viewer from './viewer/index.ts?script';

/**
 * One HTML file that shows `content` without anything else: no network, no other file. Its policy lets only the viewer's
 * script run, which it knows by hash (https://www.w3.org/TR/CSP3/#grammardef-hash-source): text of the content can't.
 */
export function pageDocument(content: PageContent): string {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${base64(sha256(new TextEncoder().encode(viewer)))}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(`${content.tag} · Pairs`)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<noscript>This page needs JavaScript to compare pictures. It runs nothing but its own script and asks no server.</noscript>',
    // Not executed, because of its type.
    `<script type="application/json" id="content">${json(content)}</script>`,
    `<script>${viewer}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** No text in it can end the element that it stands in. */
function json(content: PageContent): string {
  return JSON.stringify(content).replaceAll('<', '\\u003c');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const CHUNK = 0x8000;

export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return btoa(binary);
}
