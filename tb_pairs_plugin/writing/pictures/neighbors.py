# SPDX-License-Identifier: Apache-2.0
"""Class ids told by which neighbor they equal: the layout `neighbors` of `docs/format.md`.

Most pixels of a mask have the class of the pixel above; at a border it is that of the left one, or
of the one between. Two bits say which, four pixels share a byte, and what deflate is left with is
runs; see docs/decisions/0022.
"""

from __future__ import annotations

import numpy as np

from tb_pairs_plugin.writing.types import Bytes8

# Of the values, that may equal no neighbor; with more, a PNG's own filters do as well.
_MOST_LITERALS = 1 / 8
_CACHED = 131_072  # values worked on at a time, so that they stay in the processor's cache


def pack(values: Bytes8) -> tuple[Bytes8, int] | None:
    """Returns the pixels of the PNG `[h', w', 1]` and the number of values that equal no neighbor.

    None where these are too many for this to be of use.

    Args:
      values: `[h, w, 1]`.
    """
    height, width, _ = values.shape
    columns = -(-width // 2)
    packed = np.empty((-(-height // 2), columns), np.uint8)
    band = min(height + height % 2, max(2, _CACHED // width // 2 * 2))
    # Pixels above and left of the picture count as zero.
    framed = np.zeros((1 + band, 1 + width), np.uint8)
    codes = np.zeros((band, 2 * columns), np.uint8)
    unlike, also = np.empty((2, band, width), np.bool_)
    literals: list[Bytes8] = []
    left_over = int(_MOST_LITERALS * values.size)
    for start in range(0, height, band):
        here = values[start : start + band, :, 0]
        rows = len(here)
        framed[0] = framed[band]
        framed[1 : 1 + rows, 1:] = here
        inner, new = codes[:rows, :width], unlike[:rows]
        np.not_equal(here, framed[:rows, 1:], out=new)
        inner[:] = new
        for neighbor in (framed[1 : 1 + rows, :-1], framed[:rows, :-1]):
            new &= np.not_equal(here, neighbor, out=also[:rows])
            inner += new.view(np.uint8)
        codes[rows:] = 0
        literals.append(here.ravel()[np.flatnonzero(new)])
        left_over -= len(literals[-1])
        if left_over < 0:
            return None
        across = codes[: rows + rows % 2].view("<u2")
        pairs = (across | across >> 6).astype(np.uint8)
        packed[start // 2 : start // 2 + len(pairs) // 2] = pairs[0::2] | pairs[1::2] << 4
    count = sum(map(len, literals))
    below = np.zeros((-(-count // columns), columns), np.uint8)
    below.ravel()[:count] = np.concatenate(literals)
    return np.concatenate([packed, below])[..., None], count
