# SPDX-License-Identifier: Apache-2.0
"""`Heatmap`: one number per pixel."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.kinds import HeatmapKind
from tb_pairs_plugin.writing import preparing
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.arrays.rasters import Content, Raster
from tb_pairs_plugin.writing.kinds import differences, ranges
from tb_pairs_plugin.writing.kinds.kind import (
    CHANGED,
    Better,
    Kind,
    Measured,
    Ranges,
    check_bits,
)
from tb_pairs_plugin.writing.lazy import lazy
from tb_pairs_plugin.writing.pictures import layouts, png
from tb_pairs_plugin.writing.pictures.layouts import Layout
from tb_pairs_plugin.writing.pictures.quantize import (
    Quantized,
    dequantize_numbers,
    quantize_numbers,
)
from tb_pairs_plugin.writing.pictures.quantize import Range as Bounds
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.types import Array

Range: TypeAlias = (
    'Literal["minmax", "percentile", "symmetric"] | tuple[float, float] '
    '| tuple[Literal["percentile"], float, float] | None'
)

RANGES = ("minmax", "percentile", "symmetric")


def _number_way_out(name: str, channels: int) -> str:
    del name, channels
    return "take the magnitude, or lay the channels out with pairs.channel_grid(x)"


_NUMBER = Content(1, 1, "one number per pixel", _number_way_out)

_FLOAT32_MAX = float(np.finfo(np.float32).max)
# Below, squares of float64 lose their digits or are 0.
_LEAST_SQUARES = 1e-280
# Of the largest number that is added or subtracted; far more than float64 rounds off.
_ROUNDED = 1e-12


@dataclass(frozen=True)
class Heatmap(Kind):
    """One number per pixel: depth, probability, error, magnitude of flow.

    Numbers are stored in 65,533 levels (16 bits; 253 for 8 bits) over each picture's own range, so
    that a prediction never costs the ground truth precision. NaN, +inf and -inf are kept as such. A
    few outliers of a prediction, where they would cost its other numbers their precision, and what
    is outside of a fixed range are clipped, and their share is stored with the picture. With 32
    bits numbers are stored as float32, bit for bit; other dtypes are rounded to it. Per-sample
    metrics are `mae` and `rmse`, of the numbers as they were given.

    Attributes:
      range: What the colours span in ground truth and prediction alike.
        None (default): the ground truth's range, widened in steps of a quarter of it towards the
        prediction, at most by itself at either end. `"minmax"`: exactly the range of the two.
        `"percentile"`: from the 1st to the 99th percentile of the ground truth, or
        `("percentile", low, high)`. `"symmetric"`: from -a to a about zero, for signed quantities.
        `(low, high)`: fixed for the whole tag, and then what levels of 8 and 16 bits span too.
      colormap: Its name on the page, such as `"viridis"`, `"turbo"`, `"greys"` or `"RdBu"`.
      unit: Of the numbers, such as `"m"`.
      bits: 8, 16 or 32.
    """

    name: ClassVar[str] = HeatmapKind.name
    own_metrics: ClassVar[Mapping[str, Better]] = {"mae": "lower", "rmse": "lower"}
    truth_content: ClassVar[Content] = _NUMBER
    prediction_content: ClassVar[Content] = _NUMBER
    range: Range = None
    colormap: str | None = None
    unit: str | None = None
    bits: int = 16

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If one is not of the form described above.
        """
        check_bits(self.bits, (8, 16, 32))
        for name, value in (("colormap", self.colormap), ("unit", self.unit)):
            if value is not None and not isinstance(value, str):
                raise ValueError(f"{name} is {value!r}, want a text or None")
            if value is not None:
                codec.text(value, name)
        if self.range is None or self.range in RANGES:
            return
        if self.percentiles is not None:
            low, high = self.percentiles
            if 0 <= low < high <= 100:
                return
        elif self.fixed is not None:
            low, high = self.fixed
            if low < high and math.isfinite(high - low):
                return
        raise ValueError(
            f"range is {self.range!r}, want None, 'minmax', 'percentile', 'symmetric', "
            "(low, high) with low < high and a finite width, or ('percentile', low, high) within 0 "
            "to 100"
        )

    @lazy
    def fixed(self) -> tuple[float, float] | None:
        """The range, where it is the same for the whole tag."""
        return _two_numbers(self.range)

    @property
    def percentiles(self) -> tuple[float, float] | None:
        """The percentiles of the ground truth that bound the range, where they do."""
        if self.range == "percentile":
            return 1.0, 99.0
        value: Any = self.range
        if isinstance(value, (tuple, list)) and len(value) == 3 and value[0] == "percentile":
            return _two_numbers(value[1:])
        return None

    def to_record(self) -> HeatmapKind:
        """Returns what the tag stores about the kind."""
        return HeatmapKind(
            bits=int(self.bits), range=self.fixed, colormap=self.colormap, unit=self.unit
        )

    def prepare(
        self,
        truths: list[Raster],
        predictions: list[Raster],
        preparation: Preparation,
        *,
        is_inferred: bool,
    ) -> tuple[list[Raster], list[Raster]]:
        """Returns predictions in the size of their ground truth, where that was asked for."""
        del is_inferred
        return truths, [
            preparing.resize(prediction, truth.size, preparation)
            for truth, prediction in zip(truths, predictions, strict=True)
        ]

    def measure(self, truth: Raster, prediction: Raster) -> Measured:
        """Returns the errors of one number per pixel, over the pixels where both are finite.

        - `mae` = mean |prediction - ground truth|
        - `rmse` = the square root of mean (prediction - ground truth)^2
          (https://en.wikipedia.org/wiki/Root_mean_square_deviation)
        """
        was, got = truth.values, prediction.values
        total, squares = differences.sum_differences(was, got, differences.subtract_numbers)
        # Else a square, or a sum, is beyond what float64 holds, at either end; or there are NaNs.
        if _LEAST_SQUARES <= squares < np.inf or total == 0:
            return Measured({"mae": total / was.size, "rmse": float(np.sqrt(squares / was.size))})
        return Measured(_finite_errors(was, got))

    def measure_change(
        self, before: Quantized, now: Quantized, shown: Bounds | None
    ) -> float | None:
        """Returns the share of the pixels that changed by 0.05 of what the colours span or more.

        Pixels that were NaN do not count. One that is NaN or infinite now, and was not, changed.
        """
        low, high = shown or self.fixed or now.range or (0.0, 0.0)
        least = CHANGED * (high - low)
        steps = _count_steps(before, now, least)
        changed = counting = 0
        for was, got in zip(before.split(), now.split(), strict=True):
            if steps is not None and not (was.has_codes or got.has_codes):
                apart = differences.subtract_integers(was.values, got.values)
                some, of = int(np.count_nonzero(apart >= steps)), apart.size
            else:
                some, of = _count_changed(_stored_numbers(was), _stored_numbers(got), least)
            changed += some
            counting += of
        return changed / counting if counting else None

    def choose_ranges(self, truth: Raster, prediction: Raster) -> Ranges:
        """Returns what the stored integers and the colours span; why: docs/decisions/0013."""
        if self.fixed is not None and self.bits != 32:
            return Ranges(self.fixed, self.fixed, None)
        was, got = (
            ranges.find_finite_range(truth.values),
            ranges.find_finite_range(prediction.values),
        )
        stored = ranges.trim_outliers(prediction.values, got, was, self.bits)
        return Ranges(
            ground_truth=ranges.ensure_width(was),
            prediction=ranges.ensure_width(stored),
            shown=None if self.fixed else ranges.ensure_width(self._shown(truth.values, was, got)),
        )

    def _shown(self, values: Array, truth: Bounds, prediction: Bounds) -> Bounds:
        if self.percentiles is not None:
            return ranges.find_percentiles(values, self.percentiles)
        if self.range == "symmetric":
            return ranges.make_symmetric(truth, prediction)
        if self.range == "minmax":
            return min(truth[0], prediction[0]), max(truth[1], prediction[1])
        return ranges.widen(truth, prediction)

    @property
    def storage(self) -> Hashable:
        """What decides how values are stored."""
        return self.name, self.bits

    def quantize(self, raster: Raster, bounds: Bounds | None) -> Quantized:
        """Returns numbers as integers over the range `bounds`, or as the bits of float32."""
        assert bounds is not None
        if self.bits == 32:
            return _exact(raster.values, bounds)
        return quantize_numbers(raster.values, self.bits, bounds)

    def lay_out(self, stored: Quantized) -> Layout:
        """Returns the pixels of the PNG."""
        # A caller that asks for 8 bits of a number wants few bytes.
        return layouts.lay_out(stored.values, png.SMALL)

    def canonicalize(self, raster: Raster, stored: Quantized) -> Array:
        """Returns the numbers as float32, with one zero and one NaN."""
        del stored
        # The sum is a copy.
        numbers: Array = _as_float32(raster.values)[0] + np.float32(0)
        numbers[np.isnan(numbers)] = np.nan
        return numbers


def _finite_errors(truth: Array, prediction: Array) -> dict[str, float | None]:
    truth, prediction = truth.astype(np.float64), prediction.astype(np.float64)
    finite = np.isfinite(truth) & np.isfinite(prediction)
    if not finite.any():
        return {"mae": None, "rmse": None}
    truth, prediction = truth[finite], prediction[finite]
    error, scale = np.abs(prediction - truth), 1.0
    if not np.isfinite(error).all():
        # Numbers at both ends of float64, whose difference it does not hold.
        error, scale = np.abs(prediction / 2 - truth / 2), 2.0
    largest = float(error.max()) or 1.0
    error /= largest
    return {
        "mae": float(error.mean()) * largest * scale,
        "rmse": float(np.sqrt(np.square(error).mean())) * largest * scale,
    }


def _count_steps(before: Quantized, now: Quantized, least: float) -> int | None:
    """Returns from how many steps of their integers on two numbers are `least` apart.

    None where integers don't tell: those of the two don't mean the same, or so many steps are
    `least` but for what float64 rounds.
    """
    if before.range is None or before.range != now.range or before.bits != now.bits:
        return None
    low, high = before.range
    if now.bits == 32 or not high > low:
        return None
    steps = least * now.top / (high - low)
    rounded = _ROUNDED * max(abs(low), abs(high), high - low) * now.top / (high - low)
    # Not where a step is so small a part of `least` that steps are infinite.
    return math.ceil(steps) if steps < now.top and abs(steps - round(steps)) > rounded else None


def _count_changed(was: Array, got: Array, least: float) -> tuple[int, int]:
    """Returns how many numbers changed by `least` or more, and how many count."""
    change = got - was
    np.abs(change, out=change)
    if least > 0 and np.isfinite(change.max()):
        return int(np.count_nonzero(change >= least)), change.size
    # An infinity less itself is NaN.
    changed, counting = ~(change < least) & (got != was), ~np.isnan(was)
    return int(np.count_nonzero(changed & counting)), int(np.count_nonzero(counting))


def _as_float32(values: Array) -> tuple[Array, int]:
    """Returns numbers as float32, and how many finite ones were beyond it and clipped."""
    clipped = 0
    if values.dtype.kind == "f" and values.dtype.itemsize > 4:
        beyond = np.isfinite(values) & (np.abs(values) > _FLOAT32_MAX)
        clipped = int(np.count_nonzero(beyond))
        if clipped:
            values = np.where(beyond, np.copysign(_FLOAT32_MAX, values), values)
    return np.ascontiguousarray(values, np.float32), clipped


def _exact(values: Array, bounds: Bounds) -> Quantized:
    numbers, clipped = _as_float32(values)
    low, high = (float(np.float32(min(max(end, -_FLOAT32_MAX), _FLOAT32_MAX))) for end in bounds)
    return Quantized(numbers.view(np.uint32), range=(low, high), clipped=clipped / numbers.size)


def _stored_numbers(stored: Quantized) -> Array:
    if stored.bits == 32:
        return stored.values.view(np.float32).astype(np.float64)
    return dequantize_numbers(stored)


def _two_numbers(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        return None
    low, high = map(conversion.to_number, value)
    return None if low is None or high is None else (low, high)
