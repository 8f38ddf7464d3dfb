// SPDX-License-Identifier: Apache-2.0
/** A session on a log in memory, whose time a test moves on by hand. */
import {vi} from 'vitest';
import {FakeApi, type Log, type LoggedRecord} from './fake-api.fixture.js';
import type {SessionEffect, ViewChange} from './intents.js';
import type {Environment} from './environment.js';
import {Session} from './session.js';

export function steps(...numbers: number[]): readonly LoggedRecord[] {
  return numbers.map((step) => ({step: String(step), scores: {a: 0.5, b: 0.25 + step / 100}}));
}

export const LOG: Log = {
  seg: {dice: steps(0, 10, 20), xent: steps(0, 20)},
  depth: {dice: steps(0, 10, 20)},
};

/** One run of four samples, the later the worse. */
export const MANY: Log = {
  seg: {dice: ['0', '10', '20'].map((step) => ({step, scores: {a: 0.9, b: 0.8, c: 0.3, d: 0.2}}))},
};

export async function openSession(
  log: Log | FakeApi = LOG,
  params: ReadonlyMap<string, string> = new Map(),
  {prefetches = true, paints = true} = {},
) {
  const api = log instanceof FakeApi ? log : new FakeApi(log);
  const saved: ReadonlyMap<string, string>[] = [];
  const timers: (() => void)[] = [];
  /** Waits until something is on the screen: at once, or where the page doesn't paint by itself, until `paint`. */
  const painting = new Set<() => void>();
  const paint = () => {
    const waiting = [...painting];
    painting.clear();
    waiting.forEach((work) => work());
  };
  const environment: Environment = {
    soon: (work) => {
      let isAsked = false;
      return () => {
        if (isAsked) {
          return;
        }
        isAsked = true;
        queueMicrotask(() => {
          isAsked = false;
          work();
        });
      };
    },
    after: (_, work) => {
      timers.push(work);
      return () => undefined;
    },
    afterPaint: (work) => {
      painting.add(work);
      if (paints) {
        queueMicrotask(paint);
      }
      return () => painting.delete(work);
    },
    saveView: (view) => saved.push(view),
    copyLink: vi.fn(),
    copy: vi.fn(),
    measure: () => Promise.resolve([]),
    measuresOf: () => [],
  };
  const session = new Session(api, environment, params);
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  session.start();
  await settled();
  if (prefetches) {
    session.enablePrefetch();
  }
  await settled();
  return {
    api,
    session,
    saved,
    settled,
    paint: async () => {
      paint();
      await settled();
    },
    send: async (intent: ViewChange | SessionEffect) => {
      session.send(intent);
      await settled();
    },
    seeRuns: async (samples: string[], runs: string[]) => {
      session.setVisibleTags(['seg']);
      session.setVisibleSamples({tag: 'seg', samples, runs});
      await settled();
    },
    see: async (...samples: string[]) => {
      session.setVisibleTags(['seg']);
      session.setVisibleSamples({tag: 'seg', samples});
      await settled();
    },
    reload: async (newLog: Log) => {
      api.log = newLog;
      session.send({type: 'reload'});
      await settled();
    },
    tick: async () => {
      timers.shift()?.();
      await settled();
    },
    tag: (name = 'seg') => session.snapshot.page.tags.tags.find(({tag}) => tag === name)!,
    timeline: () => session.snapshot.page.timeline,
  };
}
