// SPDX-License-Identifier: Apache-2.0
/**
 * Draws optical flow: by the colour wheel, by how far it ends from the truth, and which of two ends closer. The three share how a
 * vector is read, on the CPU and in GLSL, so they are in one file.
 */
import {clamp} from '../../clamp.js';
import {opaque, pack, type Rgba} from '../../pixels/color.js';
import {rgba} from '../../pixels/glsl.js';
import {brokenColor, ignoredStripe, notJudged} from '../../pixels/no-value.js';
import {sampleOperation, type SampleOperation} from '../../pixels/operation.js';
import type {Range, Raster} from '../../pixels/raster.js';
import {BEYOND, beyondStripe} from '../beyond.js';

/** How a component is stored (docs/format.md, "Flow values"). */
const ZERO = 32766;
export const LARGEST = 2 * ZERO;
export const UNKNOWN = LARGEST + 3;

export interface Vectors {
  readonly raster: Raster;
  /** From −a to a. */
  readonly range: Range;
}

/** Pixels per level. */
function unitOf({range}: Vectors): number {
  return range[1] / ZERO;
}

/** The displacement of pixel `i`, (u, v) in pixels; undefined where it is unknown. */
export function vectorAt(vectors: Vectors, i: number): readonly [number, number] | undefined {
  const {data} = vectors.raster;
  const u = data[2 * i]!;
  const v = data[2 * i + 1]!;
  const unit = unitOf(vectors);
  return Math.max(u, v) <= LARGEST ? [(u - ZERO) * unit, (v - ZERO) * unit] : undefined;
}

const vectorFunctions = `
bool isKnown(uvec4 stored) { return max(stored.r, stored.g) <= ${LARGEST}u; }
vec2 vectorOf(uvec4 stored, float unit) { return (vec2(stored.rg) - ${ZERO}.0) * unit; }
float distanceOf(uvec4 truth, float truthUnit, uvec4 other, float unit) {
  return isKnown(other) ? length(vectorOf(other, unit) - vectorOf(truth, truthUnit)) : 1e30;
}`;

/**
 * The hues of motion, from right over down, left and up: so many steps from red to yellow, to green, cyan, blue, magenta and back.
 * The coding of Baker et al., "A Database and Evaluation Methodology for Optical Flow" (IJCV 92, 2011).
 */
const STEPS = [15, 6, 4, 11, 13, 6] as const;
const CORNERS = [
  [255, 0, 0],
  [255, 255, 0],
  [0, 255, 0],
  [0, 255, 255],
  [0, 0, 255],
  [255, 0, 255],
] as const;

export const wheel: Uint32Array = Uint32Array.from(
  STEPS.flatMap((steps, corner) => {
    const from = CORNERS[corner]!;
    const to = CORNERS[(corner + 1) % CORNERS.length]!;
    return Array.from({length: steps}, (_, step) => {
      const mixed = from.map((value, channel) => {
        const change = Math.floor((255 * step) / steps);
        return value + Math.sign(to[channel]! - value) * change;
      });
      return pack(mixed[0]!, mixed[1]!, mixed[2]!, 255);
    });
  }),
);

const LAST = wheel.length - 1;
/** As a table, which fills whole rows of a texture. */
const wheelTable = new Uint32Array(256);
wheelTable.set(wheel);

/** Longer vectors than those of full colour are darker by this. */
const DARKER = 0.75;
/** Storing may make the longest vector longer by a rounding error. */
const FULL = 1.001;

/** Unknown flow is hatched in this and `notJudged`, a colour that the wheel does not have. */
const stripe = opaque(ignoredStripe);

const wheelGlsl = `
  if (!isKnown(raster)) color = onStripe ? ${rgba(stripe)} : ${rgba(notJudged)};
  else {
    vec2 vector = vectorOf(raster, NAME_unit);
    float radius = length(vector) / NAME_magnitude;
    float turn = radius == 0.0 ? 0.0 : atan(vector.y, vector.x) / ${(2 * Math.PI).toFixed(8)};
    float position = (vector.y < 0.0 ? turn + 1.0 : turn) * ${LAST}.0;
    int index = clamp(int(floor(position)), 0, ${LAST - 1});
    vec3 hue = mix(look(NAME_wheel, index).rgb, look(NAME_wheel, index + 1).rgb, position - float(index));
    color = vec4(radius > ${FULL} ? hue * ${DARKER} : 1.0 - min(radius, 1.0) * (1.0 - hue), 1.0);
  }`;

/** `magnitude` is the length of full colour, in pixels: white does not move. Unknown flow is hatched. */
export function drawWheel(vectors: Vectors, magnitude: number): SampleOperation {
  const {raster} = vectors;
  return sampleOperation({
    name: 'flowWheel',
    grid: raster,
    rasters: {raster},
    tables: {wheel: {type: 'colors', tables: [wheelTable]}},
    floats: {unit: unitOf(vectors), magnitude},
    functions: [vectorFunctions],
    glsl: wheelGlsl,
    stripe,
    colors: (rasters, marked) =>
      paintWheel({...vectors, raster: rasters.raster}, magnitude, marked),
  });
}

/** Written without an object per pixel: a pane is painted again with every move of the pointer. */
function paintWheel(vectors: Vectors, magnitude: number, unknown?: Uint8Array): Uint32Array {
  const {data, width, height} = vectors.raster;
  const unit = unitOf(vectors);
  const out = new Uint32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const storedU = data[2 * i]!;
    const storedV = data[2 * i + 1]!;
    if (Math.max(storedU, storedV) > LARGEST) {
      out[i] = notJudged;
      if (unknown !== undefined) {
        unknown[i] = 1;
      }
      continue;
    }
    out[i] = wheelColor((storedU - ZERO) * unit, (storedV - ZERO) * unit, magnitude);
  }
  return out;
}

function wheelColor(u: number, v: number, magnitude: number): Rgba {
  const radius = Math.sqrt(u * u + v * v) / magnitude;
  const turn = Math.atan2(v, u) / (2 * Math.PI);
  const position = (v < 0 ? turn + 1 : turn) * LAST;
  const index = clamp(Math.floor(position), 0, LAST - 1);
  const share = position - index;
  const first = wheel[index]!;
  const second = wheel[index + 1]!;
  return pack(
    wheelChannel(first & 255, second & 255, share, radius),
    wheelChannel((first >>> 8) & 255, (second >>> 8) & 255, share, radius),
    wheelChannel((first >>> 16) & 255, (second >>> 16) & 255, share, radius),
    255,
  );
}

function wheelChannel(first: number, second: number, share: number, radius: number): number {
  const hue = first + (second - first) * share;
  return Math.round(radius > FULL ? DARKER * hue : 255 - Math.min(radius, 1) * (255 - hue));
}

const errorGlsl = `
  if (!isKnown(truth)) color = ${rgba(notJudged)};
  else if (!isKnown(prediction)) color = ${rgba(opaque(brokenColor))};
  else {
    float error = distanceOf(truth, NAME_truthUnit, prediction, NAME_predictionUnit) / NAME_limit;
    color = onStripe && error > ${BEYOND} ? ${rgba(beyondStripe)} : ramp(NAME_colors, error);
  }`;

/** The end-point error; `limit` is the error at full colour, in pixels. Grey: the truth is unknown; magenta: only the prediction is. */
export function drawEndPointError(
  truth: Vectors,
  prediction: Vectors,
  limit: number,
  colors: Uint32Array,
): SampleOperation {
  return sampleOperation({
    name: 'flowEndPointError',
    grid: prediction.raster,
    rasters: {truth: truth.raster, prediction: prediction.raster},
    tables: {colors: {type: 'colors', tables: [colors]}},
    floats: {truthUnit: unitOf(truth), predictionUnit: unitOf(prediction), limit},
    functions: [vectorFunctions],
    glsl: errorGlsl,
    stripe: beyondStripe,
    colors(rasters, beyond) {
      const wanted = {...truth, raster: rasters.truth};
      const got = {...prediction, raster: rasters.prediction};
      return paint(got.raster, (i) => {
        const error = endPointError(wanted, i, got, i);
        if (error === undefined) {
          return notJudged;
        }
        if (error === Infinity) {
          return opaque(brokenColor);
        }
        if (beyond !== undefined && error / limit > BEYOND) {
          beyond[i] = 1;
        }
        return ramp(colors, error / limit);
      });
    },
  });
}

const versusGlsl = `
  if (!isKnown(truth)) color = ${rgba(notJudged)};
  else {
    float aError = distanceOf(truth, NAME_truthUnit, a, NAME_aUnit);
    float bError = distanceOf(truth, NAME_truthUnit, b, NAME_bUnit);
    color = ramp(NAME_colors, 0.5 + 0.5 * NAME_gain * (bError - aError) / NAME_limit);
  }`;

/**
 * Whose end is closer to the truth's: 1/2 + gain (error of B - error of A) / (2 limit) on a diverging map. The upper end means A.
 * An unknown prediction is infinitely far.
 */
export function drawFlowVersus(
  truth: Vectors,
  a: Vectors,
  b: Vectors,
  gain: number,
  limit: number,
  colors: Uint32Array,
): SampleOperation {
  return sampleOperation({
    name: 'flowVersus',
    grid: a.raster,
    rasters: {truth: truth.raster, a: a.raster, b: b.raster},
    tables: {colors: {type: 'colors', tables: [colors]}},
    floats: {truthUnit: unitOf(truth), aUnit: unitOf(a), bUnit: unitOf(b), gain, limit},
    functions: [vectorFunctions],
    glsl: versusGlsl,
    colors(rasters) {
      const wanted = {...truth, raster: rasters.truth};
      const first = {...a, raster: rasters.a};
      const second = {...b, raster: rasters.b};
      return paint(rasters.a, (i) => {
        const aError = endPointError(wanted, i, first, i);
        const bError = endPointError(wanted, i, second, i);
        if (aError === undefined || bError === undefined) {
          return notJudged;
        }
        const advantage = aError === bError ? 0 : bError - aError;
        return ramp(colors, 0.5 + (0.5 * gain * advantage) / limit);
      });
    },
  });
}

/** In pixels; undefined where the truth is unknown, infinite where only the prediction is. */
export function endPointError(
  truth: Vectors,
  at: number,
  prediction: Vectors,
  other: number,
): number | undefined {
  const wanted = vectorAt(truth, at);
  const got = vectorAt(prediction, other);
  if (wanted === undefined) {
    return undefined;
  }
  return got === undefined ? Infinity : Math.hypot(got[0] - wanted[0], got[1] - wanted[1]);
}

function paint({width, height}: Raster, color: (i: number) => Rgba): Uint32Array {
  const out = new Uint32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    out[i] = color(i);
  }
  return out;
}

function ramp(colors: Uint32Array, position: number): Rgba {
  return colors[Math.round((colors.length - 1) * clamp(position, 0, 1))]!;
}
