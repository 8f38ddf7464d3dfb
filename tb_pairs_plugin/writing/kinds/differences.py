# SPDX-License-Identifier: Apache-2.0
"""How far two pictures are apart, summed over all their values."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tb_pairs_plugin.writing.pictures.quantize import CACHED
from tb_pairs_plugin.writing.types import Array


def sum_differences(
    truth: Array, prediction: Array, difference: Callable[[Array, Array], Array]
) -> tuple[float, float]:
    """Returns the sum of the differences of all values, and that of their squares."""
    truth, prediction = truth.ravel(), prediction.ravel()
    total = squares = 0.0
    with np.errstate(invalid="ignore", over="ignore"):
        for start in range(0, truth.size, CACHED):
            part = slice(start, start + CACHED)
            error = difference(truth[part], prediction[part])
            wide = np.uint32 if error.dtype == np.uint16 else np.float64
            total += float(error.sum(dtype=wide))
            np.multiply(error, error, out=error)
            squares += float(error.sum(dtype=wide))
    return total, squares


def subtract_integers(truth: Array, prediction: Array) -> Array:
    """Returns the absolute differences of uint8 or uint16, in the wider dtype of the two."""
    if truth.dtype != prediction.dtype:
        truth, prediction = _as_words(truth), _as_words(prediction)
    error: Array = np.maximum(truth, prediction)
    error -= np.minimum(truth, prediction)
    return error


def subtract_bytes(truth: Array, prediction: Array) -> Array:
    """Returns the absolute differences of uint8."""
    # The square of a byte fits in 16 bits, and the sum of CACHED of these in 32.
    return subtract_integers(truth, prediction).astype(np.uint16)


def subtract_words(truth: Array, prediction: Array) -> Array:
    """Returns the absolute differences of uint16, or of uint8 on their scale."""
    return subtract_integers(truth, prediction).astype(np.float64)


def subtract_numbers(truth: Array, prediction: Array) -> Array:
    """Returns the absolute differences of any numbers, in float64."""
    error: Array = np.subtract(prediction, truth, dtype=np.float64)
    return np.abs(error, out=error)


def _as_words(values: Array) -> Array:
    # White of 8 bits becomes white of 16: 255 * 257 = 65535.
    return values if values.dtype == np.uint16 else values * np.uint16(257)
