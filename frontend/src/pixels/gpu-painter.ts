// SPDX-License-Identifier: Apache-2.0
/** The WebGL 2 painter. It gives the same pixels as `cpu-painter.ts`. */
import {MapAtlas} from './maps.js';
import type {DrawOperation} from './operation.js';
import {anchorOf, outlineReach, rimOf} from './patterns.js';
import {Program} from './program.js';
import {wholeCanvas, type Rect, type Size} from './raster.js';
import {commonSamples, boundsOf, type Bounds} from './sampling.js';
import type {DrawnContent, DrawnScene} from './scene.js';
import {fragmentShader, shaderSignature, vertexShader} from './shader.js';
import {outlineSamples, thickens} from './thickening.js';
import {maxUnits, Textures} from './textures.js';

const maxTextureBytes = 256 * 2 ** 20;

export interface GpuOptions {
  /** Also where WebGL itself runs on the CPU, which is slower than painting there directly. */
  readonly evenInSoftware?: boolean;
  /** The canvas that is painted on before it is copied to a pane; a test gives its own. */
  readonly surface?: HTMLCanvasElement;
}

/**
 * Paints with WebGL 2. All panes share one context, because browsers allow a page about sixteen; the finished picture is copied to
 * the pane's own canvas.
 */
export class GpuPainter {
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

  /** Paints the whole canvas or the part, or leaves it as it is and returns false where this can't be done here, or not now. */
  paint(canvas: HTMLCanvasElement, scene: DrawnScene, part: Rect = wholeCanvas(canvas)): boolean {
    const {gl, surface} = this;
    const {width, height} = part;
    const context = canvas.getContext('2d');
    if (this.#lost || gl.isContextLost() || context === null || !this.#canHold(part)) {
      return false;
    }
    const contents = [scene, ...(scene.swipe === undefined ? [] : [scene.swipe.right])];
    if (!contents.every((content) => this.#canPaint(content))) {
      return false;
    }
    surface.width = Math.max(surface.width, width);
    surface.height = Math.max(surface.height, height);
    gl.viewport(0, 0, width, height);
    gl.disable(gl.SCISSOR_TEST);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
    const bounds = boundsOf(scene.frame, scene.view, part);
    const split = scene.swipe === undefined ? width : Math.round(scene.swipe.fraction * width);
    contents.forEach((content, i) => {
      const side =
        i === 0
          ? {...bounds, right: Math.min(bounds.right, split)}
          : {...bounds, left: Math.max(bounds.left, split)};
      this.#draw(content, scene, part, bounds, side);
    });
    if (gl.isContextLost()) {
      return false;
    }
    const {x, y} = part;
    context.clearRect(x, y, width, height);
    // The viewport is in the lower left corner of the surface.
    context.drawImage(surface, 0, surface.height - height, width, height, x, y, width, height);
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

  #canPaint(content: DrawnContent): boolean {
    const operations = [...content.layers, ...content.outlines].map(({operation}) => operation);
    const rasters = operations.flatMap((operation) => Object.values(operation.rasters));
    const tables = operations.flatMap(({tables = {}}) => Object.values(tables));
    const units = 1 + rasters.length + tables.length;
    return units <= maxUnits && this.#textures.fits(rasters) && this.#programFor(content) !== null;
  }

  #draw(
    content: DrawnContent,
    scene: DrawnScene,
    canvas: Size,
    bounds: Bounds,
    part: Bounds,
  ): void {
    const {gl} = this;
    const textures = this.#textures;
    if (part.left >= part.right || part.top >= part.bottom) {
      return;
    }
    const samples = commonSamples(
      scene,
      content.layers.map(({operation}) => operation),
    );
    const atlas = new MapAtlas(scene, canvas);
    const anchor = anchorOf(scene.view);
    const program = this.#programFor(content)!;
    program.use();
    program.int('samples', samples);
    program.int('lastRow', canvas.height - 1);
    program.int('anchor', anchor.x, anchor.y);
    program.int('window', bounds.left, bounds.top, bounds.right, bounds.bottom);
    program.int('checkered', Number(scene.backdrop === undefined));
    program.float(
      'backdrop',
      ...[16, 8, 0].map((shift) => (((scene.backdrop ?? 0) >> shift) & 255) / 255),
    );
    content.layers.forEach((layer, i) => {
      this.#bind(program, `c${i}`, layer.operation, atlas, samples);
      program.float(`c${i}Opacity`, layer.opacity);
      program.int(`c${i}Thick`, Number(thickens(layer, scene)));
    });
    content.outlines.forEach((outline, i) => {
      const {operation, dashed, width, fine = false} = outline;
      const {before, after} = outlineReach(width);
      const ofPixel = outlineSamples(outline, scene);
      this.#bind(program, `o${i}`, operation, atlas, ofPixel);
      program.int(`o${i}Samples`, ofPixel);
      program.int(`o${i}Reach`, before, after);
      program.int(`o${i}Rim`, rimOf(outline));
      program.int(`o${i}Fine`, Number(fine));
      program.int(`o${i}Dashed`, Number(dashed));
    });
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

  #programFor(content: DrawnContent): Program | null {
    const signature = shaderSignature(content);
    let program = this.#programs.get(signature);
    if (program === undefined) {
      try {
        program = new Program(this.gl, vertexShader, fragmentShader(content));
      } catch (error) {
        console.warn(`The GPU can't paint ${signature}, the CPU will:`, error);
        program = null;
      }
      this.#programs.set(signature, program);
    }
    return program;
  }

  #bind(
    program: Program,
    name: string,
    {grid, rasters, tables = {}, flags = {}, ints = {}, floats = {}}: DrawOperation,
    atlas: MapAtlas,
    samples: number,
  ): void {
    for (const [part, raster] of Object.entries(rasters)) {
      program.texture(`${name}_${part}`, this.#textures.raster(raster));
      program.int(`${name}_${part}Map`, atlas.add(raster, grid, samples));
    }
    for (const [part, table] of Object.entries(tables)) {
      program.texture(`${name}_${part}`, this.#textures.table(table));
    }
    for (const [part, flag] of Object.entries(flags)) {
      program.int(`${name}_${part}`, Number(flag));
    }
    for (const [part, value] of Object.entries(ints)) {
      program.int(`${name}_${part}`, value);
    }
    for (const [part, value] of Object.entries(floats)) {
      program.float(`${name}_${part}`, value);
    }
  }
}

/** Some Chromiums don't count SwiftShader as the major performance caveat that it is. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(
    gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL),
  );
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer);
}
