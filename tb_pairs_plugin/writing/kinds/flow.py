# SPDX-License-Identifier: Apache-2.0
"""`Flow`: optical flow, a displacement per pixel."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from tb_pairs_plugin.record.kinds import FlowKind
from tb_pairs_plugin.writing import preparing
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.arrays.rasters import Content, Raster
from tb_pairs_plugin.writing.kinds import ranges
from tb_pairs_plugin.writing.kinds.kind import Better, Kind, Measured, Ranges
from tb_pairs_plugin.writing.pictures import layouts
from tb_pairs_plugin.writing.pictures.layouts import Layout
from tb_pairs_plugin.writing.pictures.quantize import (
    Quantized,
    Range,
    dequantize_numbers,
    measure_share,
    quantize_numbers,
)
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.types import Array

_BITS = 16

# In pixels.
_CHANGED = 1.0

# Components beyond this mean "unknown", as in Middlebury's files of flow.
_LARGEST_KNOWN = 1e9


def _way_out(name: str, channels: int) -> str:
    del name
    return "pass flow and mask apart, and NaN where the mask is 0" if channels == 3 else ""


_VECTOR = Content(2, 2, "2, the displacement (u, v) of each pixel", _way_out)


@dataclass(frozen=True)
class Flow(Kind):
    """Optical flow: for each pixel how far it moves, (u, v) in pixels; u to the right, v down.

    Displacements are stored in 65,533 levels over a range about zero, each picture's own, so that
    no motion is exact. Where u or v is NaN, infinite or beyond +-1e9 the flow is unknown. A few
    outliers of a prediction, where they would cost its other vectors their precision, are clipped,
    and their share is stored with the picture. Per-sample metrics are `epe` (pixels) and `ae`
    (degrees), of the vectors as they were given, where both are known.

    Attributes:
      magnitude: The length, in pixels, that has full colour. None (default): the longest vector of
        the ground truth, and up to twice that where those of the prediction are longer. A number
        holds for the whole tag.
    """

    name: ClassVar[str] = FlowKind.name
    own_metrics: ClassVar[Mapping[str, Better]] = {"epe": "lower", "ae": "lower"}
    truth_content: ClassVar[Content] = _VECTOR
    prediction_content: ClassVar[Content] = _VECTOR
    resize_hint: ClassVar[str] = (
        "brings the prediction to the size of the ground truth, and its vectors to that scale"
    )
    magnitude: float | None = None

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If `magnitude` is not a finite number above 0, or None.
        """
        if self.magnitude is None:
            return
        length = conversion.to_number(self.magnitude)
        if length is None or not (math.isfinite(length) and length > 0):
            raise ValueError(f"magnitude is {self.magnitude!r}, want a number above 0, or None")

    def to_record(self) -> FlowKind:
        """Returns what the tag stores about the kind."""
        return FlowKind(None if self.magnitude is None else (0.0, float(self.magnitude)))

    def prepare(
        self,
        truths: list[Raster],
        predictions: list[Raster],
        preparation: Preparation,
        *,
        is_inferred: bool,
    ) -> tuple[list[Raster], list[Raster]]:
        """Returns flow with NaN in both components where it is unknown.

        A prediction of another size is resized where that was asked for; its vectors are then
        multiplied by the ratio of the sizes, as they are in pixels.
        """
        del is_inferred
        return [_with_unknown(one) for one in truths], [
            _with_unknown(_resize(prediction, truth.size, preparation))
            for truth, prediction in zip(truths, predictions, strict=True)
        ]

    def measure(self, truth: Raster, prediction: Raster) -> Measured:
        """Returns the errors of flow, over the pixels where both are known.

        - `epe` = mean length of prediction - ground truth, in pixels: the end-point error (Baker et
          al., "A Database and Evaluation Methodology for Optical Flow", IJCV 92, 2011)
        - `ae` = mean angle between (u, v, 1) of the two, in degrees: the angular error (Barron,
          Fleet and Beauchemin, "Performance of optical flow techniques", IJCV 12, 1994)
        """
        known = np.isfinite(truth.values[..., 0]) & np.isfinite(prediction.values[..., 0])
        if not known.any():
            return Measured(dict.fromkeys(self.own_metrics))
        u, v = truth.values[known].astype(np.float64).T
        other_u, other_v = prediction.values[known].astype(np.float64).T
        # By the tangent: the cosine of a small angle tells nothing of it.
        sine = np.sqrt((v - other_v) ** 2 + (other_u - u) ** 2 + (u * other_v - v * other_u) ** 2)
        angle = np.arctan2(sine, 1 + u * other_u + v * other_v)
        return Measured(
            {
                "epe": float(np.hypot(other_u - u, other_v - v).mean()),
                "ae": float(np.degrees(angle).mean()),
            }
        )

    def measure_change(
        self, before: Quantized, now: Quantized, shown: Range | None
    ) -> float | None:
        """Returns the share of the pixels whose vectors end 1 pixel or more from where they ended.

        Pixels whose flow was unknown do not count; where it is unknown now, it changed. The limit
        is that of R1.0 in Baker et al., IJCV 92, 2011.
        """
        del shown
        was, got = dequantize_numbers(before), dequantize_numbers(now)
        distance = np.hypot(got[..., :1] - was[..., :1], got[..., 1:] - was[..., 1:])
        return measure_share(~(distance < _CHANGED), ~np.isnan(was[..., :1]))

    def choose_ranges(self, truth: Raster, prediction: Raster) -> Ranges:
        """Returns ranges about zero, and the magnitudes from white to full color."""
        was, got = _about_zero(_reach(truth)), _about_zero(_reach(prediction))
        bulk = ranges.trim_outliers(prediction.values, got, was, _BITS)
        longest = ranges.widen((0.0, _longest(truth)), (0.0, _longest(prediction)))[1]
        return Ranges(
            ground_truth=was,
            prediction=_about_zero(max(-bulk[0], bulk[1])),
            shown=None if self.magnitude is not None else ranges.ensure_width((0.0, longest)),
        )

    @property
    def storage(self) -> Hashable:
        """What decides how values are stored."""
        return self.name

    def quantize(self, raster: Raster, bounds: Range | None) -> Quantized:
        """Returns displacements as integers over the range `bounds`."""
        assert bounds is not None
        stored = quantize_numbers(raster.values, _BITS, bounds)
        outside = (np.abs(raster.values) > bounds[1]).any(axis=-1)
        return replace(stored, clipped=float(outside.mean()))

    def lay_out(self, stored: Quantized) -> Layout:
        """Returns the pixels of the PNG."""
        return layouts.lay_out(stored.values)

    def canonicalize(self, raster: Raster, stored: Quantized) -> Array:
        """Returns displacements as float32, with one zero and one NaN."""
        del stored
        # The sum is a copy.
        vectors: Array = raster.values.astype(np.float32) + np.float32(0)
        vectors[np.isnan(vectors)] = np.nan
        return vectors


def _with_unknown(raster: Raster) -> Raster:
    wide = np.promote_types(raster.values.dtype, np.float32)
    vectors = raster.values.astype(wide)
    # False too where one is NaN.
    known = (np.abs(vectors) <= _LARGEST_KNOWN).all(axis=-1)
    vectors[~known] = np.nan
    return Raster(vectors, raster.dtype)


def _resize(prediction: Raster, size: tuple[int, int], preparation: Preparation) -> Raster:
    resized = preparing.resize(prediction, size, preparation)
    if resized is prediction:
        return prediction
    scale = np.array(
        [size[1] / prediction.size[1], size[0] / prediction.size[0]], resized.values.dtype
    )
    return Raster(resized.values * scale, resized.dtype)


def _reach(raster: Raster) -> float:
    """Returns the largest size of a component; 0 where none is known."""
    low, high = ranges.find_finite_range(raster.values)
    return max(-low, high)


def _longest(raster: Raster) -> float:
    """Returns the length of the longest vector; 0 where none is known."""
    lengths = np.hypot(raster.values[..., 0], raster.values[..., 1], dtype=np.float64)
    return ranges.find_finite_range(lengths)[1]


def _about_zero(reach: float) -> Range:
    # A range of no width could not say that nothing moves.
    return (-reach, reach) if reach > 0 else (-1.0, 1.0)
