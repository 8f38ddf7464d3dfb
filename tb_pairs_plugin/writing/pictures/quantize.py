# SPDX-License-Identifier: Apache-2.0
"""Values as the integers that are stored, by the rules of `docs/format.md`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tb_pairs_plugin.record import codec, manifest
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.ranges import Range, finite_range
from tb_pairs_plugin.writing.types import Array

MAX_CLASS_IDS = manifest.MAX_STORED_VALUES

_FLOAT32_MAX = float(np.finfo(np.float32).max)

_CACHED = 65_536  # values worked on at a time, so that they stay in the processor's cache

# How far a ground truth or input may leave [0, 1] before it is taken for one of another scale:
# resampling overshoots by less.
_OVERSHOOT = 0.5


@dataclass(frozen=True)
class Levels:
    """Stored integers and how to read them.

    Attributes:
      values: `[h, w, c]`, uint8, uint16, or uint32: the bits of float32.
      ids: The class id of each level, or None where the level is the id.
      range: Of a heatmap.
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


def of_image(raster: Raster, bits: int) -> Levels:
    """Returns the levels of a picture: integers as they are, floats in [0, 1] times 2^bits - 1."""
    values = raster.values
    if values.dtype == np.bool_:
        return Levels(values.view(np.uint8) * np.uint8(255))
    if values.dtype == np.uint8 or (values.dtype == np.uint16 and bits == 16):
        return Levels(values)
    top = 2**bits - 1
    dtype = np.uint8 if bits == 8 else np.uint16
    if values.dtype.kind in "iu":
        return Levels(np.clip(values, 0, top).astype(dtype), clipped=_share_outside(values, 0, top))
    precise = _precise(values)
    clipped = _share_outside(precise, 0, 1)
    if clipped:
        precise = np.clip(np.nan_to_num(precise, nan=0.0), 0, 1)
    levels = precise * precise.dtype.type(top)
    levels += precise.dtype.type(0.5)
    return Levels(levels.astype(dtype), clipped=clipped)


def input_bits(raster: Raster) -> int:
    """Returns the bits of an input image: by its dtype alone, never by its values."""
    return 16 if raster.values.dtype == np.uint16 else 8


def check_image_scale(rasters: Sequence[Raster], name: str, bits: int | None = None) -> None:
    """Checks that a ground truth or an input, which is data and not a model's guess, is to scale.

    Args:
      rasters: The pictures.
      name: What errors call them.
      bits: Of the kind; None for inputs, each of which has those of its dtype.

    Raises:
      DataError: If floats are far from [0, 1], or integers do not fit in `bits`.
    """
    for index, raster in enumerate(rasters):
        if raster.values.dtype == np.uint8:
            continue
        low, high = finite_range(raster.values)
        got = f"{name}[{index}] is {raster.dtype} with values from {low:g} to {high:g}"
        if raster.values.dtype.kind == "f":
            if low < -_OVERSHOOT or high > 1 + _OVERSHOOT:
                undo = "denormalize=(mean, std)" if name == "image" else "x * std + mean"
                way_out = (
                    "divide by what is white"
                    if low >= 0
                    else f"{undo} undoes the normalization of a model's input"
                )
                raise DataError(
                    f"{got}, want floats in [0, 1]: {way_out}, or use pairs.normalize(x), or "
                    "kind=pairs.Heatmap() for a quantity",
                    f"scale of {name}",
                )
            continue
        top = 2 ** (bits or input_bits(raster)) - 1
        if low >= 0 and high <= top:
            continue
        if bits is None:
            way_out = "x.astype(np.uint16), or " if low >= 0 and high <= 65535 else ""
            raise DataError(
                f"{got}, want 0 to {top}: white is 65535 in uint16 and 255 in all other integers; "
                f"pass {way_out}pairs.normalize(x)",
                f"scale of {name}",
            )
        raise DataError(
            f"{got}, want 0 to {top} for pairs.Image(bits={bits}); class ids are "
            "kind=pairs.Mask(), quantities kind=pairs.Heatmap()",
            f"scale of {name}",
        )


def of_mask(raster: Raster) -> Levels:
    """Returns the levels of class ids.

    Ids of 0 to 255 are their own levels. Others are numbered in ascending order where that takes
    fewer bits, or where they don't fit in 16.

    Raises:
      DataError: If there are more than 65,536 different ids, or one is beyond 2^53.
    """
    values = raster.values
    if values.dtype == np.bool_:
        return Levels(values.view(np.uint8))
    if values.dtype == np.uint8:
        return Levels(values)
    low, high = int(values.min()), int(values.max())
    if low >= 0 and high <= 255:
        return Levels(values.astype(np.uint8))
    if low < -codec.MAX_INTEGER or high > codec.MAX_INTEGER:
        raise DataError(
            f"a mask has class ids from {low} to {high}, want less than 2^53", "size of class ids"
        )
    if low >= 0 and high <= 65535:
        present = np.zeros(high + 1, np.bool_)
        present[values.ravel()] = True
        ids = np.flatnonzero(present)
        if len(ids) > 256:
            return Levels(values.astype(np.uint16))
        table = np.zeros(high + 1, np.uint8)
        table[ids] = np.arange(len(ids), dtype=np.uint8)
        return Levels(table[values], ids=tuple(ids.tolist()))
    ids, levels = np.unique(values, return_inverse=True)
    if len(ids) > MAX_CLASS_IDS:
        raise DataError(
            f"a mask has {len(ids)} different class ids, want at most {MAX_CLASS_IDS}",
            "number of class ids",
        )
    dtype = np.uint8 if len(ids) <= 256 else np.uint16
    return Levels(levels.reshape(values.shape).astype(dtype), ids=tuple(ids.tolist()))


def of_heatmap(raster: Raster, bits: int, bounds: Range) -> Levels:
    """Returns the levels of one number per pixel over the range `bounds`, or its float32."""
    values = raster.values
    if bits == 32:
        return _exact(values, bounds)
    low, high = bounds
    top = 2**bits - 4
    levels = np.empty(values.shape, np.uint8 if bits == 8 else np.uint16)
    # float32 has the precision for 16 bits, but not the range for the difference of large numbers.
    precision = np.float64 if values.dtype.itemsize > 2 else np.float32
    # Not finite where the range is narrower than what has a reciprocal.
    per_number = np.float64(top) / (high - low)
    clipped = 0
    rows = max(1, _CACHED // values[0].size)
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
    return Levels(levels, range=bounds, clipped=clipped / values.size)


def as_float32(values: Array) -> tuple[Array, int]:
    """Returns numbers as float32, and how many finite ones were beyond it and clipped."""
    clipped = 0
    if values.dtype.kind == "f" and values.dtype.itemsize > 4:
        beyond = np.isfinite(values) & (np.abs(values) > _FLOAT32_MAX)
        clipped = int(np.count_nonzero(beyond))
        if clipped:
            values = np.where(beyond, np.copysign(_FLOAT32_MAX, values), values)
    return np.ascontiguousarray(values, np.float32), clipped


def _exact(values: Array, bounds: Range) -> Levels:
    numbers, clipped = as_float32(values)
    low, high = (float(np.float32(min(max(end, -_FLOAT32_MAX), _FLOAT32_MAX))) for end in bounds)
    return Levels(numbers.view(np.uint32), range=(low, high), clipped=clipped / numbers.size)


def _to_codes(scaled: Array, values: Array, top: int, bounds: Range) -> int:
    """Clips what is outside of 0 to `top` or not finite; returns how many finite ones were."""
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


def _share_outside(values: Array, low: float, high: float) -> float:
    if values.min() >= low and values.max() <= high:
        return 0.0
    outside = ~((values >= low) & (values <= high))
    return float(np.count_nonzero(outside.any(axis=-1)) / (outside.size // outside.shape[-1]))


def _precise(values: Array) -> Array:
    # float16 has 11 bits: not enough for 65,535 levels.
    return values.astype(np.float32) if values.dtype == np.float16 else values
