// SPDX-License-Identifier: Apache-2.0
/** A row of a sheet: tiles, and the canvas that they share. */
import {html, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {SampleRow, SampleSource} from '../../store/data.js';
import type {ViewState} from '../../store/view.js';
import type {RenderContext} from '../../views/render-context.js';
import type {ShownRun} from '../../views/shown-run.js';
import {placeInRow, samplesOfRow, type SheetGeometry} from '../../views/sheet-geometry.js';
import {contentOfRow, renderRowCanvas} from './row-canvas.js';
import './pairs-tile.js';

/** What a row is drawn from; `current` is the place of the sample that Tab comes to. */
export interface SheetRow {
  readonly shown: ShownRun;
  readonly geometry: SheetGeometry;
  readonly row: number;
  readonly current: number;
  readonly view: ViewState;
  readonly source: SampleSource | undefined;
  readonly revision: number;
  readonly renderContext: RenderContext | undefined;
  readonly showsOtherSide: boolean;
  readonly onFocus: (sample: string) => void;
  readonly onOpen: (sample: string) => void;
}

/** Rows that stay what they are cost a frame nothing while others come. */
export function renderSheetRow(of: SheetRow) {
  const {geometry, current, ...rest} = of;
  const {first, end} = samplesOfRow(geometry, of.row, of.shown.of.rows.length);
  const isCurrent = first <= current && current < end;
  const inputs = [
    ...Object.values(rest),
    JSON.stringify(geometry),
    isCurrent ? current : null,
    window.devicePixelRatio,
  ];
  return guard(inputs, () => renderRow(of, first, end));
}

function renderRow(of: SheetRow, first: number, end: number): TemplateResult {
  const {geometry, row} = of;
  const {picture, columns, pitch} = geometry;
  const samples = of.shown.of.rows.slice(first, end);
  const content = contentOfRow(samples, geometry);
  return html`<div
    class="made"
    role="row"
    aria-rowindex=${row + 1}
    style=${styleMap({
      top: `${row * pitch}px`,
      gridTemplateColumns: `repeat(${columns}, ${picture.width + 2}px)`,
    })}
  >
    ${renderRowCanvas(geometry, content)}
    ${samples.map((one, column) => renderTile(of, one, column, content, first + column === of.current))}
  </div>`;
}

function renderTile(
  of: SheetRow,
  row: SampleRow,
  column: number,
  content: string,
  isCurrent: boolean,
): TemplateResult {
  const {model, run, ranks} = of.shown;
  return html`<pairs-tile
    role="gridcell"
    tabindex=${isCurrent ? 0 : -1}
    data-sample=${row.id}
    .model=${model}
    .run=${run}
    .row=${row}
    .view=${of.view}
    .source=${of.source}
    .revision=${of.revision}
    .renderContext=${of.renderContext}
    .picture=${of.geometry.picture}
    .place=${placeInRow(of.geometry, column, content)}
    .rank=${ranks.get(row.id)}
    .showsOtherSide=${of.showsOtherSide}
    @focus=${() => of.onFocus(row.id)}
    @click=${() => of.onOpen(row.id)}
  ></pairs-tile>`;
}
