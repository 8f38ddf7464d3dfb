// SPDX-License-Identifier: Apache-2.0
import type {ReactiveControllerHost} from 'lit';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {SlowLoading} from './slow-loading.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function hosted() {
  const requestUpdate = vi.fn();
  const host = {addController: vi.fn(), requestUpdate} as unknown as ReactiveControllerHost;
  return {loading: new SlowLoading(host), requestUpdate};
}

it('says nothing of what loads fast', () => {
  const {loading, requestUpdate} = hosted();
  loading.follow(true);
  loading.follow(false);
  vi.runAllTimers();
  expect(loading.isSlow).toBe(false);
  expect(requestUpdate).not.toHaveBeenCalled();
});

it('still says that it loads once its host was moved on the page', () => {
  const {loading, requestUpdate} = hosted();
  loading.follow(true);
  loading.hostDisconnected();
  vi.runAllTimers();
  expect(loading.isSlow).toBe(false);
  loading.hostConnected();
  vi.runAllTimers();
  expect(loading.isSlow).toBe(true);
  expect(requestUpdate).toHaveBeenCalledOnce();
});

it('starts no clock for a host that loads nothing', () => {
  const {loading} = hosted();
  loading.hostConnected();
  expect(vi.getTimerCount()).toBe(0);
});
