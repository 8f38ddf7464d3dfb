// SPDX-License-Identifier: Apache-2.0
import {describe, expect, it, vi} from 'vitest';
import {DataStore} from './data-store.js';
import {FakeApi} from './fake-api.fixture.js';
import {latest} from './resource.js';

const RECORDS = [{step: '0', scores: {a: 0.5}}];

function manyRuns(count: number) {
  return Object.fromEntries(Array.from({length: count}, (_, i) => [`run${i}`, RECORDS]));
}

async function opened(api: FakeApi) {
  const asked: {readonly tag: string; readonly runs: readonly string[]}[] = [];
  const series = api.series.bind(api);
  api.series = (tag: string, runs: readonly string[] = []) => {
    asked.push({tag, runs});
    return series(tag);
  };
  const store = new DataStore(api, {
    changed: () => undefined,
    stepsLogged: () => undefined,
    rewritten: () => undefined,
  });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  await store.reload();
  return {store, asked, settled};
}

describe('DataStore', () => {
  it('fetches series only of the tags that are wanted', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(1), u: manyRuns(1)}));

    store.want(['u'], [], true);
    await settled();

    expect(asked).toEqual([{tag: 'u', runs: []}]);
    expect(latest(store.state.series.get('u')!)?.runs.run0?.steps).toEqual(['0']);
  });

  it('does not fetch them again while they are wanted', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(1)}));
    store.want(['t'], [], true);
    await settled();
    store.want(['t'], [], true);
    await settled();

    expect(asked).toHaveLength(1);
  });

  it('asks of many runs only for those that are on', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(100)}));

    store.want(['t'], ['run7'], true);
    await settled();
    store.want(['t'], ['run7', 'run8'], true);
    await settled();

    expect(asked.map(({runs}) => runs)).toEqual([['run7'], ['run7', 'run8']]);
  });

  it('asks first for the runs that are on, and for all once it may', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(10)}));

    store.want(['t'], ['run1', 'run2'], false);
    await settled();
    store.want(['t'], ['run1', 'run2'], false);
    await settled();
    expect(asked.map(({runs}) => runs)).toEqual([['run1', 'run2']]);
    store.want(['t'], ['run1', 'run2'], true);
    await settled();

    expect(asked.map(({runs}) => runs)).toEqual([['run1', 'run2'], []]);
  });

  it('asks at once for a run that is put on meanwhile', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(10)}));

    store.want(['t'], ['run1'], false);
    await settled();
    store.want(['t'], ['run1', 'run2'], false);
    await settled();

    expect(asked.map(({runs}) => runs)).toEqual([['run1'], ['run1', 'run2']]);
  });

  it('asks again for all runs at once when it has them', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(10)}));
    store.want(['t'], ['run1'], true);
    await settled();
    store.want(['t'], ['run1'], true);
    await settled();

    await store.reload();
    await settled();

    expect(asked.map(({runs}) => runs)).toEqual([['run1'], [], []]);
  });

  it('asks for the table of all samples after the series', async () => {
    const api = new FakeApi({t: manyRuns(1)});
    const {store, settled} = await opened(api);
    let release = (): void => undefined;
    const samples = vi.spyOn(api, 'samples');
    const answered = new Promise<void>((resolve) => (release = resolve));
    const series = api.series.bind(api);
    api.series = async (tag) => {
      await answered;
      return series(tag);
    };

    store.want(['t'], [], true);
    await settled();
    expect(samples).not.toHaveBeenCalled();
    release();
    await settled();

    expect(samples).toHaveBeenCalledOnce();
  });

  it('drops a series that is no longer wanted before it came, and fetches it when it is wanted again', async () => {
    const {store, asked, settled} = await opened(new FakeApi({t: manyRuns(1), u: manyRuns(1)}));

    store.want(['t'], [], true);
    store.want(['u'], [], true);
    await settled();
    store.want(['t'], [], true);
    await settled();

    expect(asked.map(({tag}) => tag)).toEqual(['t', 'u', 't']);
    expect(store.state.series.get('t')?.state).toBe('ready');
  });

  it('keeps what it has of a tag that fails later', async () => {
    const api = new FakeApi({t: manyRuns(1)});
    const {store, settled} = await opened(api);
    store.want(['t'], [], true);
    await settled();
    api.series = () => Promise.reject(new Error('gone'));

    await store.reload();
    await settled();

    expect(store.state.series.get('t')).toMatchObject({
      state: 'error',
      message: 'gone',
      stale: {tag: 't'},
    });
  });
});
