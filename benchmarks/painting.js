// SPDX-License-Identifier: Apache-2.0
// Scenes of a pane, and what the processor spends on painting each: run by `benchmarks/painting.py` in Node.

let state = 1;

/** Numerical Recipes' linear congruential generator: the same pictures each time. */
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function noise(width, height, channels, bits, values) {
  const data = new (bits === 8 ? Uint8Array : Uint16Array)(
    width * height * channels,
  );
  return {
    width,
    height,
    channels,
    bits,
    data: data.map(() => random(values)),
  };
}

/** Rectangles over each other, so that there are borders and insides. */
function blobs(width, height, values) {
  const data = new Uint8Array(width * height);
  for (let blob = 0; blob < 60; blob++) {
    const [left, top, id] = [random(width), random(height), random(values)];
    const right = Math.min(left + random(width / 3), width);
    const bottom = Math.min(top + random(height / 3), height);
    for (let y = top; y < bottom; y++) {
      data.fill(id, y * width + left, y * width + right);
    }
  }
  return { width, height, channels: 1, bits: 8, data };
}

const CLASSES = 19;
const LARGEST = 65532; // of the integers of 16 bits that are numbers

/** By name: how wide and high the pictures are, over how many pixels of the screen, and what is painted. */
function makeScenes(paletteOf, short) {
  const names = Array.from({ length: CLASSES }, (_, id) => ({
    id,
    name: `class ${id}`,
  }));
  const palette = paletteOf(names, [255]);
  const [small, large] = short ? [64, 128] : [512, 2048];
  const square = [small, small];
  const wide = [large, large / 2];
  const photo = (width, height) => ({
    kind: "image",
    raster: noise(width, height, 3, 8, 256),
  });
  const mask = (width, height) => ({
    kind: "mask",
    raster: blobs(width, height, CLASSES),
    palette,
  });
  const depth = (width, height, range = [0, 80]) => ({
    kind: "heatmap",
    raster: noise(width, height, 1, 16, LARGEST + 1),
    range,
  });
  const shown = (picture, opacity = 1) => ({
    type: "picture",
    picture,
    opacity,
  });
  const difference = (truth, prediction, how) => [
    { type: "difference", truth, prediction, how, opacity: 1 },
  ];
  const signed = { type: "heatmap", how: "signed", limit: 10 };
  const absolute = { type: "image", how: "absolute", gain: 2 };
  const wrong = { type: "mask", how: "wrong", by: "prediction" };
  const scene = (frame, layers, more = {}) => ({
    frame,
    layers,
    outlines: [],
    width: small,
    ...more,
  });
  return {
    photo: () => scene(square, [shown(photo(...square))]),
    "photo, shrunk": () =>
      scene(square, [shown(photo(...square))], { width: 0.6 * small }),
    "mask over photo": () =>
      scene(square, [shown(photo(...square)), shown(mask(...square), 0.5)]),
    "large mask": () => scene(wide, [shown(mask(...wide))]),
    "large mask, outlined over photo": () =>
      scene(wide, [shown(photo(...wide))], {
        outlines: [
          { type: "picture", picture: mask(...wide), dashed: false, width: 2 },
        ],
      }),
    depth: () => scene(square, [shown(depth(...square))]),
    "photo, difference": () =>
      scene(square, difference(photo(...square), photo(...square), absolute)),
    "mask, wrong pixels": () =>
      scene(square, difference(mask(...square), mask(...square), wrong)),
    "depth, difference": () =>
      scene(
        square,
        difference(depth(...square), depth(...square, [0, 90]), signed),
      ),
    "depth, which is closer": () => {
      const [truth, a, b] = [
        depth(...square),
        depth(...square, [0, 90]),
        depth(...square),
      ];
      return scene(square, [
        { type: "versus", truth, a, b, gain: 2, opacity: 1 },
      ]);
    },
  };
}

/**
 * Prints, as JSON by scene, the median of the milliseconds of processor time of one painting, with nothing kept from the one before.
 *
 * @param painter `render` paints a scene into the bytes of a canvas, `forget` drops what it has kept; what the rooms of kinds give.
 */
export function measure({ render, forget, paletteOf, defaultDisplay }) {
  const [times, warm] = process.argv.slice(2).map(Number);
  const result = {};
  for (const [name, make] of Object.entries(
    makeScenes(paletteOf, times === 1),
  )) {
    state = 1;
    const { frame, layers, outlines, width } = make();
    const scale = width / frame[0];
    const canvas = {
      width: Math.round(width),
      height: Math.round(frame[1] * scale),
    };
    const out = new Uint8ClampedArray(4 * canvas.width * canvas.height);
    const scene = {
      frame: { width: frame[0], height: frame[1] },
      view: { x: 0, y: 0, scale },
      display: defaultDisplay,
      backdrop: 0,
      layers,
      outlines,
    };
    const spent = [];
    for (let i = 0; i < warm + times; i++) {
      forget();
      const before = process.cpuUsage();
      render(scene, canvas, out);
      const { user, system } = process.cpuUsage(before);
      if (i >= warm) {
        spent.push((user + system) / 1000);
      }
    }
    if (!out.some((byte) => byte > 0)) {
      throw new Error(`${name}: nothing was painted`);
    }
    result[name] = spent.sort((a, b) => a - b)[spent.length >> 1];
  }
  console.log(JSON.stringify(result));
}
