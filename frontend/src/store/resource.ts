// SPDX-License-Identifier: Apache-2.0
/**
 * A value that is fetched: pending, ready or failed, with the value before while it is fetched
 * again.
 */

/** Something fetched: each state is drawn. `stale` is the last value that was ready, shown until there is a newer one. */
export type Resource<T> =
  | {readonly state: 'pending'; readonly stale?: T}
  | {readonly state: 'ready'; readonly value: T}
  | {readonly state: 'error'; readonly message: string; readonly stale?: T};

export const PENDING: Resource<never> = {state: 'pending'};

export function ready<T>(value: T): Resource<T> {
  return {state: 'ready', value};
}

/** The value to show, which may be one from before. */
export function latest<T>(resource: Resource<T>): T | undefined {
  return resource.state === 'ready' ? resource.value : resource.stale;
}

/** The resource of what `map` makes of the value, and of the one before. */
export function mapped<T, U>(resource: Resource<T>, map: (value: T) => U): Resource<U> {
  if (resource.state === 'ready') {
    return ready(map(resource.value));
  }
  const {stale, ...rest} = resource;
  return stale === undefined ? rest : {...rest, stale: map(stale)};
}

/** The same resource while it is fetched again. */
export function refetching<T>(resource: Resource<T>): Resource<T> {
  const stale = latest(resource);
  return stale === undefined ? PENDING : {state: 'pending', stale};
}

/** The same resource after a fetch failed. */
export function failed<T>(resource: Resource<T>, message: string): Resource<T> {
  const stale = latest(resource);
  return stale === undefined ? {state: 'error', message} : {state: 'error', message, stale};
}
