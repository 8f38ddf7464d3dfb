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
_MOST_REST = 1 / 8


def pack(values: Bytes8) -> tuple[Bytes8, int] | None:
    """Returns the pixels of the PNG `[h', w', 1]` and the number of values that equal no neighbor.

    None where these are too many for this to be of use.

    Args:
      values: `[h, w, 1]`.
    """
    height, width, _ = values.shape
    here = values[..., 0]
    # What is above and left of the picture counts as zero.
    framed = np.zeros((1 + height, 1 + width), np.uint8)
    framed[1:, 1:] = here
    codes = np.zeros((height + height % 2, width + width % 2), np.uint8)
    inner = codes[:height, :width]
    unlike = np.not_equal(here, framed[:-1, 1:]).view(np.uint8)
    inner += unlike
    unlike &= np.not_equal(here, framed[1:, :-1]).view(np.uint8)
    inner += unlike
    unlike &= np.not_equal(here, framed[:-1, :-1]).view(np.uint8)
    inner += unlike
    places = np.flatnonzero(unlike.view(np.bool_))
    if len(places) > _MOST_REST * values.size:
        return None
    rest = here.ravel()[places]
    across = codes.view("<u2")
    across |= across >> 6
    rows = across.astype(np.uint8)
    packed = rows[0::2] | rows[1::2] << 4
    columns = packed.shape[1]
    below = np.zeros((-(-len(rest) // columns), columns), np.uint8)
    below.ravel()[: len(rest)] = rest
    return np.concatenate([packed, below])[..., None], len(rest)
