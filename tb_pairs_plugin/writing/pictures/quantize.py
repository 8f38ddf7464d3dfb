# SPDX-License-Identifier: Apache-2.0
"""Values as the integers that are stored; each kind makes its own by the rules of `docs/format.md`.

What kinds share is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tb_pairs_plugin.writing.types import Array

Range: TypeAlias = "tuple[float, float]"

# What the integers after the levels mean.
_CODES = np.array([-np.inf, np.inf, np.nan])

CACHED = 65_536  # values worked on at a time, so that they stay in the processor's cache


@dataclass(frozen=True)
class Quantized:
    """Stored integers and how to read them.

    Attributes:
      values: `[h, w, c]`, uint8, uint16, or uint32: the bits of float32.
      ids: The class id of each integer, or None where the integer is the id.
      range: What the integers span, for kinds with ranges.
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

    @property
    def top(self) -> int:
        """The largest integer that is a number in `quantize_numbers`; those after it are codes."""
        return _top(self.bits)

    @property
    def has_codes(self) -> bool:
        """Whether an integer of `quantize_numbers` stands for NaN or an infinity."""
        return bool(self.values.max() > self.top)

    def detach(self) -> Quantized:
        """Returns a copy, which does not change with memory that the values are in."""
        return Quantized(self.values.copy(), self.ids, self.range, self.clipped)

    def split(self) -> Iterator[Quantized]:
        """Yields the values in flat parts that stay in the processor's cache."""
        values = self.values.reshape(-1)
        for start in range(0, values.size, CACHED):
            part = values[start : start + CACHED]
            yield Quantized(part, self.ids, self.range, self.clipped)


def quantize_numbers(values: Array, bits: int, bounds: Range) -> Quantized:
    """Returns numbers as integers over a range, with codes for NaN and infinities.

    With m = 2^bits - 4, a finite number x is round(m (x - low) / (high - low)), clipped to 0 to m;
    m + 1, m + 2 and m + 3 are -inf, +inf and NaN. See "Heatmap values" in `docs/format.md`.

    Args:
      values: `[h, w, c]`.
      bits: 8 or 16.
      bounds: What the integers span.
    """
    low, high = bounds
    top = _top(bits)
    levels = np.empty(values.shape, np.uint8 if bits == 8 else np.uint16)
    # float32 has the precision for 16 bits, but not the range for the difference of large numbers.
    precision = np.float64 if values.dtype.itemsize > 2 else np.float32
    # Infinite where the range is too narrow for a reciprocal.
    per_number = np.float64(top) / (high - low)
    clipped = 0
    rows = max(1, CACHED // values[0].size)
    for start in range(0, len(values), rows):
        part = slice(start, start + rows)
        scaled = np.subtract(values[part], low, dtype=precision)
        if per_number < np.inf:
            scaled *= per_number
        else:
            scaled /= high - low
            scaled *= top
        # False too where one is NaN.
        if not (scaled.min() >= 0 and scaled.max() <= top):
            clipped += _to_codes(scaled, values[part], top, bounds)
        np.rint(scaled, out=scaled)
        levels[part] = scaled
    return Quantized(levels, range=bounds, clipped=clipped / values.size)


def dequantize_numbers(stored: Quantized) -> Array:
    """Returns what the integers of `quantize_numbers` mean, in float64."""
    assert stored.range is not None
    low, high = stored.range
    top = stored.top
    # Pixel by pixel: a table of all levels takes longer than a small picture.
    numbers: Array = np.divide(stored.values, top, dtype=np.float64)
    numbers *= high - low
    numbers += low
    if stored.has_codes:
        codes = stored.values > top
        numbers[codes] = _CODES[stored.values[codes] - (top + 1)]
    return numbers


def _top(bits: int) -> int:
    return (1 << bits) - 4


def measure_share(values: Array, counting: Array | None = None) -> float | None:
    """Returns the share of the true ones of `values`; of those that count; None of nothing."""
    if counting is None:
        return float(np.count_nonzero(values) / values.size)
    count = np.count_nonzero(counting)
    return float(np.count_nonzero(values & counting) / count) if count else None


def measure_clipped(values: Array, low: float, high: float) -> float:
    """Returns the share of the pixels of `[h, w, c]` with a value outside of a range, or NaN."""
    if values.min() >= low and values.max() <= high:
        return 0.0
    outside = ~((values >= low) & (values <= high))
    return float(np.count_nonzero(outside.any(axis=-1)) / (outside.size // outside.shape[-1]))


def _to_codes(scaled: Array, values: Array, top: int, bounds: Range) -> int:
    """Clips to 0 to `top`, replaces NaN and infinities; returns how many finite ones it clipped."""
    # Of the numbers: scaled, those at the end of float64 may be infinite, and an end of the range
    # may be a rounding error beyond it. In float64, as the ends may be no float16.
    low, high = np.float64(bounds[0]), np.float64(bounds[1])
    finite = np.isfinite(values)
    clipped = np.count_nonzero(((values < low) | (values > high)) & finite)
    scaled[~finite] = 0
    np.clip(scaled, 0, top, out=scaled)
    scaled[np.isneginf(values)] = top + 1
    scaled[np.isposinf(values)] = top + 2
    scaled[np.isnan(values)] = top + 3
    return int(clipped)
