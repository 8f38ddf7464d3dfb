# SPDX-License-Identifier: Apache-2.0
"""Values as the integers that are stored; each kind makes its own by the rules of `docs/format.md`.

What kinds share is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tb_pairs_plugin.writing.types import Array

Range: TypeAlias = "tuple[float, float]"

CACHED = 65_536  # values worked on at a time, so that they stay in the processor's cache


@dataclass(frozen=True)
class Quantized:
    """Stored integers and how to read them.

    Attributes:
      values: `[h, w, c]`, uint8, uint16, or uint32: the bits of float32.
      ids: The class id of each integer, or None where the integer is the id.
      range: Of a heatmap, what the integers span.
      clipped: The share of the pixels that were clipped, 0 to 1.
    """

    values: Array
    ids: tuple[int, ...] | None = None
    range: Range | None = None
    clipped: float = 0.0

    @property
    def bits(self) -> int:
        """8, 16 or 32."""
        return self.values.dtype.itemsize * 8


def share_outside(values: Array, low: float, high: float) -> float:
    """Returns the share of the pixels of `[h, w, c]` with a value outside of a range, or NaN."""
    if values.min() >= low and values.max() <= high:
        return 0.0
    outside = ~((values >= low) & (values <= high))
    return float(np.count_nonzero(outside.any(axis=-1)) / (outside.size // outside.shape[-1]))
