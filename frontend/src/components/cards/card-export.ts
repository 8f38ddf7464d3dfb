// SPDX-License-Identifier: Apache-2.0
import type {Size} from '../../render/types.js';
import {formatStep} from '../../store/steps.js';
import type {PairsPane} from './pairs-pane.js';
import type {PairsPanes} from './pairs-panes.js';

/** CSS pixels of the text around the pictures, and the least width of one of them. */
const CAPTION = 26;
const HEADER = 34;
const GAP = 8;
const NARROWEST = 240;

/** A PNG of the panes as they are shown, at the resolution of the pictures, with what they are. */
export async function saveCard(panes: PairsPanes, sample: string, tag: string): Promise<void> {
  const canvas = drawCard(panes, `${tag} · ${sample}`);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw new Error('the picture is too large for this browser');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName(tag, sample);
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Safe on every file system. */
export function fileName(...parts: readonly string[]): string {
  const safe = parts.map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, '_')).filter((part) => part !== '');
  return `${safe.join('-').slice(0, 120) || 'pairs'}.png`;
}

export function drawCard(panes: PairsPanes, title: string): HTMLCanvasElement {
  const shown = panes.panes.filter((pane) => pane.content !== undefined);
  const frame = panes.sample?.frame;
  if (shown.length === 0 || frame === undefined) throw new Error('no picture is there yet');
  const scale = Math.max(1, Math.ceil(NARROWEST / frame.width));
  const box = {width: frame.width * scale, height: frame.height * scale};
  const columns = Math.min(panes.columns, shown.length);
  const rows = Math.ceil(shown.length / columns);
  const canvas = document.createElement('canvas');
  canvas.width = GAP + columns * (box.width + GAP);
  canvas.height = HEADER + rows * (CAPTION + box.height + GAP);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser has no canvas');
  const style = getComputedStyle(panes);
  const ink = style.getPropertyValue('--pairs-color-ink').trim() || '#1f2328';
  context.fillStyle = style.getPropertyValue('--pairs-color-surface').trim() || '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = ink;
  context.textBaseline = 'middle';
  context.font = '600 14px Roboto, "Helvetica Neue", Arial, sans-serif';
  const step = panes.model?.step;
  const stamp = step === null || step === undefined ? '' : ` · step ${formatStep(step)}`;
  context.fillText(title + stamp, GAP, HEADER / 2, canvas.width - 2 * GAP);
  shown.forEach((pane, i) => {
    const left = GAP + (i % columns) * (box.width + GAP);
    const top = HEADER + Math.floor(i / columns) * (CAPTION + box.height + GAP);
    context.fillStyle = ink;
    context.font = '12px Roboto, "Helvetica Neue", Arial, sans-serif';
    const metric = pane.chip === undefined ? '' : `  ${pane.chip.text}`;
    const badges = pane.badges.map(({text}) => `  ${text}`).join('');
    context.fillText(pane.heading + metric + badges, left, top + CAPTION / 2, box.width);
    context.drawImage(drawPane(pane, box), left, top + CAPTION);
  });
  return canvas;
}

function drawPane(pane: PairsPane, box: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = box.width;
  canvas.height = box.height;
  const scene = pane.sceneFor(box, 1);
  if (scene !== undefined) pane.studio?.painter.paint(canvas, scene);
  return canvas;
}
