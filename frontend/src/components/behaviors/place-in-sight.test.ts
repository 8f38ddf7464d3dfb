// SPDX-License-Identifier: Apache-2.0
import type {ReactiveControllerHost} from 'lit';
import {expect, it} from 'vitest';
import type {PinnedCrossHair} from '../../store/view.js';
import {PlaceInSight} from './place-in-sight.js';

interface Panes {
  isConnected: boolean;
}

function page() {
  const host = Object.assign(new EventTarget(), {addController: () => undefined});
  const place = new PlaceInSight(host as unknown as ReactiveControllerHost & HTMLElement);
  place.hostConnected();
  return {
    move: (panes: Panes, detail: PinnedCrossHair | null) => {
      const event = new CustomEvent('pairs-cross-hair', {detail});
      event.composedPath = () => [panes as unknown as EventTarget];
      host.dispatchEvent(event);
    },
    crossHair: () => place.below(null).crossHair,
  };
}

const at = (sample: string): PinnedCrossHair => ({tag: 't', sample, x: 1, y: 2});

it('keeps a cross-hair while the pointer crosses other panes', () => {
  const {move, crossHair} = page();
  const [a, b] = [{isConnected: true}, {isConnected: true}];
  move(a, at('a'));
  move(b, at('b'));
  expect(crossHair()).toEqual(at('b'));
  move(b, null);
  expect(crossHair()).toEqual(at('a'));
  move(a, null);
  expect(crossHair()).toBeNull();
});

it('has none of panes that are gone', () => {
  const {move, crossHair} = page();
  const a = {isConnected: true};
  move(a, at('a'));
  a.isConnected = false;
  expect(crossHair()).toBeNull();
});
