// SPDX-License-Identifier: Apache-2.0
/** Says of a tag of images that its integers may be class ids, or that they are read so; switches between both. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {controlStyles} from '../../controls/control-styles.js';
import {mayBeClasses} from '../../kinds/registry.js';
import type {FetchedPicture, SampleSource, TagModel} from '../../store/data.js';
import {intent} from '../../store/intents.js';
import {isLacking} from '../../store/parts.js';
import {looksLikeClasses} from '../../views/class-appearance.js';
import {mayHoldIds} from '../../views/picture-building.js';
import type {RenderContext} from '../../views/render-context.js';

/** Samples among which one is looked for that is there. */
const LOOKED_AT = 8;

/**
 * The switch of one tag to classes and back.
 *
 * @event pairs-intent `asClasses`
 */
@customElement('pairs-class-note')
export class PairsClassNote extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        color: var(--pairs-color-ink-2);
      }
    `,
  ];

  @property({attribute: false}) model!: TagModel;
  @property({attribute: false}) source: SampleSource | undefined;
  /** Any other value tells that `source` has something new. */
  @property({type: Number}) revision = 0;
  @property({attribute: false}) renderContext: RenderContext | undefined;

  /** What the picture that was looked at looks like; `unknown` until one was. */
  @property({reflect: true}) looks: 'unknown' | 'classes' | 'images' = 'unknown';
  #lookedAt: string | undefined;

  protected override willUpdate(): void {
    const picture = this.#firstTruth();
    if (picture?.blob === undefined || picture.digest === this.#lookedAt) {
      return;
    }
    this.#lookedAt = picture.digest;
    this.renderContext?.decoder.raster(picture, picture.blob).then(
      (raster) => {
        if (this.#lookedAt === picture.digest) {
          this.looks = looksLikeClasses(raster) ? 'classes' : 'images';
        }
      },
      // Its pane says why.
      () => (this.looks = 'unknown'),
    );
  }

  #firstTruth(): FetchedPicture | undefined {
    const {tag, runs, rows} = this.model;
    const [run] = runs;
    if (run === undefined || !mayBeClasses(run.kind)) {
      return undefined;
    }
    for (const {id} of rows.slice(0, LOOKED_AT)) {
      const truth = this.source?.peek(tag, run.run, run.step, id)?.groundTruth;
      const blob = truth && (truth.blob ?? this.source?.blob(truth.digest));
      if (truth !== undefined && isLacking(truth) && blob === undefined && mayHoldIds(truth)) {
        this.source?.need(tag, run, id, 'groundTruth');
        return undefined;
      }
      if (blob !== undefined) {
        return mayHoldIds(truth!) ? {...truth!, blob} : undefined;
      }
    }
    return undefined;
  }

  protected override render() {
    const [run] = this.model.runs;
    if (run === undefined) {
      return nothing;
    }
    if (run.kind.recoveredFrom !== undefined) {
      return html`<span
          title="They were logged as images: metrics are those of images, and counts by class are not stored"
          >classes recovered from integers</span
        >
        ${this.#renderSwitch('As images', 'Show the integers as grey levels again', false)}`;
    }
    return this.looks === 'classes' && mayBeClasses(run.kind)
      ? this.#renderSwitch(
          'As classes',
          'Its pictures have few small integers, as masks have: read them as class ids, so that masks’ modes work',
          true,
        )
      : nothing;
  }

  #renderSwitch(text: string, title: string, on: boolean) {
    const {tag} = this.model;
    return html`<button
      class="link"
      title=${title}
      @click=${() => this.dispatchEvent(intent({type: 'asClasses', tag, on}))}
    >
      ${text}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pairs-class-note': PairsClassNote;
  }
}
