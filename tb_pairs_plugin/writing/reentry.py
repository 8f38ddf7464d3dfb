# SPDX-License-Identifier: Apache-2.0
"""Calls that come amid another call of the same thread: by the handler of a signal, mostly.

What they interrupt may hold any lock, and may have changed half of what they look at. So what they
ask for is put off until the interrupted call ends, whether by itself or by an exception.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from types import FrameType


class _Thread(threading.local):
    def __init__(self) -> None:
        self.marked: FrameType | None = None
        self.put_off: deque[Callable[[], None]] = deque()


_thread = _Thread()


def is_amid() -> bool:
    """Says whether this thread is amid a call."""
    marked = _thread.marked
    frame = None if marked is None else sys._getframe(1)
    # A mark is left behind where Ctrl-C comes just as a call ends.
    while frame is not None and frame is not marked:
        frame = frame.f_back
    return frame is not None


class amid:
    """Marks a call, and does at its end what was put off; within another it does nothing."""

    def __enter__(self) -> None:
        self._is_outermost = not is_amid()
        if self._is_outermost:
            _thread.marked = sys._getframe(1)

    def __exit__(self, *_: object) -> None:
        if not self._is_outermost:
            return
        try:
            _catch_up()
        finally:
            _thread.marked = None
            # By a signal, since there was nothing left.
            if _thread.put_off:
                with amid():
                    pass


def put_off(what: Callable[[], None]) -> None:
    """Does something at the end of the call that this thread is amid."""
    _thread.put_off.append(what)


def _catch_up() -> None:
    try:
        while _thread.put_off:
            _thread.put_off.popleft()()
    finally:
        # One of them failed: the others are done all the same.
        if _thread.put_off:
            _catch_up()


def _after_fork() -> None:
    # The call that was forked is the parent's, as is what it put off.
    global _thread
    _thread = _Thread()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
