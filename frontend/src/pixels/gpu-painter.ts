// SPDX-License-Identifier: Apache-2.0
import {largestNumber, valueTable} from '../kinds/heatmap/values.js';
import {colorChannels} from '../kinds/image/difference.js';
import type {Labelled} from './labels.js';
import {storedValues} from './lut.js';
import type {HeatmapPicture} from '../kinds/types.js';
import type {Raster, Size} from './raster.js';
import {Coater, type Coat, type Coats, type Contour} from '../kinds/layer-compiler.js';
import {MapAtlas} from './maps.js';
import {anchorOf, outlineReach} from './patterns.js';
import {Program} from './program.js';
import {commonSamples, windowOf, type Window} from './sampling.js';
import type {Scene} from '../kinds/scene.js';
import {differenceCodes, fragmentShader, shaderSignature, vertexShader} from './shader.js';
import {maxUnits, Textures} from './textures.js';

const maxTextureBytes = 256 * 2 ** 20;

export interface GpuOptions {
  /** Also where WebGL itself runs on the CPU, which is slower than painting there directly. */
  readonly evenInSoftware?: boolean;
  /** What is painted on before it is copied to a pane; a test gives its own. */
  readonly surface?: HTMLCanvasElement;
}

/**
 * Paints with WebGL 2. All panes share one context, because browsers allow a page about sixteen; the finished picture is copied to
 * the pane's own canvas.
 */
export class GpuPainter {
  readonly #coater = new Coater();
  /** By signature; null for what this driver can't compile. */
  readonly #programs = new Map<string, Program | null>();
  readonly #textures: Textures;
  #lost = false;

  private constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly surface: HTMLCanvasElement,
  ) {
    this.#textures = new Textures(gl, maxTextureBytes);
    surface.addEventListener('webglcontextlost', this.#onLost);
    surface.addEventListener('webglcontextrestored', this.#onRestored);
  }

  /** Undefined where there is no WebGL 2. */
  static create({
    evenInSoftware = false,
    surface = document.createElement('canvas'),
  }: GpuOptions = {}): GpuPainter | undefined {
    const gl = surface.getContext('webgl2', {
      antialias: false,
      depth: false,
      failIfMajorPerformanceCaveat: !evenInSoftware,
    });
    if (gl === null) {
      return undefined;
    }
    if (!evenInSoftware && isSoftware(gl)) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      return undefined;
    }
    return new GpuPainter(gl, surface);
  }

  /** Paints the whole canvas, or leaves it as it is and returns false where this can't be done here, or not now. */
  paint(canvas: HTMLCanvasElement, scene: Scene): boolean {
    const {gl, surface} = this;
    const {width, height} = canvas;
    const context = canvas.getContext('2d');
    if (this.#lost || gl.isContextLost() || context === null || !this.#canHold(canvas)) {
      return false;
    }
    const parts = [scene, ...(scene.swipe === undefined ? [] : [scene.swipe.right])].map(
      (content) => this.#coater.coats(content, scene.display),
    );
    if (!parts.every((part) => this.#canPaint(part))) {
      return false;
    }
    surface.width = Math.max(surface.width, width);
    surface.height = Math.max(surface.height, height);
    gl.viewport(0, 0, width, height);
    gl.disable(gl.SCISSOR_TEST);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
    const window = windowOf(scene.frame, scene.view, canvas);
    const split = scene.swipe === undefined ? width : Math.round(scene.swipe.fraction * width);
    parts.forEach((coats, i) => {
      const part =
        i === 0
          ? {...window, right: Math.min(window.right, split)}
          : {...window, left: Math.max(window.left, split)};
      this.#draw(coats, scene, canvas, window, part);
    });
    if (gl.isContextLost()) {
      return false;
    }
    context.globalCompositeOperation = 'copy';
    // The viewport is in the lower left corner of the surface.
    context.drawImage(surface, 0, surface.height - height, width, height, 0, 0, width, height);
    return true;
  }

  dispose(): void {
    this.surface.removeEventListener('webglcontextlost', this.#onLost);
    this.surface.removeEventListener('webglcontextrestored', this.#onRestored);
    this.#textures.clear();
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
    this.#lost = true;
  }

  readonly #onLost = (event: Event): void => {
    // Asks the browser to restore it.
    event.preventDefault();
    this.#lost = true;
  };

  readonly #onRestored = (): void => {
    this.#programs.clear();
    this.#textures.clear();
    this.#lost = false;
  };

  #canHold({width, height}: Size): boolean {
    const [maxWidth, maxHeight] = this.gl.getParameter(this.gl.MAX_VIEWPORT_DIMS) as [
      number,
      number,
    ];
    return width > 0 && height > 0 && width <= maxWidth && height <= maxHeight;
  }

  #canPaint(coats: Coats): boolean {
    const rasters = [
      ...coats.coats.flatMap(rastersOf),
      ...coats.contours.map(({raster}) => raster),
    ];
    const units = coats.coats.reduce(
      (sum, coat) => sum + textureCount(coat),
      1 + 2 * coats.contours.length,
    );
    return units <= maxUnits && this.#textures.fits(rasters) && this.#programFor(coats) !== null;
  }

  #draw(coats: Coats, scene: Scene, canvas: Size, window: Window, part: Window): void {
    const {gl} = this;
    const textures = this.#textures;
    if (part.left >= part.right || part.top >= part.bottom) {
      return;
    }
    const samples = commonSamples(scene, coats.coats);
    const atlas = new MapAtlas(scene, canvas);
    const anchor = anchorOf(scene.view);
    const program = this.#programFor(coats)!;
    program.use();
    program.int('samples', samples);
    program.int('lastRow', canvas.height - 1);
    program.int('anchor', anchor.x, anchor.y);
    program.int('window', window.left, window.top, window.right, window.bottom);
    program.int('checkered', Number(scene.backdrop === undefined));
    program.float(
      'backdrop',
      ...[16, 8, 0].map((shift) => (((scene.backdrop ?? 0) >> shift) & 255) / 255),
    );
    coats.coats.forEach((coat, i) => this.#bindCoat(program, `c${i}`, coat, atlas, samples));
    coats.contours.forEach((contour, i) => this.#bindContour(program, `o${i}`, contour, atlas));
    program.texture(
      'map',
      textures.map(atlas.key, atlas.width, () => atlas.texels()),
    );
    gl.scissor(
      part.left,
      canvas.height - part.bottom,
      part.right - part.left,
      part.bottom - part.top,
    );
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #programFor(coats: Coats): Program | null {
    const signature = shaderSignature(coats);
    let program = this.#programs.get(signature);
    if (program === undefined) {
      try {
        program = new Program(this.gl, vertexShader, fragmentShader(coats));
      } catch (error) {
        console.warn(`The GPU can't paint ${signature}, the CPU will:`, error);
        program = null;
      }
      this.#programs.set(signature, program);
    }
    return program;
  }

  #bindCoat(program: Program, name: string, coat: Coat, atlas: MapAtlas, samples: number): void {
    const textures = this.#textures;
    const bindRaster = (part: string, raster: Raster) => {
      program.texture(`${name}_${part}`, textures.raster(raster));
      program.int(`${name}_${part}Map`, atlas.add(raster, coat.grid, samples));
    };
    const bindLabelled = (part: string, {raster, labels}: Labelled) => {
      bindRaster(part, raster);
      program.texture(`${name}_${part}Labels`, textures.labels(labels));
    };
    const bindImage = (part: string, raster: Raster) => {
      bindRaster(part, raster);
      program.int(`${name}_${part}Colored`, Number(colorChannels(raster) === 3));
      program.float(`${name}_${part}Scale`, 1 / (storedValues(raster.bits) - 1));
    };
    const bindHeatmap = (part: string, picture: HeatmapPicture) => {
      const {raster, range} = picture;
      bindRaster(part, raster);
      program.int(`${name}_${part}Largest`, largestNumber(raster.bits));
      program.texture(
        `${name}_${part}Values`,
        // Codes that are no numbers are told by the stored value; not every GPU keeps a NaN.
        textures.values(`${raster.bits} ${range.join()}`, () =>
          valueTable(picture).map((value) => (Number.isFinite(value) ? value : 0)),
        ),
      );
    };
    program.float(`${name}Opacity`, coat.opacity);
    switch (coat.type) {
      case 'lut': {
        const {solid, stripe} = coat.lut;
        bindRaster('raster', coat.raster);
        program.texture(
          `${name}_lut`,
          solid === stripe ? textures.colors(solid) : textures.colors(solid, stripe),
        );
        program.int(`${name}_stripeOffset`, solid === stripe ? 0 : solid.length);
        break;
      }
      case 'tone':
        bindRaster('raster', coat.raster);
        program.texture(`${name}_tone`, textures.tones(coat.tone));
        program.int(`${name}_channels`, coat.raster.channels);
        program.float(`${name}_scale`, 1 / (storedValues(coat.raster.bits) - 1));
        break;
      case 'outcomes':
        bindLabelled('truth', coat.truth);
        bindLabelled('prediction', coat.prediction);
        break;
      case 'wrong':
        bindLabelled('truth', coat.truth);
        bindLabelled('prediction', coat.prediction);
        program.texture(`${name}_colors`, textures.colors(coat.colors));
        program.int(`${name}_byTruth`, Number(coat.by === 'truth'));
        break;
      case 'labelVersus':
        bindLabelled('truth', coat.truth);
        bindLabelled('a', coat.a);
        bindLabelled('b', coat.b);
        break;
      case 'imageDifference':
        bindImage('truth', coat.truth);
        bindImage('prediction', coat.prediction);
        program.int(`${name}_how`, differenceCodes[coat.how]);
        program.float(`${name}_gain`, coat.gain);
        break;
      case 'imageVersus':
        bindImage('truth', coat.truth);
        bindImage('a', coat.a);
        bindImage('b', coat.b);
        program.float(`${name}_gain`, coat.gain);
        program.texture(`${name}_colors`, textures.colors(coat.colors));
        break;
      case 'heatmapDifference':
        bindHeatmap('truth', coat.truth);
        bindHeatmap('prediction', coat.prediction);
        program.int(`${name}_how`, differenceCodes[coat.how]);
        program.float(`${name}_limit`, coat.limit);
        program.texture(`${name}_colors`, textures.colors(coat.colors));
        break;
      case 'heatmapVersus':
        bindHeatmap('truth', coat.truth);
        bindHeatmap('a', coat.a);
        bindHeatmap('b', coat.b);
        program.float(`${name}_gain`, coat.gain);
        program.float(`${name}_limit`, coat.limit);
        program.texture(`${name}_colors`, textures.colors(coat.colors));
        break;
    }
  }

  #bindContour(program: Program, name: string, contour: Contour, atlas: MapAtlas): void {
    const {raster, colors, dashed, width} = contour;
    const {before, after} = outlineReach(width);
    program.texture(`${name}_raster`, this.#textures.raster(raster));
    program.int(`${name}_map`, atlas.add(raster, raster, 1));
    program.texture(`${name}_colors`, this.#textures.colors(colors));
    program.int(`${name}_reach`, before, after);
    program.int(`${name}_dashed`, Number(dashed));
  }
}

function rastersOf(coat: Coat): Raster[] {
  switch (coat.type) {
    case 'lut':
    case 'tone':
      return [coat.raster];
    case 'outcomes':
    case 'wrong':
    case 'heatmapDifference':
      return [coat.truth.raster, coat.prediction.raster];
    case 'imageDifference':
      return [coat.truth, coat.prediction];
    case 'labelVersus':
    case 'heatmapVersus':
      return [coat.truth.raster, coat.a.raster, coat.b.raster];
    case 'imageVersus':
      return [coat.truth, coat.a, coat.b];
  }
}

/** Rasters, a table of each but of images to compare, and a table of colours but where outcomes have fixed ones. */
/** Some Chromiums don't count SwiftShader as the major performance caveat that it is. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(
    gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL),
  );
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer);
}

function textureCount(coat: Coat): number {
  const rasters = rastersOf(coat).length;
  switch (coat.type) {
    case 'lut':
    case 'tone':
    case 'outcomes':
    case 'labelVersus':
      return 2 * rasters;
    case 'imageDifference':
      return rasters;
    case 'imageVersus':
      return rasters + 1;
    case 'wrong':
    case 'heatmapDifference':
    case 'heatmapVersus':
      return 2 * rasters + 1;
  }
}
