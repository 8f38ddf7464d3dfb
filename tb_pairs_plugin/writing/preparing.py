# SPDX-License-Identifier: Apache-2.0
"""Changes to pictures on request, before they are measured: resize, denormalize, argmax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.types import Array

Resize: TypeAlias = Literal["bilinear"] | None
Denormalize: TypeAlias = "tuple[float | Sequence[float], float | Sequence[float]] | None"

# Of scores that are resized at a time, so that maps of hundreds of classes need little memory.
_MOST_VALUES = 2**22
# How far rounding moves values out of [0, 1]: half a level of 8 bits.
_ROUNDING = 1 / 510


@dataclass(frozen=True)
class Preparation:
    """The requested changes to pictures.

    Attributes:
      resize: Whether predictions of floats are brought to the size of their ground truth.
      denormalize: Mean and standard deviation of the input images, `[1]` or `[c]` each.
      one_hot: Whether ground truths of masks hold one channel per class.
    """

    resize: bool = False
    denormalize: tuple[Array, Array] | None = None
    one_hot: bool = False


NOTHING = Preparation()


def check(resize: Any, denormalize: Any, one_hot: Any) -> Preparation:
    """Returns the checked arguments of these names.

    Raises:
      ValueError: If one is not what `pairs.summary` documents.
    """
    if resize not in (None, "bilinear"):
        raise ValueError(f"resize is {resize!r}, want 'bilinear' or None")
    if not isinstance(one_hot, bool):
        raise ValueError(f"one_hot is {one_hot!r}, want True or False")
    return Preparation(resize is not None, _mean_and_std(denormalize), one_hot)


def denormalize(raster: Raster, preparation: Preparation, name: str) -> Raster:
    """Returns an input image as it was before `(x - mean) / std`.

    Args:
      raster: `[h, w, c]` floats.
      preparation: The requested changes.
      name: What errors call the image.

    Raises:
      ValueError: If it holds integers, or mean and std are of another number of channels.
    """
    if preparation.denormalize is None:
        return raster
    mean, std = preparation.denormalize
    values = raster.values
    if values.dtype.kind != "f":
        raise ValueError(
            f"{name} is {raster.dtype}, want the floats of a normalized image; leave denormalize "
            "out for one that is not normalized"
        )
    for one, what in ((mean, "mean"), (std, "std")):
        if len(one) not in (1, values.shape[2]):
            raise ValueError(
                f"denormalize has {len(one)} numbers as {what}, and {name} has "
                f"{values.shape[2]} channels, want as many, or one number"
            )
    restored = (values * std + mean).astype(np.promote_types(values.dtype, np.float32))
    inside = np.clip(restored, 0, 1)
    # What only rounding took out of [0, 1] is not to be counted as clipped.
    return Raster(np.where(np.abs(restored - inside) < _ROUNDING, inside, restored), raster.dtype)


def resize(raster: Raster, size: tuple[int, int], preparation: Preparation) -> Raster:
    """Returns a prediction of floats in another size, where that was asked for."""
    if not preparation.resize or raster.values.dtype.kind != "f" or raster.size == size:
        return raster
    return Raster(resize_bilinear(raster.values, size), raster.dtype)


def argmax_scores(raster: Raster, size: tuple[int, int], preparation: Preparation) -> Raster:
    """Returns the class of the highest score of each pixel, the first of equal ones.

    NaN is no score. A pixel that has one gets the class of the highest of its numbers, or class 0,
    and its class counts as unknown.

    Args:
      raster: `[h, w, classes]`, at least two classes.
      size: Height and width that scores are brought to first, where that was asked for.
      preparation: The requested changes.
    """
    scores = raster.values
    classes = scores.shape[2]
    dtype = np.uint8 if classes <= 256 else np.uint16 if classes <= 65536 else np.int64
    is_resized = preparation.resize and scores.dtype.kind == "f" and raster.size != size
    if not is_resized:
        found, unknown = _highest(scores)
        return Raster(found.astype(dtype)[..., None], "int64", unknown / found.size)
    ids = np.empty(size, dtype)
    unknown = 0
    step = max(1, _MOST_VALUES // (size[1] * classes))
    for first in range(0, size[0], step):
        rows = range(first, min(first + step, size[0]))
        found, more = _highest(resize_bilinear(scores, size, rows))
        ids[rows.start : rows.stop] = found
        unknown += more
    return Raster(ids[..., None], "int64", unknown / ids.size)


def _highest(scores: Array) -> tuple[Array, int]:
    """Returns the class of the highest number of each pixel, and how many pixels have NaN."""
    found = scores.argmax(axis=2)
    if scores.dtype.kind != "f":
        return found, 0
    # To `argmax` the first NaN is the highest of all.
    is_unknown = np.isnan(np.take_along_axis(scores, found[..., None], axis=2)[..., 0])
    unknown = int(np.count_nonzero(is_unknown))
    if unknown:
        rows = scores[is_unknown]
        found[is_unknown] = np.where(np.isnan(rows), -np.inf, rows).argmax(axis=1)
    return found, unknown


def resize_bilinear(values: Array, size: tuple[int, int], rows: range | None = None) -> Array:
    """Returns a picture in another size by bilinear interpolation.

    Centers of pixels stay where they are, (i + 0.5) / h, as in
    `torch.nn.functional.interpolate(mode="bilinear", align_corners=False)`; shrinking does not
    smooth.

    Args:
      values: `[h, w, c]` floats.
      size: Height and width to be.
      rows: Which of its rows to return, a range of step 1; None for all.

    Returns:
      `[rows, width, c]`, float32, or float64 where `values` are.
    """
    values = values.astype(np.promote_types(values.dtype, np.float32), copy=False)
    rows = range(size[0]) if rows is None else rows
    upper, lower, share = _neighbors(values.shape[0], size[0])
    part = slice(rows.start, rows.stop)
    by_rows = _mix(values[upper[part]], values[lower[part]], share[part, None, None])
    left, right, share = _neighbors(values.shape[1], size[1])
    return _mix(by_rows[:, left], by_rows[:, right], share[:, None])


def _neighbors(old: int, new: int) -> tuple[Array, Array, Array]:
    """Returns for each new pixel the two old ones it lies between, and its way to the second."""
    place = np.maximum((np.arange(new) + 0.5) * (old / new) - 0.5, 0)
    first = np.minimum(place.astype(np.intp), old - 1)
    return first, np.minimum(first + 1, old - 1), place - first


def _mix(first: Array, second: Array, share: Array) -> Array:
    share = share.astype(first.dtype)
    mixed: Array = first * (1 - share) + second * share
    return mixed


def _mean_and_std(value: Any) -> tuple[Array, Array] | None:
    if value is None:
        return None
    try:
        mean, std = (np.atleast_1d(np.asarray(one, np.float64)) for one in value)
    except (TypeError, ValueError):
        raise _no_mean_and_std(value) from None
    if mean.ndim != 1 or std.ndim != 1 or not (np.isfinite(mean).all() and np.isfinite(std).all()):
        raise _no_mean_and_std(value)
    if not (std > 0).all():
        raise ValueError(f"denormalize has the std {value[1]!r}, want numbers above 0")
    return mean, std


def _no_mean_and_std(value: Any) -> ValueError:
    return ValueError(
        f"denormalize is {value!r}, want (mean, std), each a number or one per channel, for images "
        "in [0, 1], such as ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))"
    )
