# SPDX-License-Identifier: Apache-2.0
"""Memory to copy pictures into, kept from one call to the next.

The system zeroes the pages of new memory at their first touch, which takes longer than the copying.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

from tb_pairs_plugin.writing.types import Array

# Of all kept buffers: enough for some calls of four photographs of 2 megapixels.
_MOST_BYTES = 2**27

_Form: TypeAlias = "tuple[tuple[int, ...], np.dtype[Any]]"


class Buffers:
    """Arrays that were copied into, and are free again, by shape and dtype.

    One thread at a time gives back, any may copy. It uses atomic operations and no
    lock, which the handler of a signal might find taken by the interrupted code.
    """

    def __init__(self) -> None:
        """Begins with none."""
        self._free: dict[_Form, deque[Array]] = {}

    def copy(self, values: Array) -> Array:
        """Returns a copy of `values`, in memory that was given back if there is such."""
        try:
            buffer = self._free[_form(values)].popleft()
        except (KeyError, IndexError):
            return np.array(values)
        np.copyto(buffer, values)
        return buffer

    def give_back(self, buffers: Iterable[Array]) -> None:
        """Takes back the copies of a finished call, and keeps as many as fit."""
        for buffer in buffers:
            self._free.setdefault(_form(buffer), deque()).append(buffer)
        held = sum(one.nbytes for alike in self._free.values() for one in tuple(alike))
        for form, alike in tuple(self._free.items()):
            # Whoever copies may take the last one first.
            with contextlib.suppress(IndexError):
                while held > _MOST_BYTES:
                    held -= alike.popleft().nbytes
            if not alike:
                del self._free[form]


def _form(values: Array) -> _Form:
    return values.shape, values.dtype
