# SPDX-License-Identifier: Apache-2.0
"""A few threads for work that releases the GIL: deflate, hashes, arithmetic on large arrays."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

# Besides the caller's own thread.
_HELPERS = min(7, max(1, (os.cpu_count() or 2) - 1))
# Values under which handing the work over costs more than it gains.
_SMALL_WORK = 600_000

_lock = threading.RLock()
_pool: ThreadPoolExecutor | None = None
_submitting = threading.local()


def map_all(function: Callable[[T], R], items: Sequence[T], work: int) -> list[R]:
    """Returns `function` of each item, in order; the first exception is raised when all have ended.

    Args:
      function: What to do; it must not call `map_all`.
      items: What to do it with.
      work: About how many array values will be looked at in all.
    """
    if len(items) < 2 or work < _SMALL_WORK:
        return [function(item) for item in items]
    # `next` of a count is atomic: each item is taken once, by any free thread.
    taken = itertools.count()
    results: dict[int, R] = {}

    # As on the caller's thread: a program that makes errors of NaN does not mean these.
    @np.errstate(all="ignore")
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
    """Asks threads for help, up to `most` of them; returns those that were asked, maybe none."""
    asked: list[Future[None]] = []
    if getattr(_submitting, "now", False):
        # By the handler of a signal, amid this very function, whose pool has its locks.
        return asked
    _submitting.now = True
    try:
        pool = _threads()
        for _ in range(min(most, _HELPERS)):
            asked.append(pool.submit(function))
    except RuntimeError:
        # The interpreter is exiting, or the system has no more threads; the data can still be
        # written by this one. A pool without threads would keep its tasks indefinitely.
        _give_up()
    finally:
        _submitting.now = False
    return asked


def _threads() -> ThreadPoolExecutor:
    # Not before it is needed: it can't be imported any more while the interpreter is exiting.
    from concurrent.futures import ThreadPoolExecutor

    global _pool
    with _lock:
        if _pool is None:
            _pool = ThreadPoolExecutor(_HELPERS, thread_name_prefix="pairs")
        return _pool


def _give_up() -> None:
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None:
        pool.shutdown(wait=False, cancel_futures=True)


def _after_fork() -> None:
    # The child has none of the parent's threads, and perhaps a lock that one of them held.
    global _pool, _lock, _submitting
    _pool = None
    _lock = threading.RLock()
    _submitting = threading.local()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
