# SPDX-License-Identifier: Apache-2.0
"""Memory to copy pictures into, kept from one call to the next.

The pages of new memory are zeroed by the system at their first touch, which takes two to five times
as long as copying.
"""

from __future__ import annotations

import contextlib
from collections import deque

import numpy as np

from tb_pairs_plugin.writing.types import Array

# Of what is kept: some calls of four photographs of 2 megapixels.
_MOST_BYTES = 2**27


class Buffers:
    """Arrays that were copied into, and are free again.

    There is no lock, which the handler of a signal could find taken by what it interrupted: the
    operations of a deque are atomic.
    """

    def __init__(self) -> None:
        """Begins with none."""
        self._free: deque[Array] = deque()

    def copy(self, values: Array) -> Array:
        """Returns a copy of `values`, in memory that was given back if there is such."""
        buffer = self._take(values)
        if buffer is None:
            return np.array(values)
        np.copyto(buffer, values)
        return buffer

    def give_back(self, buffer: Array) -> None:
        """Takes a copy that nobody needs any more; forgets the oldest if there are many."""
        self._free.append(buffer)
        with contextlib.suppress(IndexError):
            while sum(one.nbytes for one in list(self._free)) > _MOST_BYTES:
                self._free.popleft()

    def _take(self, values: Array) -> Array | None:
        for _ in range(len(self._free)):
            try:
                buffer = self._free.popleft()
            except IndexError:
                break
            if buffer.shape == values.shape and buffer.dtype == values.dtype:
                return buffer
            self._free.append(buffer)
        return None
