// SPDX-License-Identifier: Apache-2.0
// The fragment shader of a scene: the same formulas as `render/` and `software.ts`, put together for the coats it has, so that a
// pane is painted in one draw and rounded once. Textures are fetched by integer coordinates that the CPU worked out, so both
// painters meet the same pixels.
import {opaque, type Rgba} from './color.js';
import {broken} from '../kinds/heatmap/difference.js';
import {notJudged, outcomeTable, versusTable} from './labels.js';
import {hiddenLabel, noLabel} from '../kinds/mask/classes.js';
import type {Coats, Coating} from '../kinds/layer-compiler.js';
import {checkColors, checkSize, dashLength, dashPeriod, stripeWidth} from './patterns.js';

export const vertexShader = `#version 300 es
void main() {
  // One triangle that covers the viewport.
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** What decides the shader: scenes with equal signatures share one. */
export function shaderSignature({coats, contours}: Coats): string {
  return [...coats.map(({type}) => type), contours.length].join();
}

/** Uniforms of coat i begin with `c<i>`, those of contour i with `o<i>`. */
export function fragmentShader({coats, contours}: Coats): string {
  return [
    header,
    ...coats.map(({type}, i) => coatSource(type, `c${i}`)),
    ...contours.map((_, i) => contourSource(`o${i}`)),
    `void main() {
      ivec2 pixel = ivec2(int(gl_FragCoord.x), lastRow - int(gl_FragCoord.y));
      ivec2 anchored = pixel + anchor;
      bool onStripe = ((anchored.x + anchored.y) / ${stripeWidth} & 1) == 1;
      bool onDash = (anchored.x + anchored.y) % ${dashPeriod} < ${dashLength};
      bool onCheck = (anchored.x / ${checkSize} + anchored.y / ${checkSize} & 1) == 1;
      vec3 color = !checkered ? backdrop : onCheck ? ${rgb(checkColors[1])} : ${rgb(checkColors[0])};
      vec4 layer;`,
    ...coats.map(
      (_, i) => `
      layer = c${i}(pixel, onStripe) * c${i}Opacity;
      color = color * (1.0 - layer.a) + layer.rgb;`,
    ),
    ...contours.map((_, i) => `color = o${i}(pixel, onDash, color);`),
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
ivec2 cell(int index) { return ivec2(index & 255, index >> 8); }
vec4 look(sampler2D table, int index) { return texelFetch(table, cell(index), 0); }
int label(usampler2D table, uint stored) { return int(texelFetch(table, cell(int(stored)), 0).r); }
vec4 ramp(sampler2D colors, float position) {
  int last = textureSize(colors, 0).x * textureSize(colors, 0).y - 1;
  return look(colors, int(floor(float(last) * clamp(position, 0.0, 1.0) + 0.5)));
}
vec3 channels(uvec4 stored, bool colored) { return vec3(colored ? stored.rgb : stored.rrr); }
vec3 levels(uvec4 stored, bool colored, float scale) { return channels(stored, colored) * scale; }
float meanOf(vec3 values) { return (values.r + values.g + values.b) / 3.0; }

// Of heatmaps: 0 is a number, 1 -inf, 2 +inf, 3 NaN.
int kindOf(uint stored, int largest) { return max(int(stored) - largest, 0); }
const float far = 1e30;
float distanceOf(int wantedKind, float wanted, int gotKind, float got) {
  if (wantedKind == gotKind && (wantedKind != 0 || wanted == got)) return 0.0;
  return wantedKind != 0 || gotKind != 0 ? far : abs(got - wanted);
}
`;

function coatSource(type: Coating['type'], name: string): string {
  const {uniforms, rasters, sample} = samplers[type];
  const read = (raster: string) => `
        uvec4 ${raster} = texelFetch(NAME_${raster}, place(NAME_${raster}Map, samples, pixel, u, v), 0);`;
  const source = `
    uniform float NAMEOpacity;
    ${rasters.map((raster) => `uniform usampler2D NAME_${raster}; uniform int NAME_${raster}Map;`).join('\n')}
    ${uniforms}
    vec4 NAME(ivec2 pixel, bool onStripe) {
      vec4 sum = vec4(0.0);
      for (int v = 0; v < samples; v++) {
        for (int u = 0; u < samples; u++) {
          ${rasters.map(read).join('')}
          vec4 color = vec4(0.0);
          ${sample}
          sum += color;
        }
      }
      return sum / float(samples * samples);
    }`;
  return source.replaceAll('NAME', name);
}

interface Sampler {
  readonly rasters: readonly string[];
  readonly uniforms: string;
  /** Sets `color`, premultiplied, from the stored values of one sample, which have the rasters' names. */
  readonly sample: string;
}

const truthAndPrediction = ['truth', 'prediction'] as const;
const three = ['truth', 'a', 'b'] as const;

const samplers: Readonly<Record<Coating['type'], Sampler>> = {
  lut: {
    rasters: ['raster'],
    uniforms: 'uniform sampler2D NAME_lut; uniform int NAME_stripeOffset;',
    sample: 'color = look(NAME_lut, int(raster.r) + (onStripe ? NAME_stripeOffset : 0));',
  },
  tone: {
    rasters: ['raster'],
    uniforms: 'uniform sampler2D NAME_tone; uniform int NAME_channels; uniform float NAME_scale;',
    sample: `
      float alpha = NAME_channels == 2 ? float(raster.g) * NAME_scale
        : NAME_channels == 4 ? float(raster.a) * NAME_scale : 1.0;
      vec3 shown = vec3(look(NAME_tone, int(raster.r)).r);
      if (NAME_channels >= 3) {
        shown.g = look(NAME_tone, int(raster.g)).r;
        shown.b = look(NAME_tone, int(raster.b)).r;
      }
      color = vec4(shown * alpha, alpha);`,
  },
  outcomes: {
    rasters: truthAndPrediction,
    uniforms: 'uniform usampler2D NAME_truthLabels; uniform usampler2D NAME_predictionLabels;',
    sample: `
      int wanted = label(NAME_truthLabels, truth.r);
      int got = label(NAME_predictionLabels, prediction.r);
      color = wanted == ${noLabel} ? ${rgba(notJudged)} : ${choose(outcomeTable, 'wanted == 1', 'got == 1')};`,
  },
  wrong: {
    rasters: truthAndPrediction,
    uniforms: `
      uniform usampler2D NAME_truthLabels; uniform usampler2D NAME_predictionLabels;
      uniform sampler2D NAME_colors; uniform bool NAME_byTruth;`,
    sample: `
      int wanted = label(NAME_truthLabels, truth.r);
      int got = label(NAME_predictionLabels, prediction.r);
      if (wanted == ${noLabel}) color = ${rgba(notJudged)};
      else if (wanted != got && (wanted & got & ${hiddenLabel}) == 0) color = look(NAME_colors, int(NAME_byTruth ? truth.r : prediction.r));`,
  },
  labelVersus: {
    rasters: three,
    uniforms:
      'uniform usampler2D NAME_truthLabels; uniform usampler2D NAME_aLabels; uniform usampler2D NAME_bLabels;',
    sample: `
      int wanted = label(NAME_truthLabels, truth.r);
      int gotA = label(NAME_aLabels, a.r);
      int gotB = label(NAME_bLabels, b.r);
      if (wanted == ${noLabel}) color = ${rgba(notJudged)};
      else if ((wanted & gotA & gotB & ${hiddenLabel}) == 0) {
        color = ${choose(versusTable, 'gotA == wanted', 'gotB == wanted')};
      }`,
  },
  imageDifference: {
    rasters: truthAndPrediction,
    uniforms: `
      uniform bool NAME_truthColored; uniform float NAME_truthScale;
      uniform bool NAME_predictionColored; uniform float NAME_predictionScale;
      uniform int NAME_how; uniform float NAME_gain;`,
    sample: `
      vec3 d = levels(prediction, NAME_predictionColored, NAME_predictionScale)
        - levels(truth, NAME_truthColored, NAME_truthScale);
      vec3 shown = NAME_how == 0 ? abs(d) * NAME_gain : NAME_how == 1 ? 0.5 + 0.5 * NAME_gain * d : NAME_gain * d * d;
      color = vec4(clamp(shown, 0.0, 1.0), 1.0);`,
  },
  imageVersus: {
    rasters: three,
    uniforms: `
      uniform bool NAME_truthColored; uniform float NAME_truthScale;
      uniform bool NAME_aColored; uniform float NAME_aScale;
      uniform bool NAME_bColored; uniform float NAME_bScale;
      uniform float NAME_gain; uniform sampler2D NAME_colors;`,
    sample: `
      vec3 wanted = levels(truth, NAME_truthColored, NAME_truthScale);
      float aError = meanOf(abs(levels(a, NAME_aColored, NAME_aScale) - wanted));
      float bError = meanOf(abs(levels(b, NAME_bColored, NAME_bScale) - wanted));
      color = ramp(NAME_colors, 0.5 + 0.5 * NAME_gain * (bError - aError));`,
  },
  heatmapDifference: {
    rasters: truthAndPrediction,
    uniforms: `
      uniform sampler2D NAME_truthValues; uniform int NAME_truthLargest;
      uniform sampler2D NAME_predictionValues; uniform int NAME_predictionLargest;
      uniform int NAME_how; uniform float NAME_limit; uniform sampler2D NAME_colors;`,
    sample: `
      int wantedKind = kindOf(truth.r, NAME_truthLargest);
      int gotKind = kindOf(prediction.r, NAME_predictionLargest);
      float wanted = look(NAME_truthValues, int(truth.r)).r;
      float got = look(NAME_predictionValues, int(prediction.r)).r;
      bool same = wantedKind == gotKind && (wantedKind != 0 || wanted == got);
      float e = same ? 0.0 : got - wanted;
      if (wantedKind == 3) color = ${rgba(notJudged)};
      else if (!same && (wantedKind != 0 || gotKind != 0)) color = ${rgba(broken)};
      else {
        if (NAME_how == 2 && e != 0.0) e = wanted == 0.0 ? sign(e) * far : e / abs(wanted);
        color = ramp(NAME_colors, NAME_how == 0 ? abs(e) / NAME_limit : 0.5 + 0.5 * e / NAME_limit);
      }`,
  },
  heatmapVersus: {
    rasters: three,
    uniforms: `
      uniform sampler2D NAME_truthValues; uniform int NAME_truthLargest;
      uniform sampler2D NAME_aValues; uniform int NAME_aLargest;
      uniform sampler2D NAME_bValues; uniform int NAME_bLargest;
      uniform float NAME_gain; uniform float NAME_limit; uniform sampler2D NAME_colors;`,
    sample: `
      int wantedKind = kindOf(truth.r, NAME_truthLargest);
      float wanted = look(NAME_truthValues, int(truth.r)).r;
      float aError = distanceOf(wantedKind, wanted, kindOf(a.r, NAME_aLargest), look(NAME_aValues, int(a.r)).r);
      float bError = distanceOf(wantedKind, wanted, kindOf(b.r, NAME_bLargest), look(NAME_bValues, int(b.r)).r);
      color = wantedKind == 3 ? ${rgba(notJudged)}
        : ramp(NAME_colors, 0.5 + 0.5 * NAME_gain * (bError - aError) / NAME_limit);`,
  },
};

/** How the shader numbers the ways to differ; both enumerations are of one uniform, `how`. */
export const differenceCodes = {absolute: 0, signed: 1, squared: 2, relative: 2} as const;

function contourSource(name: string): string {
  return `
    uniform usampler2D NAME_raster; uniform int NAME_map; uniform sampler2D NAME_colors;
    uniform ivec2 NAME_reach; uniform bool NAME_dashed;
    vec4 NAMEAt(ivec2 pixel) {
      uint stored = texelFetch(NAME_raster, place(NAME_map, 1, pixel, 0, 0), 0).r;
      return look(NAME_colors, int(stored));
    }
    vec3 NAME(ivec2 pixel, bool onDash, vec3 under) {
      if (NAME_dashed && !onDash) return under;
      // Beyond the frame nothing changes.
      int left = pixel.x - NAME_reach.x < window.x ? pixel.x : pixel.x - NAME_reach.x;
      int above = pixel.y - NAME_reach.x < window.y ? pixel.y : pixel.y - NAME_reach.x;
      int right = pixel.x + NAME_reach.y >= window.z ? pixel.x : pixel.x + NAME_reach.y;
      int below = pixel.y + NAME_reach.y >= window.w ? pixel.y : pixel.y + NAME_reach.y;
      vec4 own = NAMEAt(pixel);
      vec4 other = NAMEAt(ivec2(right, pixel.y));
      if (other == own) other = NAMEAt(ivec2(pixel.x, below));
      if (other == own) other = NAMEAt(ivec2(left, pixel.y));
      if (other == own) other = NAMEAt(ivec2(pixel.x, above));
      if (other == own) return under;
      return own.a == 0.0 ? other.rgb : own.rgb;
    }`.replaceAll('NAME', name);
}

/** `table[2 first + second]` */
function choose(table: Uint32Array, first: string, second: string): string {
  const [neither, onlySecond, onlyFirst, both] = [...table].map(rgba) as [
    string,
    string,
    string,
    string,
  ];
  return `(${first} ? (${second} ? ${both} : ${onlyFirst}) : (${second} ? ${onlySecond} : ${neither}))`;
}

function rgba(color: Rgba): string {
  const channels = [color & 255, (color >> 8) & 255, (color >> 16) & 255, color >>> 24];
  return `vec4(${channels.map((value) => (value / 255).toFixed(8)).join()})`;
}

function rgb(color: number): string {
  return `${rgba(opaque(color))}.rgb`;
}
