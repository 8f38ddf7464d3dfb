// SPDX-License-Identifier: Apache-2.0
/**
 * The fragment shader of a scene, put together from the GLSL of its operations, so that a pane is painted in one draw and rounded
 * once. Textures are fetched by integer coordinates that the CPU worked out, so both painters meet the same pixels.
 */
import {rgb} from './glsl.js';
import type {DrawOperation, Table} from './operation.js';
import {
  checkColors,
  checkSize,
  dashLength,
  dashPeriod,
  outlineColor,
  outlineRimColor,
  stripeWidth,
  turnLength,
  turnPeriod,
} from './patterns.js';
import type {DrawnContent} from './scene.js';

export const vertexShader = `#version 300 es
void main() {
  // One triangle that covers the viewport.
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** What decides the shader: scenes with equal signatures share one. */
export function shaderSignature({layers, outlines}: DrawnContent): string {
  const names = (drawn: readonly {readonly operation: DrawOperation}[]) =>
    drawn.map(({operation}) => operation.name).join();
  return `${names(layers)} outlined by ${names(outlines)}`;
}

/** Uniforms of layer i begin with `c<i>`, those of outline i with `o<i>`. */
export function fragmentShader({layers, outlines}: DrawnContent): string {
  const operations = [...layers, ...outlines].map(({operation}) => operation);
  return [
    header,
    ...new Set(operations.flatMap(({functions = []}) => functions)),
    ...layers.map(({operation}, i) => operationSource(operation, `c${i}`) + layerSource(`c${i}`)),
    ...outlines.map(
      ({operation}, i) => operationSource(operation, `o${i}`) + outlineSource(`o${i}`),
    ),
    `void main() {
      ivec2 pixel = ivec2(int(gl_FragCoord.x), lastRow - int(gl_FragCoord.y));
      ivec2 anchored = pixel + anchor;
      bool onDash = (anchored.x + anchored.y) % ${dashPeriod} < ${dashLength};
      bool onWhite = (anchored.x + 2 * anchored.y + ${turnLength} * (anchored.y / ${turnPeriod})) % ${turnPeriod} < ${turnLength};
      bool onCheck = (anchored.x / ${checkSize} + anchored.y / ${checkSize} & 1) == 1;
      vec3 color = !checkered ? backdrop : onCheck ? ${rgb(checkColors[1])} : ${rgb(checkColors[0])};
      vec4 layer;`,
    ...layers.map(
      (_, i) => `
      layer = c${i}(pixel) * c${i}Opacity;
      color = color * (1.0 - layer.a) + layer.rgb;`,
    ),
    ...outlines.map((_, i) => `color = o${i}(pixel, onDash, onWhite, color);`),
    'result = vec4(color, 1.0); }',
  ].join('\n');
}

const header = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
uniform usampler2D map;
uniform int samples;
uniform int lastRow;
uniform ivec2 anchor;
uniform ivec4 window;
uniform bool checkered;
uniform vec3 backdrop;
out vec4 result;

// Rows base to base + count - 1 of the map hold the columns at each sample, the next count the rows.
ivec2 place(int base, int count, ivec2 pixel, int u, int v) {
  return ivec2(
    texelFetch(map, ivec2(pixel.x, base + u), 0).r,
    texelFetch(map, ivec2(pixel.y, base + count + v), 0).r);
}
bool isOnStripe(ivec2 pixel) {
  ivec2 anchored = pixel + anchor;
  return ((anchored.x + anchored.y) / ${stripeWidth} & 1) == 1;
}
ivec2 cell(int index) { return ivec2(index & 255, index >> 8); }
vec4 look(sampler2D table, int index) { return texelFetch(table, cell(index), 0); }
int label(usampler2D table, uint stored) { return int(texelFetch(table, cell(int(stored)), 0).r); }
vec4 ramp(sampler2D colors, float position) {
  int last = textureSize(colors, 0).x * textureSize(colors, 0).y - 1;
  return look(colors, int(floor(float(last) * clamp(position, 0.0, 1.0) + 0.5)));
}
`;

const samplerTypes: Readonly<Record<Table['type'], string>> = {
  colors: 'sampler2D',
  tones: 'sampler2D',
  labels: 'usampler2D',
  values: 'sampler2D',
};

/** The uniforms, and the colour of one of `count` x `count` samples of a pixel. */
function operationSource(operation: DrawOperation, name: string): string {
  const {rasters, tables = {}, flags = {}, ints = {}, floats = {}, glsl} = operation;
  const declare = (type: string, names: readonly string[]) =>
    names.map((part) => `uniform ${type} NAME_${part};`);
  const parts = Object.keys(rasters);
  return [
    ...declare('usampler2D', parts),
    ...declare(
      'int',
      parts.map((part) => `${part}Map`),
    ),
    ...Object.entries(tables).flatMap(([part, {type}]) => declare(samplerTypes[type], [part])),
    ...declare('bool', Object.keys(flags)),
    ...declare('int', Object.keys(ints)),
    ...declare('float', Object.keys(floats)),
    'vec4 NAMESample(ivec2 pixel, bool onStripe, int count, int u, int v) {',
    ...parts.map(
      (part) =>
        `uvec4 ${part} = texelFetch(NAME_${part}, place(NAME_${part}Map, count, pixel, u, v), 0);`,
    ),
    'vec4 color = vec4(0.0);',
    glsl,
    'return color; }',
  ]
    .join('\n')
    .replaceAll('NAME', name);
}

function layerSource(name: string): string {
  return `
    uniform float NAMEOpacity;
    uniform bool NAMEThick;
    vec4 NAMEMean(ivec2 pixel) {
      bool onStripe = isOnStripe(pixel);
      vec4 sum = vec4(0.0);
      for (int v = 0; v < samples; v++) {
        for (int u = 0; u < samples; u++) {
          sum += NAMESample(pixel, onStripe, samples, u, v);
        }
      }
      return sum / float(samples * samples);
    }
    // As thickening.ts has it.
    vec4 NAME(ivec2 pixel) {
      vec4 own = NAMEMean(pixel);
      if (!NAMEThick) return own;
      for (int i = 0; i < 4; i++) {
        ivec2 other = pixel - ivec2(i & 1, i >> 1);
        if (other.x < window.x || other.y < window.y) continue;
        vec4 color = i == 0 ? own : NAMEMean(other);
        if (color.a > 0.0) return vec4(color.rgb / color.a, 1.0);
      }
      return own;
    }`.replaceAll('NAME', name);
}

function outlineSource(name: string): string {
  return `
    uniform ivec2 NAMEReach; uniform int NAMERim; uniform int NAMESamples; uniform bool NAMEDashed;
    uniform bool NAMEFine;
    // The first that has one: as wholeColors of thickening.ts has it, of a layer of one colour.
    vec4 NAMEAt(int x, int y) {
      for (int v = 0; v < NAMESamples; v++) {
        for (int u = 0; u < NAMESamples; u++) {
          vec4 color = NAMESample(ivec2(x, y), false, NAMESamples, u, v);
          if (color.a > 0.0) return color;
        }
      }
      return vec4(0.0);
    }
    // The first other colour so far after or before; its own where there is none.
    vec4 NAMEOther(ivec2 pixel, vec4 own, int more) {
      ivec2 reach = NAMEReach + more;
      // Beyond the frame nothing changes.
      int left = pixel.x - reach.x < window.x ? pixel.x : pixel.x - reach.x;
      int above = pixel.y - reach.x < window.y ? pixel.y : pixel.y - reach.x;
      int right = pixel.x + reach.y >= window.z ? pixel.x : pixel.x + reach.y;
      int below = pixel.y + reach.y >= window.w ? pixel.y : pixel.y + reach.y;
      vec4 other = NAMEAt(right, pixel.y);
      if (other == own) other = NAMEAt(pixel.x, below);
      if (other == own) other = NAMEAt(left, pixel.y);
      if (other == own) other = NAMEAt(pixel.x, above);
      return other;
    }
    vec3 NAME(ivec2 pixel, bool onDash, bool onWhite, vec3 under) {
      if (NAMEDashed && !onDash) return under;
      vec4 own = NAMEAt(pixel.x, pixel.y);
      vec4 other = NAMEOther(pixel, own, 0);
      if (other != own) {
        if (NAMEDashed) return own.a == 0.0 ? other.rgb : own.rgb;
        return NAMEFine && !onWhite ? ${rgb(outlineRimColor)} : ${rgb(outlineColor)};
      }
      for (int more = 1; more <= NAMERim; more++) {
        if (NAMEOther(pixel, own, more) != own) return ${rgb(outlineRimColor)};
      }
      return under;
    }`.replaceAll('NAME', name);
}
