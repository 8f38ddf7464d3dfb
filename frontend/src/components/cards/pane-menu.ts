// SPDX-License-Identifier: Apache-2.0
/** The menu of one pane, which saves the values of its picture. */
import {html, nothing} from 'lit';
import {errorMessage} from '../../error-message.js';
import {intent} from '../../store/intents.js';
import type {PaneModel} from '../../views/pane-models.js';
import {valueItems, type ValueFormat} from '../../views/value-items.js';
import './pairs-menu.js';
import type {PairsMenu} from './pairs-menu.js';

/** `tag` and `sample` say whose the pane is; `host` tells how saving went. */
export function paneMenu(pane: PaneModel, tag: string, sample: string, host: EventTarget) {
  const {picture, heading} = pane;
  return picture === undefined
    ? nothing
    : html`<pairs-menu
        slot="menu"
        untabbed
        label="Values of ${heading}"
        .items=${() => valueItems(picture)}
        @pairs-menu-choose=${({detail}: CustomEvent<string>) => {
          void save(pane, tag, sample, host, detail as ValueFormat);
        }}
      ></pairs-menu>`;
}

/** Whether a key opens the menu of a pane in `root`, as it does elsewhere. */
export function opensMenu(
  event: KeyboardEvent,
  root: ParentNode,
  pane: PaneModel | undefined,
): boolean {
  const isAsked = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
  const place = `[data-pane="${CSS.escape(pane?.key ?? '')}"] pairs-menu`;
  const menu = isAsked ? root.querySelector<PairsMenu>(place) : null;
  if (menu === null) {
    return false;
  }
  event.preventDefault();
  menu.show();
  return true;
}

async function save(
  {picture, record, side, status}: PaneModel,
  tag: string,
  sample: string,
  host: EventTarget,
  format: ValueFormat,
): Promise<void> {
  const toast = (text: string, tone: 'info' | 'error') =>
    host.dispatchEvent(intent({type: 'toast', text, tone}));
  // Until the next picture is there, a pane shows the one before.
  if (picture === undefined || record === undefined || status.state !== 'ready') {
    toast('This picture is not there yet', 'error');
    return;
  }
  try {
    const {saveValues} = await import('../../export/value-saving.js');
    const parts = [tag, sample, record.run, `step-${record.step}`, ROLES[side.of]];
    toast(`Saved ${await saveValues(picture, format, parts)}`, 'info');
  } catch (error) {
    toast(`The values could not be saved: ${errorMessage(error)}`, 'error');
  }
}

const ROLES = {input: 'input', groundTruth: 'ground-truth', prediction: 'prediction'} as const;
