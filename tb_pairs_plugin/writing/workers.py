# SPDX-License-Identifier: Apache-2.0
"""A few threads for work that releases the GIL: deflate, hashes, arithmetic on large arrays."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Besides the caller's own thread.
_HELPERS = min(7, max(1, (os.cpu_count() or 2) - 1))
# Values under which handing the work over costs more than it gains.
_SMALL_WORK = 600_000

_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None


def map_all(function: Callable[[T], R], items: Sequence[T], work: int) -> list[R]:
    """Returns `function` of each item, in order; the first exception is raised when all have ended.

    Args:
      function: What to do; it must not call `map_all`.
      items: What to do it with.
      work: About how many array values will be looked at in all.
    """
    if len(items) < 2 or work < _SMALL_WORK:
        return [function(item) for item in items]
    # `next` of a count is atomic: each item is taken once, by whoever is free.
    taken = itertools.count()
    results: dict[int, R] = {}

    def work_off() -> None:
        while (index := next(taken)) < len(items):
            results[index] = function(items[index])

    helpers = _submit(work_off, len(items) - 1)
    try:
        work_off()
    finally:
        started = [helper for helper in helpers if not helper.cancel()]
        wait(started)
    for helper in started:
        helper.result()
    return [results[index] for index in range(len(items))]


def _submit(function: Callable[[], None], most: int) -> list[Future[None]]:
    try:
        pool = _threads()
        return [pool.submit(function) for _ in range(min(most, _HELPERS))]
    except RuntimeError:
        # The interpreter is exiting: no thread can be started, but the data can still be written.
        return []


def _threads() -> ThreadPoolExecutor:
    global _pool
    with _lock:
        if _pool is None:
            _pool = ThreadPoolExecutor(_HELPERS, thread_name_prefix="pairs")
        return _pool


def _after_fork() -> None:
    # The child has none of the parent's threads, and perhaps a lock that one of them held.
    global _pool, _lock
    _pool = None
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
