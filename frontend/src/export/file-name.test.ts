// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {fileName} from './file-name.js';

describe('fileName', () => {
  it('joins the parts', () => {
    expect(fileName(['val/segmentation', 'frankfurt', 'step-480'], 'png')).toBe(
      'val-segmentation_frankfurt_step-480.png',
    );
  });

  it.each([
    ['../../etc/passwd', 'etc-passwd.png'],
    ['.hidden', 'hidden.png'],
    ['a\u0000b\nc', 'a-b-c.png'],
    ['<script>"', 'script.png'],
    ['münster 街', 'münster-街.png'],
    ['', 'pairs.png'],
    ['😀', 'pairs.png'],
  ])('makes %j a name that every file system takes', (part, name) => {
    expect(fileName([part], 'png')).toBe(name);
  });

  it('keeps long names below what file systems take', () => {
    expect(
      new TextEncoder().encode(fileName(['x'.repeat(500), 'y'.repeat(500)], 'png')).length,
    ).toBeLessThan(255);
  });

  it('cuts the longest parts, so that the last ones stay', () => {
    const long = [
      'tag'.repeat(40),
      'sample'.repeat(30),
      'run'.repeat(40),
      'step-480',
      'prediction',
    ];
    const name = fileName(long, 'npy');
    expect(name).toMatch(/^tag.*_sample.*_run.*_step-480_prediction\.npy$/);
    expect(name.length).toBeLessThan(130);
  });
});
