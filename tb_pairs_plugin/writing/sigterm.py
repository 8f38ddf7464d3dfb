# SPDX-License-Identifier: Apache-2.0
"""SIGTERM, by which schedulers end a program: what waits is written before."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

_SECONDS = 20.0  # less than the 30 s that Kubernetes and Slurm wait before they kill

_write_before: Callable[[float], None] | None = None


def listen(write_before: Callable[[float], None]) -> None:
    """Handles SIGTERM unless the program does; its own handler is left alone.

    Args:
      write_before: Writes what waits, as far as that can be done before a time of the monotonic
        clock.
    """
    global _write_before
    _write_before = write_before
    if _is_main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _handle)


def stop_listening() -> None:
    """Handles SIGTERM no more."""
    if _is_main_thread() and signal.getsignal(signal.SIGTERM) is _handle:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _handle(number: int, frame: FrameType | None) -> None:
    """Writes what waits, and ends as if the signal had no handler."""
    if _write_before is not None:
        _write_before(time.monotonic() + _SECONDS)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
