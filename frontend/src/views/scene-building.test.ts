// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {paletteOf} from '../kinds/mask/palette.js';
import type {HeatmapPicture} from '../kinds/heatmap/picture.js';
import type {ImagePicture} from '../kinds/image/picture.js';
import type {MaskPicture} from '../kinds/mask/picture.js';
import type {Content} from '../kinds/scene.js';
import type {Raster} from '../pixels/raster.js';
import {paint} from '../kinds/painting.fixture.js';
import {defaultDisplay, kindOf} from '../kinds/registry.js';
import {THICK} from '../kinds/switches.js';
import type {PanePictures} from '../modes/mode.js';
import {drawsDifference, MODES} from '../modes/registry.js';
import {runSide, TRUTH} from '../store/sides.js';
import {CLOSER, INITIAL_VIEW} from '../store/view.js';
import {
  canThicken,
  differenceOf,
  frameOf,
  inputContent,
  comparedContent,
  referenceContent,
  type SceneView,
} from './scene-building.js';

const raster: Raster = {width: 1, height: 1, channels: 1, bits: 8, data: Uint8Array.of(0)};
const input: ImagePicture = {kind: 'image', raster};
const palette = paletteOf([{id: 0}, {id: 255}, {id: 3}, {id: 4}], [255]);
const mask = (): MaskPicture => ({kind: 'mask', raster, palette});
const image = (): ImagePicture => ({kind: 'image', raster});
const heatmap = (): HeatmapPicture => ({kind: 'heatmap', raster, range: [0, 10]});

const masks: PanePictures = {
  input,
  truth: mask(),
  a: mask(),
  b: mask(),
};
const images: PanePictures = {truth: image(), a: image(), b: image()};

function view(change: Partial<SceneView> = {}): SceneView {
  return {...INITIAL_VIEW, overlay: {...INITIAL_VIEW.overlay, on: false}, gain: 1, ...change};
}

const overlay = {...INITIAL_VIEW.overlay, on: true};

it('shows one picture per pane side by side', () => {
  expect(inputContent(view(), masks).layers).toEqual([
    {type: 'picture', picture: input, opacity: 1},
  ]);
  expect(referenceContent(view(), masks, 1).layers).toEqual([
    {type: 'picture', picture: masks.a, opacity: 1},
  ]);
  expect(comparedContent(view(), masks, false, 1).layers).toEqual([
    {type: 'picture', picture: masks.b, opacity: 1},
  ]);
});

describe('where no one chose', () => {
  const {overlay: unset} = INITIAL_VIEW;
  const bases = (pictures: PanePictures) =>
    [
      referenceContent(view({overlay: unset}), pictures, 1),
      comparedContent(view({overlay: unset}), pictures, false, 1),
    ].map(({layers: [first]}) => first?.type === 'picture' && first.picture);

  it('lays masks on the input', () => {
    expect(bases(masks)).toEqual([input, input]);
  });

  it('lays them on nothing without one, and all else never', () => {
    const alone = {...masks, input: undefined};
    expect(bases(alone)).toEqual([alone.a, alone.b]);
    const others = {...images, input};
    expect(bases(others)).toEqual([others.a, others.b]);
  });
});

describe('with the overlay on', () => {
  it('lays ground truth and prediction on the input', () => {
    expect(referenceContent(view({overlay}), masks, 1).layers).toEqual([
      {type: 'picture', picture: input, opacity: 1},
      {type: 'picture', picture: masks.a, opacity: 0.6, floats: true},
    ]);
    expect(comparedContent(view({overlay}), masks, false, 1).layers[1]).toEqual({
      type: 'picture',
      picture: masks.b,
      opacity: 0.6,
      floats: true,
    });
  });

  it('lays the prediction on the ground truth when that is the base, or when there is no input', () => {
    const onTruth = view({overlay: {...overlay, base: 'groundTruth'}});
    for (const content of [
      comparedContent(onTruth, masks, false, 1),
      comparedContent(view({overlay}), {...masks, input: undefined}, false, 1),
    ]) {
      expect(content.layers[0]).toMatchObject({picture: masks.a, opacity: 1});
      expect(content.layers[1]).not.toHaveProperty('floats');
    }
    expect(referenceContent(onTruth, masks, 1).layers).toHaveLength(1);
  });

  it('outlines the ground truth solid and the prediction dashed instead of filling', () => {
    const content = comparedContent(view({overlay: {...overlay, outlines: true}}), masks, false, 2);
    expect(content.layers).toHaveLength(1);
    expect(content.outlines).toEqual([
      {type: 'picture', picture: masks.a, dashed: false, width: 3},
      {type: 'picture', picture: masks.b, dashed: true, width: 3},
    ]);
  });

  it('fills pictures that have no borders', () => {
    const content = comparedContent(
      view({overlay: {...overlay, outlines: true}}),
      images,
      false,
      1,
    );
    expect(content).toMatchObject({layers: [{opacity: 1}, {opacity: 0.6}], outlines: []});
  });
});

describe('blended', () => {
  it('fades an image over its ground truth', () => {
    expect(comparedContent(view({mode: 'blend'}), images, false, 1).layers).toEqual([
      {type: 'picture', picture: images.a, opacity: 1},
      {type: 'picture', picture: images.b, opacity: 0.6},
    ]);
  });

  it('fades over the ground truth alone, which is shown as it is, whatever the base', () => {
    const faded = view({mode: 'blend', overlay});
    const pictures = {...images, input};
    expect(comparedContent(faded, pictures, false, 1).layers[0]).toMatchObject({
      picture: images.a,
    });
    expect(referenceContent(faded, pictures, 1).layers).toMatchObject([{picture: images.a}]);
  });

  it('outlines the ground truth of a mask above the filled prediction', () => {
    const content = comparedContent(view({mode: 'blend'}), masks, false, 1);
    expect(content.layers.map((layer) => layer.type === 'picture' && layer.picture)).toEqual([
      input,
      masks.b,
    ]);
    expect(content.outlines).toEqual([
      {type: 'picture', picture: masks.a, dashed: false, width: 2},
    ]);
  });
});

it('swipes from the ground truth on the left to the prediction on the right', () => {
  const content = comparedContent(view({mode: 'swipe', swipe: 0.3}), images, false, 1);
  expect(content.layers[0]).toMatchObject({picture: images.a});
  expect(content.swipe).toMatchObject({
    fraction: 0.3,
    right: {layers: [{picture: images.b}]},
  });
});

it('shows the ground truth where it is asked for', () => {
  expect(comparedContent(view({mode: 'blink'}), images, true, 1)).toEqual(
    referenceContent(view(), images, 1),
  );
});

it('outlines what differs on both sides of a blinking pane', () => {
  const how = {type: 'mask', how: 'wrong', by: 'outcome'};
  const {a: truth, b: prediction} = masks;
  const outline = {type: 'difference', truth, prediction, how, dashed: false, width: 2};
  for (const [isTurned, picture] of [
    [false, prediction],
    [true, truth],
  ] as const) {
    const content = comparedContent(view({mode: 'outlined'}), masks, isTurned, 1);
    expect(content).toMatchObject({layers: [{picture, opacity: 1}], outlines: [outline]});
  }
});

it('outlines nothing where there is nothing to compare with', () => {
  const outlinedMode = view({mode: 'outlined'});
  for (const pictures of [
    {...masks, a: undefined},
    {...masks, a: images.a},
  ]) {
    expect(comparedContent(outlinedMode, pictures, false, 1).outlines).toEqual([]);
  }
});

describe('difference', () => {
  const difference = view({mode: 'difference'});

  it('compares the prediction with the ground truth', () => {
    expect(comparedContent(difference, images, false, 1).layers).toEqual([
      {
        type: 'difference',
        truth: images.a,
        prediction: images.b,
        how: {type: 'image', how: 'absolute', gain: 1},
        opacity: 1,
      },
    ]);
  });

  it('stands on the input, or on the ground truth without one, where it leaves out correct pixels', () => {
    const ground = (pictures: PanePictures) =>
      comparedContent(view({mode: 'difference', overlay}), pictures, false, 1).layers[0];
    expect(ground(masks)).toEqual({type: 'ground', picture: input, opacity: 1});
    expect(ground({...masks, input: undefined})).toMatchObject({picture: masks.a});
    expect(ground({...images, input})).toMatchObject({type: 'difference', opacity: 1});
  });

  it('takes the kind’s first choice where the kind has not the view’s', () => {
    expect(differenceOf(view({difference: 'relative'}), image())).toMatchObject({how: 'absolute'});
    expect(differenceOf(view({difference: 'ssim'}), mask())).toMatchObject({
      how: 'wrong',
      by: 'outcome',
    });
    expect(differenceOf(view({difference: 'outcome'}), heatmap())).toMatchObject({how: 'signed'});
  });

  it('shows the outcome of the isolated class, or of the first that is not the background', () => {
    expect(differenceOf(view({isolatedClass: 4}), mask())).toEqual({
      type: 'mask',
      how: 'class',
      id: 4,
    });
    expect(differenceOf(view({difference: 'outcome'}), mask())).toEqual({
      type: 'mask',
      how: 'class',
      id: 3,
    });
  });

  it('shows a quarter of a heatmap’s range in full colour, less with more gain', () => {
    expect(differenceOf(view(), heatmap())).toMatchObject({limit: 2.5});
    expect(differenceOf(view({gain: 5}), heatmap())).toMatchObject({limit: 0.5});
  });

  it('says which of two predictions is closer to the ground truth', () => {
    const closer = view({mode: 'difference', difference: 'closer', a: runSide('x')});
    const {truth, a, b} = masks;
    expect(comparedContent(closer, masks, false, 1).layers[1]).toMatchObject({
      type: 'versus',
      truth,
      a,
      b,
    });
    expect(comparedContent(closer, {...masks, truth: undefined}, false, 1).layers).toEqual([]);
    // The ground truth itself is no prediction to judge.
    const {layers} = comparedContent({...closer, a: TRUTH}, masks, false, 1);
    expect(layers[1]).toMatchObject({type: 'difference', truth: a, prediction: b});
  });

  it.each(
    [masks, images, {truth: heatmap(), a: heatmap(), b: heatmap()}].flatMap((pictures) =>
      MODES.flatMap(({id: mode}) =>
        ['auto', 'closer', 'changed'].flatMap((difference) =>
          [null, 5].map((threshold) => ({
            pictures,
            kind: pictures.a!.kind,
            ...{mode, difference, threshold},
          })),
        ),
      ),
    ),
  )(
    'can thicken what it thickens: $kind, $mode, $difference, $threshold',
    ({pictures, ...chosen}) => {
      const display = {threshold: chosen.threshold, on: [THICK.id]};
      const of = view({...chosen, display, a: runSide('x')});
      const {layers, outlines} = comparedContent(of, pictures, false, 1);

      const isThick = JSON.stringify([layers, outlines]).includes('"thick":true');
      expect(drawsDifference(of) && canThicken(of, kindOf(pictures.a!))).toBe(isThick);
    },
  );

  describe('of a picture that is shrunk is thickened where the switch for that stands, and nowhere else', () => {
    const size = {width: 32, height: 32};
    /** Of one level but for one pixel. */
    const levels = (channels: number, at: number, [level, others]: readonly [number, number]) =>
      Array.from({length: 32 * 32 * channels}, (_, i) =>
        Math.floor(i / channels) === at ? level : others,
      );
    const speck = (at: number, level: number): Raster => ({
      ...{...size, channels: 1, bits: 8},
      data: Uint8Array.from(levels(1, at, [level, 0])),
    });
    const flowSpeck = (at: number): Raster => ({
      ...{...size, channels: 2, bits: 16},
      data: Uint16Array.from(levels(2, at, [60_000, 30_000])),
    });
    const specks = {
      mask: (at: number) => ({kind: 'mask', raster: speck(at, 3), palette}) as const,
      image: (at: number) => ({kind: 'image', raster: speck(at, 255)}) as const,
      heatmap: (at: number) => ({kind: 'heatmap', raster: speck(at, 200), range: [0, 10]}) as const,
      flow: (at: number) =>
        ({kind: 'flow', raster: flowSpeck(at), range: [-10, 10], magnitude: 10}) as const,
    };
    const predictions = [TRUTH, runSide('x')];

    it.each(
      Object.entries(specks).flatMap(([kind, of]) =>
        MODES.filter((mode) => drawsDifference({mode: mode.id})).flatMap(({id: mode}) =>
          ['auto', CLOSER, ...kindOf(of(0)).differences.map(({id}) => id)].flatMap((difference) =>
            [null, 5].flatMap((threshold) =>
              predictions.map((a) => ({kind, of, mode, difference, threshold, a})),
            ),
          ),
        ),
      ),
    )(
      '$kind, $mode, $difference, at $threshold, A is $a.of',
      ({of, mode, difference, threshold, a}) => {
        const truth = of(-1);
        const pictures: PanePictures = {
          truth,
          a: a === TRUTH ? truth : of(32 * 9 + 13),
          b: of(32 * 21 + 5),
          computed: {picture: specks.heatmap(32 * 21 + 5), mean: 0},
        };
        const drawn = (on: readonly string[]) => {
          const chosen = {...INITIAL_VIEW.display, threshold, on};
          const shown = view({mode, difference, a, display: chosen});
          return {shown, content: comparedContent(shown, pictures, false, 1)};
        };
        const painted = ({layers, outlines}: Content) => {
          const display = {heatmap: {...defaultDisplay.heatmap, threshold}};
          return paint({layers, outlines, display, scale: 0.25}).join();
        };
        const {shown, content: plain} = drawn([]);
        // What would be seen if all that can be wide were, whatever the switch says.
        const forced: Content = {
          layers: plain.layers.map((layer) =>
            layer.type === 'difference' || layer.type === 'versus'
              ? {...layer, thick: true}
              : layer,
          ),
          outlines: plain.outlines.map((outline) =>
            outline.type === 'difference' ? {...outline, thick: true} : outline,
          ),
        };
        const isOffered = canThicken(shown, kindOf(truth));
        expect(painted(forced) !== painted(plain)).toBe(isOffered);
        expect(painted(drawn([THICK.id]).content) !== painted(plain)).toBe(isOffered);
      },
    );
  });

  it('shows nothing rather than a wrong comparison of two kinds', () => {
    expect(comparedContent(difference, {...masks, a: heatmap()}, false, 1).layers).toEqual([]);
  });
});

it('frames the pictures of a card by the largest', () => {
  expect(frameOf([undefined, {width: 4, height: 2}, {width: 8, height: 4}])).toEqual({
    width: 8,
    height: 4,
  });
});
