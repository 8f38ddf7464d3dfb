// SPDX-License-Identifier: Apache-2.0
// Paints the same scenes with both painters, for tests/browser/test_painters.py.
import {CpuPainter} from '../src/pixels/cpu-painter.js';
import {GpuPainter} from '../src/pixels/gpu-painter.js';
import {LayerCompiler} from '../src/kinds/layer-compiler.js';
import type {Layer, Scene} from '../src/kinds/scene.js';
import {paletteOf} from '../src/kinds/mask/palette.js';
import {defaultDisplay} from '../src/kinds/registry.js';
import type {Difference, Picture} from '../src/kinds/kind.js';
import type {FlowPicture} from '../src/kinds/flow/flow.js';
import type {HeatmapDisplay, HeatmapPicture} from '../src/kinds/heatmap/picture.js';
import type {ImagePicture} from '../src/kinds/image/picture.js';
import type {MaskPicture} from '../src/kinds/mask/picture.js';
import type {Range, Raster} from '../src/pixels/raster.js';

const compiler = new LayerCompiler();

let state = 1;

/** Numerical Recipes' linear congruential generator: the same pictures each time. */
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function raster(
  width: number,
  height: number,
  channels: Raster['channels'],
  bits: 8 | 16,
  values: number,
): Raster {
  const data = new (bits === 8 ? Uint8Array : Uint16Array)(width * height * channels).map(() =>
    random(values),
  );
  return {width, height, channels, bits, data};
}

function image(
  channels: Raster['channels'],
  bits: 8 | 16 = 8,
  width = 31,
  height = 23,
): ImagePicture {
  return {kind: 'image', raster: raster(width, height, channels, bits, 2 ** bits)};
}

/** Blobs, not noise, so that there are borders and insides. */
function blobs(width: number, height: number, ids: number): Raster {
  const data = new Uint8Array(width * height);
  for (let blob = 0; blob < 12; blob++) {
    const [left, top, id] = [random(width), random(height), random(ids)];
    const [right, bottom] = [left + random(width / 2), top + random(height / 2)];
    for (let y = top; y < Math.min(bottom, height); y++) {
      data.fill(id, y * width + left, y * width + Math.min(right, width));
    }
  }
  return {width, height, channels: 1, bits: 8, data};
}

const palette = paletteOf([{id: 1, color: '#c04020'}, {id: 2, name: 'car'}, {id: 12}], [255]);

function mask(ids: readonly number[] = [0, 1, 2, 12, 255], width = 31, height = 23): MaskPicture {
  return {kind: 'mask', raster: blobs(width, height, ids.length), ids, palette};
}

function heatmap(range: Range, bits: 8 | 16 = 16, width = 31, height = 23): HeatmapPicture {
  const picture = raster(width, height, 1, bits, 2 ** bits);
  // Every code that means no number, and zero.
  const largest = 2 ** bits - 4;
  const zero = Math.round((largest * -range[0]) / (range[1] - range[0]));
  const special = [largest + 1, largest + 2, largest + 3, zero];
  for (let i = 0; i < picture.data.length / 3; i++) {
    picture.data[random(picture.data.length)] = special[random(4)]!;
  }
  return {kind: 'heatmap', raster: picture, range};
}

/** Numbers of 32 bits: those of `heatmap`, one far away, neighbours of one number, and some beyond what floats of GPUs are sure of. */
function exact(range: Range = [-2, 6], width = 31, height = 23): HeatmapPicture {
  const data = new Float32Array(width * height).map(
    () => range[0] + (range[1] - range[0]) * (random(2 ** 24) / 2 ** 24),
  );
  const special = [NaN, Infinity, -Infinity, 0, -0, 1e6, -3e38, 3e38, range[0], range[1]];
  for (let i = 0; i < data.length / 3; i++) {
    data[random(data.length)] = special[random(special.length)]!;
  }
  return {kind: 'heatmap', raster: {width, height, channels: 1, bits: 32, data}, range};
}

function flow(reach = 8, magnitude = 1.5 * reach): FlowPicture {
  const picture = raster(31, 23, 2, 16, 65533);
  // Unknown, no motion, and along the axes, where the wheel begins and ends.
  for (let i = 0; i < picture.data.length / 6; i++) {
    const at = 2 * random(picture.data.length / 2);
    picture.data.set(
      [
        [65535, 65535],
        [32766, 32766],
        [50000, 32766],
        [32766, 9],
      ][random(4)]!,
      at,
    );
  }
  return {kind: 'flow', raster: picture, range: [-reach, reach], magnitude};
}

function exactly(range: Range): HeatmapDisplay {
  return {...defaultDisplay.heatmap, range};
}

interface Case {
  readonly layers: readonly Layer[];
  readonly more?: Partial<Scene>;
}

function shown(picture: Picture, opacity = 1): Layer {
  return {type: 'picture', picture, opacity};
}

function difference(truth: Picture, prediction: Picture, how: Difference): Case {
  return {layers: [shown(image(3)), {type: 'difference', truth, prediction, how, opacity: 0.8}]};
}

function outlined(truth: Picture, prediction: Picture, how: Difference, thick = false): Case {
  const line = {dashed: false, width: 1, thick} as const;
  return {
    layers: [shown(image(3))],
    more: {outlines: [{type: 'difference', truth, prediction, how, ...line}]},
  };
}

function versus(truth: Picture, a: Picture, b: Picture): Case {
  return {layers: [{type: 'versus', truth, a, b, gain: 3, opacity: 1}]};
}

const signed: Range = [-2, 6];

const cases: Readonly<Record<string, () => Case>> = {
  'grey image': () => ({layers: [shown(image(1))]}),
  'grey and alpha': () => ({layers: [shown(image(2))]}),
  'colour image with exposure and gamma': () => ({
    layers: [shown(image(3))],
    more: {display: {...defaultDisplay, image: {range: [0.1, 0.8], exposure: 0.7, gamma: 2.2}}},
  }),
  'colour image, smoothed': () => ({layers: [shown(image(3))], more: {smooth: true}}),
  'smoothed mask on a finer input': () => ({
    layers: [shown(image(3)), shown(mask(undefined, 15, 11), 0.6)],
    more: {smooth: true},
  }),
  'thickened errors': () => {
    const how = {type: 'mask', how: 'wrong', by: 'prediction'} as const;
    const [truth, prediction] = [mask(), mask()];
    const layer = {type: 'difference', truth, prediction, how, opacity: 0.8, thick: true} as const;
    return {layers: [shown(image(3)), layer]};
  },
  'thickened errors of a class': () => {
    const how = {type: 'mask', how: 'class', id: 12} as const;
    const [truth, prediction] = [mask(), mask([12, 255, 0])];
    const part = {type: 'difference', truth, prediction, opacity: 1} as const;
    return {
      layers: [
        {type: 'ground', picture: image(3), opacity: 1},
        {...part, how: {...how, part: 'rest' as const}},
        {...part, how: {...how, part: 'errors' as const}, thick: true},
      ],
    };
  },
  'thickened outlines of errors': () =>
    outlined(mask(), mask([2, 1]), {type: 'mask', how: 'wrong', by: 'outcome'}, true),
  'colour and alpha over a plain backdrop': () => ({
    layers: [shown(image(4))],
    more: {backdrop: 0x123456},
  }),
  '16-bit colour': () => ({layers: [shown(image(3, 16))]}),
  'mask with hatched ids': () => ({layers: [shown(mask())]}),
  'mask without its background over an image': () => ({
    layers: [shown(image(3)), {type: 'picture', picture: mask(), opacity: 0.6, floats: true}],
  }),
  'mask over an image': () => ({
    layers: [shown(image(3)), shown(mask(), 0.6)],
    more: {display: {...defaultDisplay, mask: {hidden: new Set([0, 12]), isolated: null}}},
  }),
  outlines: () => ({
    layers: [shown(image(3))],
    more: {
      outlines: [
        {type: 'picture', picture: mask(), dashed: false, width: 2},
        {type: 'picture', picture: mask(), dashed: true, width: 1},
      ],
    },
  }),
  heatmap: () => ({layers: [shown(heatmap(signed))]}),
  'heatmap of 8 bits': () => ({layers: [shown(heatmap(signed, 8))]}),
  'heatmap at a threshold': () => ({
    layers: [shown(image(3)), shown(heatmap(signed), 0.5)],
    more: {
      display: {...defaultDisplay, heatmap: {...defaultDisplay.heatmap, threshold: 2}},
      outlines: [{type: 'picture', picture: heatmap(signed), dashed: true, width: 1}],
    },
  }),
  'numbers of 32 bits': () => ({layers: [shown(exact())]}),
  'numbers of 32 bits over a small range': () => ({
    layers: [shown(image(3)), shown(exact([1000, 1000.01]), 0.8)],
    more: {display: {...defaultDisplay, heatmap: exactly([1000.0012, 1000.0087])}},
  }),
  'numbers of 32 bits over all of their range': () => ({
    layers: [shown(exact([-3e38, 3e38]))],
  }),
  'numbers of 32 bits at a threshold': () => ({
    layers: [shown(image(3)), shown(exact(), 0.5)],
    more: {
      display: {...defaultDisplay, heatmap: {...defaultDisplay.heatmap, threshold: 2}},
      outlines: [{type: 'picture', picture: exact(), dashed: true, width: 1}],
    },
  }),
  'absolute image difference': () =>
    difference(image(3), image(3), {type: 'image', how: 'absolute', gain: 3}),
  'signed image difference': () =>
    difference(image(1), image(4), {type: 'image', how: 'signed', gain: 1}),
  'squared image difference': () =>
    difference(image(3), image(3, 16), {type: 'image', how: 'squared', gain: 9}),
  'outcomes of a class': () =>
    difference(mask(), mask([12, 255, 0]), {type: 'mask', how: 'class', id: 12}),
  'wrong by prediction': () =>
    difference(mask(), mask([2, 1]), {type: 'mask', how: 'wrong', by: 'prediction'}),
  'missed and false alarms on an image': () => {
    const {layers} = difference(mask(), mask([2, 1]), {type: 'mask', how: 'wrong', by: 'outcome'});
    return {layers: [{type: 'ground', picture: image(4, 16), opacity: 1}, layers[1]!]};
  },
  'missed and false alarms on the truth': () => {
    const truth = mask();
    const how = {type: 'mask', how: 'wrong', by: 'outcome'} as const;
    const {layers} = difference(truth, mask([2, 1]), how);
    return {layers: [{type: 'ground', picture: truth, opacity: 1}, layers[1]!]};
  },
  'wrong by truth': () =>
    difference(mask(), mask([2, 1]), {type: 'mask', how: 'wrong', by: 'truth'}),
  'wrong among 65,536 classes': () => {
    const deep = (): MaskPicture => ({
      kind: 'mask',
      raster: raster(31, 23, 1, 16, 2 ** 16),
      palette,
    });
    return difference(deep(), deep(), {type: 'mask', how: 'wrong', by: 'truth'});
  },
  'wrong with hidden classes': () => ({
    ...difference(mask(), mask([2, 1]), {type: 'mask', how: 'wrong', by: 'truth'}),
    more: {display: {...defaultDisplay, mask: {hidden: new Set([0, 1]), isolated: null}}},
  }),
  'signed heatmap difference': () =>
    difference(heatmap(signed), heatmap(signed), {type: 'heatmap', how: 'signed', limit: 2}),
  'absolute heatmap difference': () =>
    difference(heatmap(signed), heatmap([0, 3], 8), {
      type: 'heatmap',
      how: 'absolute',
      limit: null,
    }),
  'relative heatmap difference': () =>
    difference(heatmap(signed), heatmap(signed), {type: 'heatmap', how: 'relative', limit: 1.5}),
  'signed difference of 32 bits': () =>
    difference(exact(), exact(), {type: 'heatmap', how: 'signed', limit: 2}),
  'tiny signed difference of 32 bits': () =>
    difference(exact([1, 1.00001]), exact([1, 1.00001]), {
      type: 'heatmap',
      how: 'signed',
      limit: 1e-5,
    }),
  'absolute difference of 32 and 16 bits': () =>
    difference(exact(), heatmap(signed), {type: 'heatmap', how: 'absolute', limit: null}),
  'relative difference of 8 and 32 bits': () =>
    difference(heatmap([0, 3], 8), exact(), {type: 'heatmap', how: 'relative', limit: 1.5}),
  'outcomes of a threshold of 32 bits': () =>
    difference(exact(), heatmap(signed), {
      type: 'heatmap',
      how: 'threshold',
      threshold: 1,
      truthThreshold: 2,
    }),
  'outcomes of a threshold': () =>
    difference(heatmap(signed), heatmap(signed), {
      type: 'heatmap',
      how: 'threshold',
      threshold: 1,
      truthThreshold: 2,
    }),
  'masks against each other': () => versus(mask(), mask([1, 0, 2]), mask([2, 12])),
  'masks against each other with one class': () => ({
    ...versus(mask(), mask([1, 0, 2]), mask([2, 12])),
    more: {display: {...defaultDisplay, mask: {hidden: new Set<number>(), isolated: 2}}},
  }),
  'images against each other': () => versus(image(3), image(1), image(4, 16)),
  'heatmaps against each other': () => versus(heatmap(signed), heatmap(signed), heatmap([0, 3], 8)),
  'heatmaps of 32 bits against each other': () => versus(exact(), exact(), heatmap([0, 3], 8)),
  flow: () => ({layers: [shown(flow())]}),
  'flow beyond the magnitude': () => ({
    layers: [shown(image(3)), shown(flow(), 0.7)],
    more: {display: {...defaultDisplay, flow: {magnitude: 5}}},
  }),
  'end-point errors': () => difference(flow(), flow(12), {type: 'flow', limit: 9}),
  'flows against each other': () => versus(flow(), flow(3), flow(12)),
  'where masks differ': () =>
    outlined(mask(), mask([2, 1]), {type: 'mask', how: 'wrong', by: 'outcome'}),
  'where a class differs': () =>
    outlined(mask(), mask([12, 255, 0]), {type: 'mask', how: 'class', id: 12}),
  'where images differ': () =>
    outlined(image(1), image(4, 16), {type: 'image', how: 'absolute', gain: 1}),
  'where heatmaps differ': () =>
    outlined(heatmap(signed), heatmap([0, 3], 8), {type: 'heatmap', how: 'signed', limit: 3}),
  'where heatmaps differ relatively': () =>
    outlined(heatmap(signed), heatmap(signed), {type: 'heatmap', how: 'relative', limit: 1.5}),
  'where numbers of 32 bits differ': () =>
    outlined(exact(), exact(), {type: 'heatmap', how: 'signed', limit: 3}),
  'where thresholds of 32 bits differ': () =>
    outlined(exact(), exact(), {
      type: 'heatmap',
      how: 'threshold',
      threshold: 1,
      truthThreshold: 2,
    }),
  'where thresholds differ': () =>
    outlined(heatmap(signed), heatmap(signed), {
      type: 'heatmap',
      how: 'threshold',
      threshold: 1,
      truthThreshold: 2,
    }),
  'changed masks': () => difference(mask(), mask([2, 1]), {type: 'mask', how: 'changed'}),
  'changed images': () => difference(image(1), image(4, 16), {type: 'image', how: 'changed'}),
  'changed heatmaps': () =>
    difference(heatmap(signed), heatmap([0, 3], 8), {type: 'heatmap', how: 'changed'}),
  'changed flows': () => difference(flow(), flow(12), {type: 'flow', how: 'changed', limit: 16}),
  'where flows differ': () => outlined(flow(), flow(12), {type: 'flow', limit: 16}),
  'another size': () =>
    difference(mask(undefined, 64, 17), mask(), {type: 'mask', how: 'wrong', by: 'truth'}),
  swipe: () => ({
    layers: [shown(image(3))],
    more: {swipe: {fraction: 0.4, right: {layers: [shown(mask())], outlines: []}}},
  }),
};

export const caseNames = Object.keys(cases);

/** Magnified, at its size, shrunk, shrunk by far, and moved partly out of the canvas. */
const views = [
  {x: 0, y: 0, scale: 7.3},
  {x: 0, y: 0, scale: 1},
  {x: 0, y: 0, scale: 0.37},
  {x: 0, y: 0, scale: 0.07},
  {x: -3.2, y: 5.7, scale: 2.6},
];

function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
}

function paintedBy(painter: GpuPainter | CpuPainter, scene: Scene): Uint8ClampedArray {
  const canvas = document.createElement('canvas');
  canvas.width = 120;
  canvas.height = 90;
  if (painter.paint(canvas, compiler.compile(scene)) === false) {
    throw new Error('The GPU painter could not paint');
  }
  return pixelsOf(canvas);
}

function sceneOf({layers, more}: Case, view: Scene['view']): Scene {
  return {
    frame: {width: 31, height: 23},
    view,
    display: defaultDisplay,
    outlines: [],
    layers,
    ...more,
  };
}

/** The largest difference of any byte that the painters made, over all views, and how many colours were seen. */
export function compare(name: string): {largest: number; colors: number} {
  state = 1;
  const scene = cases[name]!();
  const gpu = GpuPainter.create({evenInSoftware: true})!;
  const cpu = new CpuPainter();
  let largest = 0;
  const colors = new Set<number>();
  for (const view of views) {
    const fromCpu = paintedBy(cpu, sceneOf(scene, view));
    const fromGpu = paintedBy(gpu, sceneOf(scene, view));
    fromCpu.forEach((value, i) => (largest = Math.max(largest, Math.abs(value - fromGpu[i]!))));
    new Uint32Array(fromCpu.buffer).forEach((color) => colors.add(color));
  }
  gpu.dispose();
  return {largest, colors: colors.size};
}

/** Whether both painters paint a part of a canvas as they paint a whole one of its size, and leave what is around as it was. */
export function paintsParts(name: string): boolean {
  const part = {x: 17, y: 9, width: 120, height: 90};
  // Larger than the picture: around it the part has no colour, whatever was there before.
  const painting = () => compiler.compile(sceneOf(cases[name]!(), {x: -5, y: -4, scale: 2.6}));
  const gpu = GpuPainter.create({evenInSoftware: true})!;
  const isRight = [gpu, new CpuPainter()].every((painter) => {
    state = 1;
    const whole = document.createElement('canvas');
    whole.width = part.width;
    whole.height = part.height;
    painter.paint(whole, painting());
    const red = document.createElement('canvas');
    red.width = 160;
    red.height = 120;
    const context = red.getContext('2d')!;
    context.fillStyle = '#f00';
    context.fillRect(0, 0, red.width, red.height);
    const wanted = context.getImageData(0, 0, red.width, red.height);
    state = 1;
    painter.paint(red, painting(), part);
    const pixels = new Uint32Array(pixelsOf(whole).buffer);
    const all = new Uint32Array(wanted.data.buffer);
    for (let y = 0; y < part.height; y++) {
      const row = pixels.subarray(y * part.width, (y + 1) * part.width);
      all.set(row, (y + part.y) * red.width + part.x);
    }
    const got = new Uint32Array(pixelsOf(red).buffer);
    return got.every((color, i) => color === all[i]);
  });
  gpu.dispose();
  return isRight;
}

/** Loses the GPU painter's context and gets it back; says when it could paint, and whether its first and last pictures are equal. */
export async function loseContext(): Promise<{painted: boolean[]; same: boolean}> {
  const surface = document.createElement('canvas');
  const gpu = GpuPainter.create({evenInSoftware: true, surface})!;
  const lose = surface.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
  const scene = compiler.compile(sceneOf(cases['mask over an image']!(), views[0]!));
  const canvas = document.createElement('canvas');
  canvas.width = 120;
  canvas.height = 90;
  const told = (type: string) =>
    new Promise((resolve) => surface.addEventListener(type, resolve, {once: true}));
  const painted = [gpu.paint(canvas, scene)];
  const first = pixelsOf(canvas);
  const lost = told('webglcontextlost');
  lose.loseContext();
  painted.push(gpu.paint(canvas, scene));
  await lost;
  painted.push(gpu.paint(canvas, scene));
  const restored = told('webglcontextrestored');
  setTimeout(() => lose.restoreContext());
  await restored;
  canvas.width = 120;
  painted.push(gpu.paint(canvas, scene));
  const last = pixelsOf(canvas);
  gpu.dispose();
  return {painted, same: first.every((value, i) => value === last[i])};
}
