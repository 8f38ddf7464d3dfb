# SPDX-License-Identifier: Apache-2.0
"""The ranges of a pair of heatmaps: what the levels of each span, and what the colours span.

Why they are three is in docs/decisions/0013.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds import Heatmap
from tb_pairs_plugin.writing.types import Array

Range: TypeAlias = "tuple[float, float]"

# Past this the difference of two float64 overflows.
_LARGEST = 8e307

# How many times as wide as what matters the range of a prediction may be, by bits. Beyond, one
# level is more than a thousandth (a sixtieth for 8 bits) of what matters.
_WIDEST = {8: 4, 16: 64}
# One in so many numbers of a prediction, at either end, may be an outlier; of fewer numbers
# than `_JUDGED` none may.
_OUTLIERS = 20
_JUDGED = 16


@dataclass(frozen=True)
class Ranges:
    """Each is (low, high).

    Attributes:
      ground_truth: What the levels of the ground truth span.
      prediction: What those of the prediction span.
      shown: What the colours span in both; None where the kind says it for the whole tag.
    """

    ground_truth: Range
    prediction: Range
    shown: Range | None


def of_pair(kind: Heatmap, ground_truth: Raster, prediction: Raster) -> Ranges:
    """Returns the ranges of a sample.

    That of the ground truth depends on nothing but the ground truth and the kind, so that it is
    stored alike whatever is predicted. The prediction has its own, unless a few outliers would
    make its levels coarse.
    """
    if kind.fixed is not None and kind.bits != 32:
        return Ranges(kind.fixed, kind.fixed, None)
    truth, guess = finite_range(ground_truth.values), finite_range(prediction.values)
    return Ranges(
        ground_truth=_apart(*truth),
        prediction=_apart(*_without_outliers(prediction.values, guess, truth, kind.bits)),
        shown=None if kind.fixed else _apart(*_shown(kind, ground_truth.values, truth, guess)),
    )


def finite_range(values: Array) -> Range:
    """Returns the smallest and the largest finite number, or zeros where there is none."""
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = values[np.isfinite(values)]
        if not finite.size:
            return 0.0, 0.0
        low, high = float(finite.min()), float(finite.max())
    return _bounded(low), _bounded(high)


def _without_outliers(values: Array, own: Range, truth: Range, bits: int) -> Range:
    widest = _WIDEST.get(bits)
    if widest is None or _width(own) <= widest * _width(truth):
        return own
    finite = values[np.isfinite(values)]
    if finite.size < _JUDGED:
        return own
    left_out = max(1, finite.size // _OUTLIERS)
    ends = [left_out, finite.size - 1 - left_out]
    bulk = np.partition(finite, ends)[ends]
    low, high = min(truth[0], float(bulk[0])), max(truth[1], float(bulk[1]))
    width = high - low
    if _width(own) <= widest * width or not width:
        return own
    return max(own[0], low - width), min(own[1], high + width)


def _shown(kind: Heatmap, values: Array, truth: Range, guess: Range) -> Range:
    if kind.percentiles is not None:
        finite = values[np.isfinite(values)]
        if not finite.size:
            return 0.0, 1.0
        bounded = finite.astype(np.float64).clip(-_LARGEST, _LARGEST)
        low, high = np.percentile(bounded, kind.percentiles)
        return float(low), float(high)
    if kind.range == "symmetric":
        reach = _widened((0.0, max(map(abs, truth))), (0.0, max(map(abs, guess))))[1]
        return -reach, reach
    if kind.range == "minmax":
        return min(truth[0], guess[0]), max(truth[1], guess[1])
    return _widened(truth, guess)


def _widened(truth: Range, guess: Range) -> Range:
    # Whole steps, so that predictions which differ a little leave the colours as they were; and not
    # beyond all measure, so that the ground truth is never of one colour. A constant one has none.
    low, high = truth
    step = _width(truth) / 4 or max(abs(high), 1.0) / 4
    most = 4 if high > low else np.inf
    if guess[0] < low:
        low -= step * min(float(np.ceil((low - guess[0]) / step)), most)
    if guess[1] > high:
        high += step * min(float(np.ceil((guess[1] - high) / step)), most)
    return _bounded(low), _bounded(high)


def _apart(low: float, high: float) -> Range:
    return (low, high) if high > low else (low, low + max(1.0, abs(low)))


def _bounded(number: float) -> float:
    return min(max(number, -_LARGEST), _LARGEST)


def _width(one: Range) -> float:
    return one[1] - one[0]
