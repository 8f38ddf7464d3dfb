# SPDX-License-Identifier: Apache-2.0
"""Memory to copy pictures into, kept from one call to the next.

The pages of new memory are zeroed by the system at their first touch, which takes two to five times
as long as copying.
"""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from tb_pairs_plugin.writing.types import Array

# Of what is kept: some calls of four photographs of 2 megapixels.
_MOST_BYTES = 2**27


class Buffers:
    """Arrays that were copied into, and are free again."""

    def __init__(self) -> None:
        """Begins with none."""
        self._free: deque[Array] = deque()
        self._bytes = 0
        self._lock = threading.Lock()

    def copy(self, values: Array) -> Array:
        """Returns a copy of `values`, in memory that was given back if there is such."""
        buffer = self._take(values)
        if buffer is None:
            return np.array(values)
        np.copyto(buffer, values)
        return buffer

    def give_back(self, buffer: Array) -> None:
        """Takes a copy that nobody needs any more; forgets the oldest if there are many."""
        with self._lock:
            self._free.append(buffer)
            self._bytes += buffer.nbytes
            while self._bytes > _MOST_BYTES:
                self._bytes -= self._free.popleft().nbytes

    def _take(self, values: Array) -> Array | None:
        with self._lock:
            for index, buffer in enumerate(self._free):
                if buffer.shape == values.shape and buffer.dtype == values.dtype:
                    del self._free[index]
                    self._bytes -= buffer.nbytes
                    return buffer
        return None
