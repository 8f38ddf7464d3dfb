# SPDX-License-Identifier: Apache-2.0
"""Keeps TensorBoard's Rust data server from waiting while a read is under way.

Why: docs/decisions/0003-reading-many-blobs.md
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

_PERIOD = 0.001  # seconds
_SLOW_PERIOD = 0.02  # seconds
_QUICK_CALLS = 60  # a read that takes longer waits for something else


class KeepAlive:
    """Calls `ping` every millisecond while a read is under way, and never otherwise."""

    def __init__(self, ping: Callable[[], object]) -> None:
        """Makes a poller, whose thread starts with the first read.

        Args:
          ping: A cheap call on the connection that is read from.
        """
        self._ping = ping
        self._reads = 0
        self._calls = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Polls while a block reads; blocks may overlap."""
        with self._changed:
            self._reads += 1
            self._calls = 0
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="pairs-keep-alive", daemon=True
                )
                self._thread.start()
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._reads -= 1

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._reads)
                self._calls += 1
                calls = self._calls
            time.sleep(_PERIOD if calls <= _QUICK_CALLS else _SLOW_PERIOD)
            if not self._reads:
                continue
            try:
                self._ping()
            except Exception as error:
                # The read meets the same fault and reports it.
                logger.debug("Pairs: ping failed: %r", error)
