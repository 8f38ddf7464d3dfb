// SPDX-License-Identifier: Apache-2.0
/** The dialogs: each is loaded when it is first asked for. */
import {html, nothing} from 'lit';
import type {Api} from '../api/client.js';
import type {TagModel} from '../store/data.js';
import type {Snapshot} from '../store/session.js';
import type {Dialog, ExportFormat, OpenSample} from '../store/view.js';
import type {RenderContext} from '../views/render-context.js';

const DIALOGS: Readonly<Record<Dialog, () => Promise<unknown>>> = {
  help: () => import('./page/pairs-help.js'),
  palette: () => import('./page/pairs-palette.js'),
  export: () => import('../export/pairs-export.js'),
  blind: () => import('./blind/pairs-blind.js'),
};

export function loadDialog(dialog: Dialog): Promise<unknown> {
  return DIALOGS[dialog]();
}

/** What is exported, or compared blind. */
export interface SharingSubject extends OpenSample {
  readonly format: ExportFormat;
}

/** Where exports and blind comparisons draw, and fetch what the page does not show. */
export interface SharingContext {
  readonly renderContext: RenderContext | undefined;
  readonly api: Pick<Api, 'frames'> | undefined;
}

/** The dialog that exports or compares blind, where one of them is open; `model` is that of the subject's tag. */
export function sharingDialog(
  {renderContext, api}: SharingContext,
  {view, sampleSource}: Snapshot,
  subject: SharingSubject | undefined,
  model: TagModel | undefined,
) {
  if (subject === undefined || model === undefined) {
    return nothing;
  }
  if (view.dialog === 'blind') {
    return html`<pairs-blind
      .model=${model}
      .view=${view}
      .renderContext=${renderContext}
      .api=${api}
    ></pairs-blind>`;
  }
  if (view.dialog !== 'export') {
    return nothing;
  }
  return html`<pairs-export
    .model=${model}
    .sample=${subject.sample}
    .format=${subject.format}
    .view=${view}
    .source=${sampleSource}
    .renderContext=${renderContext}
    .api=${api}
  ></pairs-export>`;
}
