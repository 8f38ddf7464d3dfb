// SPDX-License-Identifier: Apache-2.0
/** A name of the log on one line. Names may be of any length and in any script. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {nameParts} from './cut-name.js';

/** The name of a run, tag, sample or metric, which is cut before its end where there is no room, and whole on hover. */
@customElement('pairs-name')
export class PairsName extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
      min-width: 0;
      max-width: 100%;
      overflow: hidden;
      vertical-align: bottom;
      white-space: pre;
    }
    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .head {
      flex: 0 1000 auto;
    }
    /* The end of a name goes last, and then from its beginning on. */
    .tail {
      display: flex;
      flex: 0 1 auto;
      justify-content: flex-end;
      min-width: 0;
    }
  `;

  @property() name = '';
  /** What the name is in, where the title says more than the name. */
  @property() hint = '';
  /** Where there is very little room: how many characters of its end stay. */
  @property({type: Number}) tail: number | undefined;

  protected override willUpdate(): void {
    this.title = this.hint === '' ? this.name : this.hint;
  }

  protected override render() {
    const [head, tail] = nameParts(this.name, this.tail);
    return html`<bdi class="head">${head}</bdi
      >${tail === '' ? nothing : html`<bdi class="tail">${tail}</bdi>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-name': PairsName;
  }
}
