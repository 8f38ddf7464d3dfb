// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it} from 'vitest';
import {bundleBytes} from './bundle.fixture.js';
import {MAX_ADDRESS} from './addresses.js';
import {HttpApi} from './client.js';

const CATALOG = {
  runs: ['a', 'b'],
  tags: [
    {
      tag: 'val/<b>&?',
      series: [
        {
          runs: [0, 1],
          description: '',
          kind: {name: 'heatmap', bits: 16, range: ['-Infinity', 1]},
        },
      ],
    },
  ],
  skipped: [],
  kept: {program: 'TensorBoard', limit: 300, flag: '--samples_per_plugin=pairs=0'},
};

function apiThat(answer: () => Response | Promise<Response>) {
  const asked: string[] = [];
  const api = new HttpApi(new URL('http://board/prefix/data/plugin/pairs/'), (url) => {
    asked.push((url as URL).href);
    return Promise.resolve(answer());
  });
  return {api, asked};
}

const EMPTY = {frames: [], blobs: {}, omitted: 0};

const {signal} = new AbortController();

describe('HttpApi', () => {
  it('reads the catalog below the path prefix', async () => {
    const {api, asked} = apiThat(() => Response.json(CATALOG));

    const catalog = await api.tags(signal);

    expect(asked).toEqual(['http://board/prefix/data/plugin/pairs/tags']);
    // What is of heatmaps alone is as their room reads it: `kinds/registry.test.ts`.
    expect(catalog.tags[0]?.series[0]?.kind).toEqual({
      name: 'heatmap',
      bits: 16,
      range: ['-Infinity', 1],
    });
  });

  it('takes nothing from a server that only the page says of a kind', async () => {
    const kind = {name: 'mask', background: 'x', recoveredFrom: 3, toString: 1};
    const series = [{runs: [0], description: '', kind}];
    const {api} = apiThat(() => Response.json({...CATALOG, tags: [{tag: 't', series}]}));

    const catalog = await api.tags(signal);

    expect(catalog.tags[0]?.series[0]?.kind).toEqual({name: 'mask', toString: 1});
  });

  it('names the parts whose bytes are to be sent, unless it is all', async () => {
    const {api, asked} = apiThat(() => new Response(bundleBytes(EMPTY, [])));
    const query = {tag: 't', at: [{step: '5', run: 'r'}], samples: [], have: []};
    const sentAt = (place: number) => new URL(asked[place] ?? '').searchParams.getAll('blob');

    await api.frames({...query, parts: ['prediction', 'input']}, signal);
    await api.frames({...query, parts: ['groundTruth', 'prediction', 'input']}, signal);
    await api.frames(query, signal);

    expect([0, 1, 2].map(sentAt)).toEqual([['prediction', 'input'], [], []]);
  });

  it('encodes tags, runs and samples that look like parts of an address', async () => {
    const {api, asked} = apiThat(
      () => new Response(bundleBytes({frames: [], blobs: {}, omitted: 0}, [])),
    );

    await api.frames(
      {tag: 'a&b=c', at: [{step: '5', run: 'x:y/z'}], samples: ['#1'], have: ['aa']},
      signal,
    );

    const {searchParams} = new URL(asked[0] ?? '');
    expect([...searchParams]).toEqual([
      ['tag', 'a&b=c'],
      ['at', '5:x:y/z'],
      ['sample', '#1'],
      ['have', 'aa'],
    ]);
  });

  it('names no more of the pictures it holds than fit into an address', async () => {
    const {api, asked} = apiThat(() => new Response(bundleBytes(EMPTY, [])));
    const have = Array.from({length: 5000}, (_, i) => i.toString(16).padStart(32, '0'));

    await api.frames({tag: 't', at: [{step: '5', run: 'r'}], samples: [], have}, signal);

    expect(asked).toHaveLength(1);
    expect(asked[0]?.length).toBeLessThanOrEqual(MAX_ADDRESS);
    expect(asked[0]?.length).toBeGreaterThan(MAX_ADDRESS - 40);
  });

  it("says the server's own sentence when a request is wrong", async () => {
    const {api} = apiThat(() => new Response("run 'x' has no tag 'y'", {status: 404}));

    await expect(api.series('y', ['x'], signal)).rejects.toMatchObject({
      message: "run 'x' has no tag 'y'",
      status: 404,
    });
  });

  it('does not show a page of HTML as a sentence', async () => {
    const {api} = apiThat(
      () => new Response('<html>oops</html>', {status: 502, statusText: 'Bad Gateway'}),
    );

    await expect(api.tags(signal)).rejects.toThrow('TensorBoard answered 502 Bad Gateway');
  });

  it('says that the server does not answer when nothing comes back', async () => {
    const {api} = apiThat(() => Promise.reject(new TypeError('fetch failed')));

    await expect(api.tags(signal)).rejects.toMatchObject({
      message: expect.stringContaining('does not answer') as string,
      status: 0,
    });
  });

  it('refuses an answer that is not what the contract says', async () => {
    const {api} = apiThat(() => Response.json({...CATALOG, tags: [{tag: 3, series: []}]}));

    await expect(api.tags(signal)).rejects.toThrow('got 3 as tags[0].tag, want text');
  });

  it('refuses a series of a run that the catalog does not have', async () => {
    const tags = [{tag: 't', series: [{...CATALOG.tags[0]!.series[0], runs: [2]}]}];
    const {api} = apiThat(() => Response.json({...CATALOG, tags}));

    await expect(api.tags(signal)).rejects.toThrow(
      'got 2 as tags[0].series[0].runs[0], want a whole number from 0 to 1',
    );
  });

  it('gives the very same answer again when it did not change', async () => {
    const {api} = apiThat(() => Response.json(CATALOG, {headers: {ETag: '"1"'}}));

    expect(await api.tags(signal)).toBe(await api.tags(signal));
  });

  it('reads again what did change', async () => {
    let version = 0;
    const {api} = apiThat(() =>
      Response.json(
        {...CATALOG, runs: ['a', 'b', String(++version)]},
        {headers: {ETag: `"${version}"`}},
      ),
    );

    await api.tags(signal);

    expect((await api.tags(signal)).runs[2]).toBe('2');
  });
});
