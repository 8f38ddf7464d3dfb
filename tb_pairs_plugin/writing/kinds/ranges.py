# SPDX-License-Identifier: Apache-2.0
"""Ranges of numbers: what stored integers span, and what colours span.

Why these differ is in docs/decisions/0013.
"""

from __future__ import annotations

import numpy as np

from tb_pairs_plugin.writing.pictures.quantize import Range
from tb_pairs_plugin.writing.types import Array

# Past this the difference of two float64 overflows.
_LARGEST = 8e307

# How many times as wide as what matters the range of a prediction may be, by bits. Beyond, one
# level is more than a thousandth (a sixtieth for 8 bits) of what matters.
_WIDEST = {8: 4, 16: 64}
# One in so many numbers of a prediction, at either end, may be an outlier; of fewer numbers
# than `_JUDGED` none may.
_OUTLIERS = 20
_JUDGED = 16


def find_finite_range(values: Array) -> Range:
    """Returns the smallest and the largest finite number, or zeros where there is none."""
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = values[np.isfinite(values)]
        if not finite.size:
            return 0.0, 0.0
        low, high = float(finite.min()), float(finite.max())
    return _bound(low), _bound(high)


def trim_outliers(values: Array, own: Range, truth: Range, bits: int) -> Range:
    """Returns what a prediction's integers span: its own range, unless that makes them coarse.

    Args:
      values: Of the prediction.
      own: Its finite range.
      truth: That of the ground truth.
      bits: Of the integers.
    """
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


def find_percentiles(values: Array, percentiles: Range) -> Range:
    """Returns two percentiles of the finite values; 0 and 1 where there are none."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    bounded = finite.astype(np.float64).clip(-_LARGEST, _LARGEST)
    low, high = np.percentile(bounded, percentiles)
    return float(low), float(high)


def make_symmetric(truth: Range, prediction: Range) -> Range:
    """Returns a range about zero that is as wide as `widened` would have it."""
    reach = widen((0.0, max(map(abs, truth))), (0.0, max(map(abs, prediction))))[1]
    return -reach, reach


def widen(truth: Range, prediction: Range) -> Range:
    """Returns the ground truth's range, widened in steps towards the prediction's."""
    # Whole steps, so that predictions which differ a little leave the colours as they were; and not
    # beyond all measure, so that the ground truth is never of one colour. A constant one has none.
    low, high = truth
    step = _width(truth) / 4 or max(abs(high), 1.0) / 4
    most = 4 if high > low else np.inf
    if prediction[0] < low:
        low -= step * min(float(np.ceil((low - prediction[0]) / step)), most)
    if prediction[1] > high:
        high += step * min(float(np.ceil((prediction[1] - high) / step)), most)
    return _bound(low), _bound(high)


def ensure_width(one: Range) -> Range:
    """Returns a range, widened where it is a single number."""
    low, high = one
    return one if high > low else (low, low + max(1.0, abs(low)))


def _bound(number: float) -> float:
    return min(max(number, -_LARGEST), _LARGEST)


def _width(one: Range) -> float:
    return one[1] - one[0]
