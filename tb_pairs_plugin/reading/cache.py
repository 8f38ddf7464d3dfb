# SPDX-License-Identifier: Apache-2.0
"""A cache of bounded size."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class ByteCache(Generic[V]):
    """A least-recently-used cache of bounded bytes. Threads may share it."""

    def __init__(self, limit: int) -> None:
        """Makes a cache of at most `limit` bytes, as those who put values in count them."""
        self._limit = limit
        self._held = 0
        self._entries: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> V | None:
        """Returns the value of `key`, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Holds `value`, of `size` bytes, unless it alone would take more than a quarter."""
        with self._lock:
            self._drop(key)
            if size > self._limit // 4:
                return
            self._entries[key] = value, size
            self._held += size
            while self._held > self._limit:
                self._drop(next(iter(self._entries)))

    def drop(self, key: Hashable) -> None:
        """Forgets what is held under `key`, if there is something."""
        with self._lock:
            self._drop(key)

    @property
    def held(self) -> int:
        """How many bytes are held."""
        return self._held

    def _drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._held -= entry[1]
