// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {NOTHING_CHOSEN} from '../display-request.fixture.js';
import {golden, raster} from '../goldens.fixture.js';
import {LayerCompiler} from '../layer-compiler.js';
import {defaultDisplay, kindOf} from '../registry.js';
import {notJudged} from '../../pixels/no-value.js';
import {opaque} from '../../pixels/color.js';
import type {Range} from '../../pixels/raster.js';
import {SoftwareRenderer} from '../../pixels/software.js';
import {drawEndPointError, drawFlowVersus} from './draw.js';
import {flow, type FlowPicture} from './flow.js';

function picture(values: readonly number[], width: number, reach = 8): FlowPicture {
  const range = [-reach, reach] as const;
  return {kind: 'flow', raster: raster(values, width, 2, 16), range, magnitude: reach};
}

const [truth, a, b] = ['truth', 'a', 'b'].map((name) => picture(golden('flow', name), 6)) as [
  FlowPicture,
  FlowPicture,
  FlowPicture,
];

/** A colour map whose colours are the positions themselves, 0 to 1 in steps of 1/1000. */
const ramp = Uint32Array.from({length: 1001}, (_, i) => i);

/** Positions on `ramp`; what has a colour of its own as the goldens write it. */
function positions(painted: Uint32Array): number[] {
  return [...painted].map((color) =>
    color === notJudged ? -1 : color === opaque(0xff00ff) ? -2 : color / 1000,
  );
}

function expectClose(got: readonly number[], want: readonly number[], most: number): void {
  expect(got).toHaveLength(want.length);
  got.forEach((value, i) =>
    expect(Math.abs(value - want[i]!), `at ${i}`).toBeLessThanOrEqual(most),
  );
}

describe('flow', () => {
  it('is drawn by the wheel as NumPy colours it, hatched where it is unknown', () => {
    const out = new Uint8ClampedArray(4 * 6 * 4);
    const scene = new LayerCompiler().compile({
      layers: [{type: 'picture', picture: truth, opacity: 1}],
      outlines: [],
      frame: truth.raster,
      view: {x: 0, y: 0, scale: 1},
      display: {...defaultDisplay, flow: {magnitude: 8}},
      backdrop: 0,
    });
    new SoftwareRenderer().render(scene, truth.raster, out);
    expect([...out]).toEqual(golden('flow', 'wheel'));
  });

  it('differs by the end-point error, grey and magenta where one is unknown', () => {
    const painted = drawEndPointError(truth, a, 3, ramp).colors({
      truth: truth.raster,
      prediction: a.raster,
    });
    expectClose(positions(painted), golden('flow', 'error3'), 0.0005001);
  });

  it('is closer where the end-point error is smaller, infinite where it is unknown', () => {
    const rasters = {truth: truth.raster, a: a.raster, b: b.raster};
    const painted = drawFlowVersus(truth, a, b, 2, 8, ramp).colors(rasters);
    expectClose(positions(painted), golden('flow', 'aOrB2'), 0.0005001);
  });

  it('is said in pixels', () => {
    expect(flow.valueTexts(truth, {x: 0, y: 0})).toEqual(['u 0.000', 'v 0.000', '0.000 px']);
    expect(flow.valueTexts(truth, {x: 1, y: 0})).toEqual(['u 8.000', 'v 0.000', '8.000 px']);
    expect(flow.valueTexts(truth, {x: 4, y: 0})).toEqual(['u 0.000', 'v −8.000', '8.000 px']);
    expect(flow.valueTexts(truth, {x: 5, y: 0})).toEqual(['unknown']);
  });

  it('says how far a prediction ends from the truth, and nothing where one is unknown', () => {
    const right = {x: 1, y: 0};
    const down = {x: 2, y: 0};
    expect(flow.differenceText(truth, right, truth, down)).toBe('Δ 11.314 px');
    expect(flow.differenceLabels(truth, right, truth, down)).toEqual([['11.31 px'], ['11.3 px']]);
    expect(flow.differenceText(truth, right, truth, right)).toBe('');
    expect(flow.differenceText(truth, right, truth, {x: 5, y: 0})).toBe('');
    expect(flow.differenceText(truth, {x: 5, y: 0}, truth, right)).toBe('');
  });

  it('shares the magnitude of full colour between all pictures of a card', () => {
    const long = {...truth, magnitude: 20};
    expect(flow.display(NOTHING_CHOSEN, [truth, long])).toEqual({magnitude: 20, unknown: 1});
    expect(flow.display(NOTHING_CHOSEN, [])).toEqual({magnitude: null});
  });

  it('has arrows where their switch is on', () => {
    const request = (on: readonly string[]) => ({
      ...NOTHING_CHOSEN,
      choice: {...NOTHING_CHOSEN.choice, on},
    });
    const window = {
      pixel: {width: 30, height: 30},
      columns: {from: 0, to: 6},
      rows: {from: 0, to: 1},
    };
    const marks = (on: readonly string[]) =>
      flow.marks!(truth, flow.display(request(on), [truth]), window);
    expect(marks([])).toEqual([]);
    expect(marks(['arrows']).filter(({y}) => y < 1)).toHaveLength(5);
    const [disc] = flow.valueLegend(truth, {magnitude: 12.5, arrows: true});
    expect(disc).toMatchObject({text: 'motion, full colour and longest arrow at 12.5 px'});
  });

  it('takes its magnitude from the sample, then the tag, then the stored range', () => {
    const build = (shown: {shown?: Range} = {}, range?: Range) =>
      flow.build(
        flow.readTag({name: 'flow', range: range ?? null}),
        {range: [-8, 8], ...shown},
        truth.raster,
      )!.magnitude;
    expect([build({shown: [0, 5]}, [0, 6]), build({}, [0, 6]), build()]).toEqual([5, 6, 8]);
  });

  it('explains its colours by a wheel with the magnitude, and unknown flow', () => {
    const [disc, unknown] = flow.valueLegend(truth, {magnitude: 12.5, unknown: 1});
    expect(disc).toMatchObject({type: 'disc', text: 'motion, full colour at 12.5 px'});
    expect(unknown).toMatchObject({text: 'unknown'});
    expect(flow.valueLegend(picture([32766, 32766], 1), {magnitude: 1})).toHaveLength(1);
    expect(kindOf(truth)).toBe(flow);
  });
});
