# SPDX-License-Identifier: Apache-2.0
"""Turns other arrays, such as feature maps, into pictures, where the caller asks for it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tb_pairs_plugin.writing.arrays import conversion, rasters
from tb_pairs_plugin.writing.arrays.rasters import DataFormat
from tb_pairs_plugin.writing.types import Array


def normalize(x: Any, *, per: str = "picture", data_format: DataFormat = "channels_last") -> Array:
    """Returns `x` stretched to [0, 1], for arrays whose scale means nothing, such as feature maps.

    A constant array becomes 0. NaN stays NaN; infinite values become 0 or 1.

    Args:
      x: `[k, h, w, c]`, or any array for `per="batch"`.
      per: What is stretched by itself: each `"channel"` of each picture, each `"picture"`, or the
        whole
        `"batch"`.
      data_format: Where the channels are.

    Returns:
      float32 of the same shape.

    Raises:
      ValueError: If `per` is something else, or `x` has not the rank it takes.
    """
    rasters.check_data_format(data_format)
    values = rasters.to_numpy(x, "x").astype(np.float64)
    axes = _axes(values.ndim, per, data_format)
    with np.errstate(invalid="ignore"):
        finite = np.where(np.isfinite(values), values, np.nan)
        empty = ~np.isfinite(finite).any(axis=axes, keepdims=True)
        low = np.fmin.reduce(finite, axis=axes, keepdims=True, initial=np.inf)
        high = np.fmax.reduce(finite, axis=axes, keepdims=True, initial=-np.inf)
        span = np.where(empty | (high == low), 1.0, high - low)
        stretched = (values - np.where(empty, 0.0, low)) / span
    return np.clip(stretched, 0, 1).astype(np.float32)


def channel_grid(
    x: Any,
    *,
    columns: int | None = None,
    gap: int = 1,
    fill: float = 0.0,
    data_format: DataFormat = "channels_last",
) -> Array:
    """Returns the channels of each picture side by side, as one picture of one channel.

    A batch of 16 feature maps becomes a batch of 4 x 4 grids; the last row is filled up:

        pairs.summary("features", photos, pairs.channel_grid(pairs.normalize(features,
        per="channel")))

    Args:
      x: `[k, h, w, c]`, any number of channels c.
      columns: Channels in a row; None for about as many as there are rows.
      gap: Pixels between neighbors.
      fill: The value of the gaps.
      data_format: Where the channels of `x` are.

    Returns:
      `[k, H, W, 1]` of the dtype of `x`, channels last.

    Raises:
      ValueError: If `x` has another rank or no channels, `columns` or `gap` is too small, or `fill`
        is not a value of the dtype of `x`.
    """
    rasters.check_data_format(data_format)
    values = rasters.to_numpy(x, "x")
    if values.ndim != 4:
        raise ValueError(f"x has shape {values.shape}, want rank 4 [k, h, w, c]")
    if data_format == "channels_first":
        values = values.transpose(0, 2, 3, 1)
    count, height, width, channels = values.shape
    if channels < 1:
        raise ValueError(f"x has shape {values.shape}, no channels, want at least 1")
    across = math.ceil(math.sqrt(channels)) if columns is None else _count(columns, "columns", 1)
    gap = _count(gap, "gap", 0)
    between = _fill(fill, values.dtype)
    down = -(-channels // across)
    shape = (count, down * (height + gap) - gap, across * (width + gap) - gap, 1)
    grid = np.full(shape, between)
    for channel in range(channels):
        top, left = channel // across * (height + gap), channel % across * (width + gap)
        grid[:, top : top + height, left : left + width, 0] = values[..., channel]
    return grid


def _count(value: Any, name: str, least: int) -> int:
    number = conversion.to_integer(value)
    if number is None or number < least:
        raise ValueError(f"{name} is {value!r}, want an integer of at least {least}")
    return number


def _fill(value: Any, dtype: np.dtype[Any]) -> Any:
    try:
        with np.errstate(over="ignore"):
            fill = np.asarray(value).astype(dtype)[()]
        is_exact = dtype.kind == "f" or fill == value
    except (TypeError, ValueError, OverflowError):
        is_exact = False
    if not is_exact:
        raise ValueError(f"fill is {value!r}, want a value of {dtype}, the dtype of x")
    return fill


def _axes(rank: int, per: str, data_format: DataFormat) -> tuple[int, ...]:
    if per == "batch":
        return tuple(range(rank))
    if per not in ("channel", "picture"):
        raise ValueError(f"per is {per!r}, want 'channel', 'picture' or 'batch'")
    if rank != 4:
        raise ValueError(f"x has rank {rank}, want 4, [k, h, w, c], to normalize per {per}")
    if per == "picture":
        return (1, 2, 3)
    return (1, 2) if data_format == "channels_last" else (2, 3)
