// SPDX-License-Identifier: Apache-2.0
/** A picture of a tile or a row, with what it is, and an icon where it is not there. */
import {css, html, nothing, type TemplateResult} from 'lit';
import '../../controls/pairs-icon.js';
import type {Status} from '../../views/sample-pictures.js';

export const smallPictureStyles = css`
  .stage {
    position: relative;
  }
  .stage pairs-icon {
    position: absolute;
    z-index: 2;
    inset: 0;
    width: 20px;
    height: 20px;
    margin: auto;
    color: #c9d1d9;
  }
  .stage[data-state='error'] pairs-icon {
    color: #ff9b93;
  }
`;

/** `content`: the picture, and what lies on it. */
export function renderSmallPicture(
  name: string,
  status: Status,
  content: TemplateResult,
): TemplateResult {
  const why = 'message' in status ? status.message : null;
  return html`<div
    class="stage"
    role="img"
    aria-label=${why === null ? name : `${name}: ${why}`}
    aria-busy=${status.state === 'loading' ? 'true' : 'false'}
    data-state=${status.state}
    title=${why ?? nothing}
  >
    ${content}
    ${why === null ? nothing : html`<pairs-icon name=${status.state === 'error' ? 'circle-alert' : 'image-off'}></pairs-icon>`}
  </div>`;
}
