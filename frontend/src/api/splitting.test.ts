// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {MAX_ADDRESS} from './addresses.js';
import {bundleBytes} from './bundle.fixture.js';
import {HttpApi} from './client.js';

const {signal} = new AbortController();
const PICTURE = {digest: 'aa', width: 2, height: 1, channels: 1, bits: 8, layout: 'plain'};

/** Sixty names of 150 characters, of which some are written as up to nine characters each. */
const LONG = Array.from({length: 60}, (_, i) => `sweep/${'lr=0.001,'.repeat(16)}${i}`);
const FOREIGN = Array.from({length: 60}, (_, i) => `実験 ${'学習率'.repeat(20)} ${i}`);

/** A server that answers each request for itself, as `http_api.md` has it; it lacks the runs `missing`. */
function server({missing = new Set<string>(), most = Infinity} = {}) {
  const asked: URL[] = [];
  const respond = (url: URL): Response => {
    const runs = url.searchParams.getAll('run');
    const there = runs.filter((run) => !missing.has(run));
    if (!url.pathname.endsWith('/frames')) {
      const series = {
        steps: ['1'],
        wallTimes: [0],
        logged: 1,
        samples: [],
        metrics: {},
        beforeRestart: [],
      };
      const answer = {
        tag: 't',
        runs: Object.fromEntries(
          there.map((run) => [run, {...series, beforeRestart: [], lowerIsBetter: []}]),
        ),
      };
      return there.length > 0
        ? Response.json(answer, {headers: {ETag: 'W/"1"'}})
        : new Response('no run has it', {status: 404});
    }
    const at = url.searchParams.getAll('at');
    const samples = url.searchParams.getAll('sample');
    const frames = at.slice(0, most).map((text) => ({
      step: text.slice(0, text.indexOf(':')),
      run: text.slice(text.indexOf(':') + 1),
      samples: samples.map((id, i) => ({id, groundTruth: i})),
      pictures: samples.map((id) => ({...PICTURE, digest: `${id.length}-${id.at(-1)}`})),
    }));
    return new Response(bundleBytes({frames, blobs: {}, omitted: at.length - frames.length}, []));
  };
  const api = new HttpApi(new URL('http://board/data/plugin/pairs/'), (url) => {
    asked.push(url as URL);
    return Promise.resolve(respond(url as URL));
  });
  return {api, asked};
}

describe.each([
  ['long', LONG],
  ['foreign', FOREIGN],
])('requests about sixty runs with %s names', (_, runs) => {
  it('are split into addresses that proxies take, and series are merged', async () => {
    const {api, asked} = server();

    const series = await api.series('t', runs, signal);

    expect(Object.keys(series.runs)).toEqual(runs);
    expect(asked.length).toBeGreaterThan(1);
    expect(Math.max(...asked.map(({href}) => href.length))).toBeLessThanOrEqual(MAX_ADDRESS);
    expect(asked.flatMap((url) => url.searchParams.getAll('run'))).toEqual(runs);
  });

  it('ask for frames of all runs and samples once, and put each sample together', async () => {
    const {api, asked} = server();
    const at = runs.map((run) => ({step: '7', run}));
    const ids = runs.slice(0, 30);

    const bundle = await api.frames({tag: 't', at, samples: ids, have: ['ab'.repeat(16)]}, signal);

    expect(Math.max(...asked.map(({href}) => href.length))).toBeLessThanOrEqual(MAX_ADDRESS);
    expect(bundle.omitted).toBe(0);
    expect(bundle.frames.map(({run}) => run)).toEqual(runs);
    for (const {samples, pictures} of bundle.frames) {
      expect(samples?.map(({id}) => id)).toEqual(ids);
      expect(samples?.map(({groundTruth}) => pictures?.[groundTruth!]?.digest)).toEqual(
        ids.map((id) => `${id.length}-${id.at(-1)}`),
      );
    }
  });

  it('count what follows a gap as left out', async () => {
    const {api} = server({most: 3});
    const at = runs.map((run) => ({step: '7', run}));

    const bundle = await api.frames({tag: 't', at, samples: ['a'], have: []}, signal);

    expect(bundle.frames.map(({run}) => run)).toEqual(runs.slice(0, 3));
    expect(bundle.omitted).toBe(runs.length - 3);
  });

  it('pass over runs that are not there, as one request does', async () => {
    const there = runs.slice(50);
    const {api} = server({missing: new Set(runs.slice(0, 50))});

    expect(Object.keys((await api.series('t', runs, signal)).runs)).toEqual(there);
    await expect(
      server({missing: new Set(runs)}).api.series('t', runs, signal),
    ).rejects.toMatchObject({status: 404});
  });

  it('give the very same answer again when no part of it changed', async () => {
    const {api} = server();

    expect(await api.series('t', runs, signal)).toBe(await api.series('t', runs, signal));
  });
});

it('one request is enough where all fits', async () => {
  const {api, asked} = server();

  await api.series('t', ['a', 'b'], signal);
  await api.frames({tag: 't', at: [{step: '1', run: 'a'}], samples: [], have: []}, signal);

  expect(asked).toHaveLength(2);
});

it('a name that is longer than an address is asked for by itself', async () => {
  const {api, asked} = server();

  await api.series('t', ['a', 'x'.repeat(9000), 'b'], signal);

  expect(asked.map((url) => url.searchParams.getAll('run').length)).toEqual([1, 1, 1]);
});

describe('an answer that has no room for all samples of a frame', () => {
  const at = [{run: 'r', step: '1'}];
  const query = {tag: 't', at, samples: ['a', 'b', 'c', 'd', 'e'], have: []};

  /** A server of samples of so many bytes for each part, of which an answer takes some. */
  function roomFor(most: number, sizes: Record<string, number>, times: number[] = []) {
    const asked: string[] = [];
    const respond = (url: URL): Response => {
      const samples = url.searchParams.getAll('sample');
      const part = url.searchParams.get('part');
      asked.push(`${samples.join('')}${part === null ? '' : ` ${part}`}`);
      let room = most;
      const pictures: object[] = [];
      const roles = ['groundTruth', 'prediction'].filter((role) => part === null || role === part);
      const frame = {
        ...at[0],
        wallTime: times[asked.length - 1] ?? 1,
        pictures,
        samples: samples.map((id) => ({
          id,
          ...Object.fromEntries(
            roles.map((role) => {
              const fits = sizes[id]! <= room;
              room -= fits ? sizes[id]! : 0;
              const digest = `${id} ${role}`;
              pictures.push({...PICTURE, digest, ...(!fits && {error: 'no room', noRoom: true})});
              return [role, pictures.length - 1];
            }),
          ),
        })),
      };
      return new Response(bundleBytes({frames: [frame], blobs: {}, omitted: 0}, []));
    };
    const api = new HttpApi(new URL('http://board/data/plugin/pairs/'), (url) =>
      Promise.resolve(respond(url as URL)),
    );
    return {api, asked};
  }

  /** The digests of each sample; those of pictures with an error are in brackets. */
  async function shown(api: HttpApi, samples: readonly string[]) {
    const [frame] = (await api.frames({...query, samples}, signal)).frames;
    return frame?.samples?.map(({groundTruth = -1, prediction = -1}) =>
      [groundTruth, prediction]
        .map((index) => frame.pictures![index]!)
        .map(({digest, error}) => (error === undefined ? digest : `(${digest})`)),
    );
  }

  const whole = (...ids: string[]) => ids.map((id) => [`${id} groundTruth`, `${id} prediction`]);

  it('is followed by requests of those that it left out', async () => {
    const {api, asked} = roomFor(4, {a: 1, b: 1, c: 1, d: 1, e: 1});

    expect(await shown(api, query.samples)).toEqual(whole('a', 'b', 'c', 'd', 'e'));
    expect(asked).toEqual(['abcde', 'cde', 'e']);
  });

  it('is followed by requests of each half where none is whole', async () => {
    const {api, asked} = roomFor(5, {a: 3, b: 2});

    expect(await shown(api, ['a', 'b'])).toEqual(whole('a', 'b'));
    expect(asked).toEqual(['ab', 'a', 'a groundTruth', 'a prediction', 'a input', 'b']);
  });

  it('says what it says of a picture that is too large by itself', async () => {
    const {api} = roomFor(1, {a: 2});

    expect(await shown(api, ['a'])).toEqual([['(a groundTruth)', '(a prediction)']]);
  });

  it('is asked for again where the record was written again meanwhile', async () => {
    const {api, asked} = roomFor(2, {a: 1, b: 1}, [1, 2, 2]);

    expect(await shown(api, ['a', 'b'])).toEqual([
      ['a groundTruth', 'a prediction'],
      ['(b groundTruth)', '(b prediction)'],
    ]);
    expect(asked).toEqual(['ab', 'b', 'ab']);
  });
});
