// SPDX-License-Identifier: Apache-2.0
import {expect, it} from 'vitest';
import {ready} from '../store/resource.js';
import {runSide, TRUTH, type Side} from '../store/sides.js';
import {INITIAL_VIEW} from '../store/view.js';
import {phraseText} from '../texts/scoped-number.js';
import {filmNotes} from './film-notes.js';
import {filmFrame, filmRecords, type FilmRun} from './film-rows.js';
import {decode, model, run, sampleAtStep, stored} from './pane-models.fixture.js';

const tag = model(run('unet'), run('net'));
const [unet, net] = tag.runs.map((one): FilmRun => ({key: one.run, run: one, pinned: null})) as [
  FilmRun,
  FilmRun,
];

function frame(row: FilmRun, step: string, a: Side = runSide('net')) {
  return filmFrame(
    {
      model: tag,
      sample: 's',
      view: {...INITIAL_VIEW, mode: 'difference', a},
      source: {
        get: (_, name, at) =>
          ready(sampleAtStep(name, {step: at, prediction: stored(`${name} ${at}`, 0, 1)})),
        peek: () => undefined,
        blob: () => undefined,
        need: () => undefined,
      },
      decode,
      gain: 1,
    },
    row,
    step,
  );
}

it('compares each frame with A at its own step, and A with nothing', () => {
  const [layer] = frame(unet, '0').content?.layers.slice(-1) ?? [];
  expect(layer?.type).not.toBe('picture');
  expect(frame(net, '0').content?.layers.map(({type}) => type)).toEqual(['picture']);
  const rows = [{...unet, steps: ['0', '100']}];
  const view = {...INITIAL_VIEW, a: runSide('net')};
  expect(filmRecords(tag, view, rows)).toEqual([
    {run: 'unet', step: '0'},
    {run: 'net', step: '0'},
    {run: 'unet', step: '100'},
    {run: 'net', step: '100'},
  ]);
  const stays = {...INITIAL_VIEW, a: runSide('net', '0')};
  expect(filmRecords(tag, stays, rows)).toEqual([
    {run: 'unet', step: '0'},
    {run: 'net', step: '0'},
    {run: 'unet', step: '100'},
  ]);
  expect(filmRecords(tag, {...INITIAL_VIEW, a: TRUTH}, rows)).toHaveLength(2);
});

it('says which step of A a frame is compared with where A has not got its own', () => {
  const uneven = (at: string) => frame({...unet, run: {...unet.run, steps: ['0', '40']}}, at);
  expect(uneven('0').nearestOfA).toBeUndefined();
  expect(uneven('40').nearestOfA).toEqual({run: 'net', step: '0'});
  expect(frame(unet, '40', runSide('net', '0')).nearestOfA).toBeUndefined();
  expect(frame({...unet, pinned: 'b'}, '40').nearestOfA).toBeUndefined();
  expect(frame(unet, '40', TRUTH).nearestOfA).toBeUndefined();
});

it('names A where it is not the ground truth, which the numbers are against', () => {
  const notes = (row: FilmRun, a = runSide('net')) =>
    filmNotes(tag, {...INITIAL_VIEW, a}, row).map(phraseText);
  expect(filmNotes(tag, INITIAL_VIEW, unet)).toEqual([]);
  expect(notes(unet)).toEqual(['against net', 'IoU against ground truth']);
  expect(notes(net)).toEqual(['A', 'IoU against ground truth']);
  const stays = runSide('net', '0');
  expect(notes(net, stays)[0]).toBe('against net at step 0');
  expect(notes({...net, pinned: 'a'}, stays)[0]).toBe('A');
  expect(notes(unet, runSide(null, '0'))[0]).toBe('against same run at step 0');
});
