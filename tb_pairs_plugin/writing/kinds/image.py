# SPDX-License-Identifier: Apache-2.0
"""`Image`: pictures to look at."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tb_pairs_plugin.record.kinds import ImageKind
from tb_pairs_plugin.writing import preparing
from tb_pairs_plugin.writing.arrays.rasters import COLOR, Content, DataFormat, Raster
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.kinds import appearance, differences
from tb_pairs_plugin.writing.kinds.kind import CHANGED, Better, Kind, Measured, check_bits
from tb_pairs_plugin.writing.kinds.ranges import find_finite_range
from tb_pairs_plugin.writing.pictures import layouts
from tb_pairs_plugin.writing.pictures.layouts import Layout
from tb_pairs_plugin.writing.pictures.quantize import CACHED, Quantized, Range, measure_clipped
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.types import Array

# How far a ground truth or input may leave [0, 1] before it is taken for one of another scale:
# resampling overshoots by less.
_OVERSHOOT = 0.5


@dataclass(frozen=True)
class Image(Kind):
    """A picture to look at: grey, grey with alpha, RGB or RGBA.

    Integers are kept as they are; floats are intensities in [0, 1]; True is white. What a model
    gives outside of that is clipped, and the clipped share of the pixels is stored with the
    picture. Per-sample metrics are `mae` and `psnr`.

    Attributes:
      bits: 8 or 16 per channel; floats are rounded to 1/255 or to 1/65535.
    """

    name: ClassVar[str] = ImageKind.name
    own_metrics: ClassVar[Mapping[str, Better]] = {"mae": "lower", "psnr": "higher"}
    truth_content: ClassVar[Content] = COLOR
    prediction_content: ClassVar[Content] = COLOR
    bits: int = 8

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If `bits` is neither 8 nor 16.
        """
        check_bits(self.bits, (8, 16))

    @classmethod
    def infer(cls, dtypes: Sequence[str]) -> Image:
        """Returns the kind of ground truths that are of no other kind."""
        return cls(bits=16 if "uint16" in dtypes else 8)

    @classmethod
    def from_input(cls, raster: Raster) -> Image:
        """Returns the kind of an input image."""
        return cls(bits=_input_bits(raster))

    def to_record(self) -> ImageKind:
        """Returns what the tag stores about the kind."""
        return ImageKind(bits=int(self.bits))

    def prepare(
        self,
        truths: list[Raster],
        predictions: list[Raster],
        preparation: Preparation,
        *,
        is_inferred: bool,
    ) -> tuple[list[Raster], list[Raster]]:
        """Returns checked ground truths, and predictions in their size where that was asked for.

        Raises:
          DataError: If a ground truth is of another scale, or predictions are scores of classes.
        """
        check_scale(truths, "ground_truth", self.bits)
        pairs = list(zip(truths, predictions, strict=True))
        if is_inferred:
            for index, (truth, prediction) in enumerate(pairs):
                _check_no_scores(truth, prediction, index)
        return truths, [
            preparing.resize(prediction, truth.size, preparation) for truth, prediction in pairs
        ]

    def measure(self, truth: Raster, prediction: Raster) -> Measured:
        """Returns the errors of a picture, over all channels, on the scale 0 (black) to 1 (white).

        They are computed from the stored integers. With t and p those of the two pictures, each
        divided by the white of its own bits, 2^bits - 1:

        - `mae` = mean |p - t|
        - `psnr` = 10 log10(1 / mean (p - t)^2) in dB, infinite for equal pictures
          (https://en.wikipedia.org/wiki/Peak_signal-to-noise_ratio)

        Args:
          truth: `[h, w, c]`; floats count as rounded to 1/(2^bits - 1), and as clipped below black
            and above white.
          prediction: The same shape; its dtype may differ.
        """
        was, got = (self.quantize(one) for one in (truth, prediction))
        white, difference = _compare_by(was, got)
        total, squares = differences.sum_differences(was.values, got.values, difference)
        mse = squares / (white**2 * was.values.size)
        return Measured(
            {
                "mae": total / (white * was.values.size),
                "psnr": float("inf") if mse == 0 else float(0.0 - 10 * np.log10(mse)),
            }
        )

    def measure_change(
        self, before: Quantized, now: Quantized, shown: Range | None
    ) -> float | None:
        """Returns the share of the pixels with a colour channel that changed by 0.05 of white."""
        del shown
        colors = 3 if now.values.shape[2] >= 3 else 1
        was, got = (
            np.ascontiguousarray(one.values[..., :colors]).reshape(-1) for one in (before, now)
        )
        least = math.ceil(CHANGED * np.iinfo(np.promote_types(was.dtype, got.dtype)).max)
        changed = 0
        for start in range(0, was.size, colors * CACHED):
            part = slice(start, start + colors * CACHED)
            is_changed = differences.subtract_integers(was[part], got[part]) >= least
            changed += _count_pixels(is_changed, colors)
        return changed / (was.size // colors)

    @property
    def storage(self) -> Hashable:
        """What decides how values are stored."""
        return self.name, self.bits

    def quantize(self, raster: Raster, bounds: Range | None = None) -> Quantized:
        """Returns integers as they are, and floats in [0, 1] times 2^bits - 1."""
        del bounds
        values = raster.values
        if values.dtype == np.bool_:
            return Quantized(values.view(np.uint8) * np.uint8(255))
        if values.dtype == np.uint8 or (values.dtype == np.uint16 and self.bits == 16):
            return Quantized(values)
        top = 2**self.bits - 1
        dtype = np.uint8 if self.bits == 8 else np.uint16
        if values.dtype.kind in "iu":
            clipped = measure_clipped(values, 0, top)
            return Quantized(np.clip(values, 0, top).astype(dtype), clipped=clipped)
        precise = _precise(values)
        clipped = measure_clipped(precise, 0, 1)
        if clipped:
            precise = np.clip(np.nan_to_num(precise, nan=0.0), 0, 1)
        levels = precise * precise.dtype.type(top)
        levels += precise.dtype.type(0.5)
        return Quantized(levels.astype(dtype), clipped=clipped)

    def lay_out(self, stored: Quantized) -> Layout:
        """Returns the pixels of the PNG."""
        return layouts.lay_out(stored.values)

    def check_shapes(
        self, truth: Sequence[int], prediction: Sequence[int], data_format: DataFormat
    ) -> None:
        """Checks that a prediction has not the shape of scores of classes."""
        if len(truth) == 3 and 1 in (truth[0], truth[2]):
            truth = truth[1:] if truth[0] == 1 else truth[:2]
        if len(truth) != 2 or len(prediction) != 3:
            return
        size = tuple(truth)
        first, last = tuple(prediction[1:]) == size, tuple(prediction[:2]) == size
        channels = prediction[0 if first else 2]
        if first == last or channels < 2:
            return
        right = "channels_first" if first else "channels_last"
        # Of so few channels where they belong, values tell an image from scores.
        if right == data_format and COLOR.allows(channels):
            return
        layout = "" if right == data_format else f", data_format='{right}'"
        raise ValueError(
            f"prediction has floats of shape {tuple(prediction)} for a picture of "
            f"{size[0]} x {size[1]} pixels, which look like scores of {channels} classes: pass "
            f"kind=pairs.Mask(){layout}"
            + (f"; an image needs{layout[1:]} only" if layout and COLOR.allows(channels) else "")
        )

    def find_doubt(self, truths: Sequence[Raster], predictions: Sequence[Raster]) -> str | None:
        """Returns that ground truths look like class ids, if they do."""
        found = appearance.look_like_classes(truths, predictions)
        if not found:
            return None if found is None else ""
        return (
            f"as images, as its dtype, {truths[0].dtype}, says; it looks like class ids: "
            f"pass {_as_mask(truths[0], predictions[0])}, or kind=pairs.Image() if not"
        )


def _count_pixels(values: Array, colors: int) -> int:
    """Returns how many pixels of 1 or 3 values each have one that is true."""
    if colors == 1:
        return int(np.count_nonzero(values))
    # Of any three neighbors, every third time those of a pixel: half the time of looking at each
    # channel, whose values lie apart in memory, and a twentieth of reducing an axis of three.
    found = values[:-2] | values[1:-1]
    found |= values[2:]
    return int(np.count_nonzero(found[::3]))


def _compare_by(was: Quantized, got: Quantized) -> tuple[int, Callable[[Array, Array], Array]]:
    """Returns the white of the finer of two pictures, and what gives their differences on it."""
    if was.bits == got.bits == 8:
        return 255, differences.subtract_bytes
    return 65535, differences.subtract_words


def check_scale(rasters: Sequence[Raster], name: str, bits: int | None = None) -> None:
    """Checks that a ground truth or an input, which is data, not a prediction, is to scale.

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
        low, high = find_finite_range(raster.values)
        got = f"{name}[{index}] is {raster.dtype} with values from {low:g} to {high:g}"
        if raster.values.dtype.kind == "f":
            if low < -_OVERSHOOT or high > 1 + _OVERSHOOT:
                undo = "denormalize=(mean, std)" if name == "image" else "x * std + mean"
                way_out = (
                    "divide by what is white"
                    if low >= 0
                    else f"{undo} undoes the normalization of a model's input"
                )
                is_of_ids = name == "ground_truth" and appearance.are_whole(raster.values)
                ids = "; class ids are x.astype(int) with kind=pairs.Mask()" if is_of_ids else ""
                # An input is a picture to look at, whatever the kind of the pair.
                kinds = "" if name == "image" else ", or kind=pairs.Heatmap() for a quantity"
                raise DataError(
                    f"{got}, want floats in [0, 1]: {way_out}, or use pairs.normalize(x)"
                    f"{kinds}{ids}",
                    f"scale of {name}",
                )
            continue
        top = 2 ** (bits or _input_bits(raster)) - 1
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


def _check_no_scores(truth: Raster, prediction: Raster, index: int) -> None:
    if appearance.look_like_scores(truth, prediction):
        raise DataError(
            f"prediction[{index}] is {prediction.dtype} with {prediction.values.shape[2]} channels "
            f"that leave [0, 1], and ground_truth[{index}] is {truth.dtype} with 1, want an image "
            f"of intensities; scores of classes need {_as_mask(truth, prediction)}",
            "scores against an image",
        )


def _as_mask(truth: Raster, prediction: Raster) -> str:
    changes = []
    if truth.values.dtype.kind == "f":
        changes.append("ground_truth > 0.5")
    if prediction.values.dtype.kind == "f" and prediction.values.shape[2] == 1:
        changes.append("prediction > 0.5")
    return "kind=pairs.Mask()" + (f" with {' and '.join(changes)}" if changes else "")


def _input_bits(raster: Raster) -> int:
    return 16 if raster.values.dtype == np.uint16 else 8


def _precise(values: Array) -> Array:
    # float16 has 11 bits: not enough for 65,535 levels.
    return values.astype(np.float32) if values.dtype == np.float16 else values
