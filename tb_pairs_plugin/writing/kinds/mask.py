# SPDX-License-Identifier: Apache-2.0
"""`Mask`: class ids."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

import numpy as np

from tb_pairs_plugin.record import codec, manifest
from tb_pairs_plugin.record.kinds import MaskKind
from tb_pairs_plugin.record.kinds.mask import MAX_CLASSES, MaskClass, format_color
from tb_pairs_plugin.writing import names, preparing
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.arrays.rasters import SCORES, Content, Raster
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.kinds import counts
from tb_pairs_plugin.writing.kinds.counts import Counts
from tb_pairs_plugin.writing.kinds.kind import Better, Kind, Measured
from tb_pairs_plugin.writing.pictures import layouts
from tb_pairs_plugin.writing.pictures.layouts import Layout
from tb_pairs_plugin.writing.pictures.quantize import Quantized, Range, measure_share
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.types import Array

Color: TypeAlias = "str | Sequence[float]"

MAX_CLASS_IDS = manifest.MAX_STORED_VALUES

# Of ids, in a text.
_SHOWN = 5

_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def _ids_way_out(name: str, channels: int) -> str:
    del name
    colors = "; colours are kind=pairs.Image()" if channels in (3, 4) else ""
    return f"one-hot labels become ids by one_hot=True{colors}"


_IDS = Content(1, 1, "one class id per pixel", _ids_way_out, is_ids=True)


@dataclass(frozen=True)
class Mask(Kind):
    """Class ids, one per pixel; stored exactly, whatever their dtype, coloured only on the page.

    Per-sample metrics are `iou` (the mean over the classes present) and `accuracy`.

    Attributes:
      classes: Names: a sequence (the id is the position) or a mapping of ids to names; None leaves
        classes named by their ids.
      colors: `"#rrggbb"`, or `(r, g, b)` of integers from 0 to 255 or of floats from 0 to 1; a
        sequence by id, or a mapping of ids.
      ignore: The id, or the ids, that do not count (pixels without a label).
    """

    name: ClassVar[str] = MaskKind.name
    own_metrics: ClassVar[Mapping[str, Better]] = {"iou": "higher", "accuracy": "higher"}
    truth_content: ClassVar[Content] = _IDS
    prediction_content: ClassVar[Content] = SCORES
    resize_hint: ClassVar[str] = "brings scores, but not class ids, to the size of the labels"
    takes_one_hot: ClassVar[bool] = True
    classes: Sequence[str | None] | Mapping[int, str | None] | None = None
    colors: Sequence[Color | None] | Mapping[int, Color] | None = None
    ignore: int | Sequence[int] | None = None

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If one is not of the form described above.
        """
        for name in ("classes", "colors", "ignore"):
            value = getattr(self, name)
            if isinstance(value, Iterator):
                # It can be read only once, and is read at each record.
                object.__setattr__(self, name, tuple(value))
        self.to_record()

    @property
    def ignored(self) -> tuple[int, ...]:
        """The ids that do not count."""
        if self.ignore is None:
            return ()
        one = conversion.to_integer(self.ignore)
        if one is not None:
            return (_class_id(one, "ignore"),)
        ids: Any = self.ignore
        if isinstance(ids, (str, bytes)) or not conversion.is_iterable(ids):
            raise ValueError(f"ignore is {ids!r}, want a class id, a sequence of them or None")
        return tuple(_class_id(one, "ignore") for one in _few(ids, "ignore"))

    def to_record(self) -> MaskKind:
        """Returns what the tag stores about the kind."""
        class_names = _by_id(self.classes, "classes")
        colors = _by_id(self.colors, "colors")
        classes = tuple(
            MaskClass(
                id=one,
                name=_class_name(class_names.get(one)),
                color=_parse_color(colors[one]) if colors.get(one) is not None else None,
            )
            for one in _few(sorted({*class_names, *colors}), "classes and colors")
        )
        return MaskKind(classes=classes, ignore=self.ignored)

    @classmethod
    def infer(cls, dtypes: Sequence[str]) -> Mask | None:
        """Returns the kind of booleans, and of integers other than uint8 and uint16."""
        return cls() if dtypes and all(map(_is_label, dtypes)) else None

    def prepare(
        self,
        truths: list[Raster],
        predictions: list[Raster],
        preparation: Preparation,
        *,
        is_inferred: bool,
    ) -> tuple[list[Raster], list[Raster]]:
        """Returns class ids; of scores, those of the highest.

        Raises:
          ValueError: If a ground truth holds floats, or a prediction neither ids nor scores.
        """
        del is_inferred
        if preparation.one_hot:
            truths = [_from_one_hot(one, index) for index, one in enumerate(truths)]
        _check_ids(truths)
        pairs = list(zip(truths, predictions, strict=True))
        for index, (truth, prediction) in enumerate(pairs):
            _check_layout_of_scores(truth, prediction, index)
        return truths, [
            _class_ids(prediction, index, truth.size, preparation)
            for index, (truth, prediction) in enumerate(pairs)
        ]

    def measure(self, truth: Raster, prediction: Raster) -> Measured:
        """Returns how well class ids agree, without the pixels whose ground truth is ignored.

        With TP, FP and FN the numbers of pixels rightly, wrongly and not given to a class:

        - `iou` = the mean of TP / (TP + FP + FN) over the classes that are in the ground truth or
          in the prediction, less the ignored ones (Jaccard,
          https://en.wikipedia.org/wiki/Jaccard_index)
        - `accuracy` = right pixels / pixels

        The counts that they come from are kept where there are few classes. Nothing is measured
        where the class of a pixel is unknown.
        """
        if truth.unknown or prediction.unknown:
            return Measured(dict.fromkeys(self.own_metrics))
        found = counts.count(truth.values, prediction.values, self.ignored)
        return Measured(_metrics_of(found, self.ignored), found if found.is_of_use else None)

    def find_unlisted(self, counted: Sequence[Counts]) -> str | None:
        """Says which class ids `classes` does not list, where it is given.

        Class 0 is the background of a mapping that leaves it out.
        """
        listed = self.classes
        if listed is None or (
            isinstance(listed, Sequence)
            and all(
                one.ids[0] >= 0 and one.ids[-1] < len(listed) for one in counted if one.ids.size
            )
        ):
            return None
        names = _by_id(listed, "classes")
        found = {one for sample in counted for one in sample.ids.tolist()}
        unlisted = sorted(found.difference(names, _by_id(self.colors, "colors"), self.ignored, {0}))
        if not names or not unlisted:
            return None
        more = ", …" if len(unlisted) > _SHOWN else ""
        ids = ", ".join(map(str, unlisted[:_SHOWN])) + more
        return (
            f"with class ids that classes= does not list: {ids}; list them, or pass the id of "
            "pixels without a label as ignore="
        )

    def measure_change(
        self, before: Quantized, now: Quantized, shown: Range | None
    ) -> float | None:
        """Returns the share of the pixels whose class changed.

        Those whose class was one that is ignored don't count.
        """
        del shown
        was, got = _stored_ids(before), _stored_ids(now)
        return measure_share(was != got, ~np.isin(was, self.ignored) if self.ignored else None)

    @property
    def storage(self) -> Hashable:
        """What decides how values are stored."""
        return self.name

    def quantize(self, raster: Raster, bounds: Range | None = None) -> Quantized:
        """Returns class ids as integers of 8 or 16 bits.

        Ids of 0 to 255 are stored as they are. Others are numbered in ascending order where that
        takes fewer bits, or where they don't fit in 16.

        Raises:
          DataError: If there are more than 65,536 different ids, or one is beyond 2^53.
        """
        del bounds
        values = raster.values
        if values.dtype == np.bool_:
            return Quantized(values.view(np.uint8))
        if values.dtype == np.uint8:
            return Quantized(values)
        low, high = int(values.min()), int(values.max())
        if low >= 0 and high <= 255:
            return Quantized(values.astype(np.uint8))
        if low < -codec.MAX_INTEGER or high > codec.MAX_INTEGER:
            raise DataError(
                f"a mask has class ids from {low} to {high}, want less than 2^53",
                "size of class ids",
            )
        if low >= 0 and high <= 65535:
            present = np.zeros(high + 1, np.bool_)
            present[values.ravel()] = True
            ids = np.flatnonzero(present)
            if len(ids) > 256:
                return Quantized(values.astype(np.uint16))
            table = np.zeros(high + 1, np.uint8)
            table[ids] = np.arange(len(ids), dtype=np.uint8)
            return Quantized(table[values], ids=tuple(ids.tolist()))
        ids, levels = np.unique(values, return_inverse=True)
        if len(ids) > MAX_CLASS_IDS:
            raise DataError(
                f"a mask has {len(ids)} different class ids, want at most {MAX_CLASS_IDS}",
                "number of class ids",
            )
        dtype = np.uint8 if len(ids) <= 256 else np.uint16
        return Quantized(levels.reshape(values.shape).astype(dtype), ids=tuple(ids.tolist()))

    def lay_out(self, stored: Quantized) -> Layout:
        """Returns the pixels of the PNG."""
        return layouts.lay_out_ids(stored.values)

    def canonicalize(self, raster: Raster, stored: Quantized) -> Array:
        """Returns the class ids in the fewest bytes that hold all of them."""
        del raster
        return _stored_ids(stored)


def _stored_ids(stored: Quantized) -> Array:
    """Returns class ids, of 8, 16 or 64 bits."""
    if stored.ids is None:
        return stored.values
    ids = np.array(stored.ids)
    return ids.astype("u2" if ids.min() >= 0 and ids.max() <= 65535 else "i8")[stored.values]


def _metrics_of(found: counts.Counts, ignore: Collection[int]) -> dict[str, float | None]:
    pixels = found.truths.sum()
    if not pixels:
        return {"iou": None, "accuracy": None}
    hits, union = found.hits, found.truths + found.predictions - found.hits
    if ignore:
        scored = ~np.isin(found.ids, list(ignore))
        hits, union = hits[scored], union[scored]
    iou = float((hits / union).mean()) if union.size else None
    return {"iou": iou, "accuracy": float(found.hits.sum() / pixels)}


def _is_label(dtype: str) -> bool:
    return dtype == "bool" or (
        dtype.startswith(("int", "uint")) and dtype not in ("uint8", "uint16")
    )


def _by_id(value: Any, name: str) -> dict[int, Any]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {_class_id(one, name): value[one] for one in value}
    if isinstance(value, (set, frozenset)):
        raise ValueError(f"{name} is a set, which has no order, want a sequence or a mapping")
    if isinstance(value, (str, bytes)) or not conversion.is_iterable(value):
        raise ValueError(f"{name} is {value!r}, want a sequence or a mapping of class ids")
    return dict(enumerate(value))


def _few(ids: Sequence[Any], name: str) -> Sequence[Any]:
    ids = list(ids)
    if len(ids) > MAX_CLASSES:
        raise ValueError(f"{name} has {len(ids)} class ids, want at most {MAX_CLASSES}")
    return ids


def _class_id(value: Any, name: str) -> int:
    number = conversion.to_integer(value)
    if number is not None and abs(number) <= codec.MAX_INTEGER:
        return number
    raise ValueError(f"{name} has the class id {value!r}, want an integer of less than 2^53")


def _class_name(value: Any) -> str | None:
    # Lists of data sets have gaps, where an id is not used.
    if value is None or (isinstance(value, str) and names.is_blank(value)):
        return None
    names.check_name(value, "classes", "a text or None")
    return codec.text(value, "a name of classes")


def _parse_color(value: Any) -> str:
    if isinstance(value, str) and _COLOR.match(value):
        return value.lower()
    if not isinstance(value, (str, bytes)):
        channels = _read_color(value)
        if channels is not None:
            return format_color(channels)
    raise ValueError(
        f"colors has {value!r}, want '#rrggbb', (r, g, b) of integers from 0 to 255, or of floats "
        "from 0 to 1"
    )


def _read_color(value: Any) -> tuple[int, ...] | None:
    """Returns red, green and blue, 0 to 255; the dtype decides the scale of the values."""
    try:
        array, _ = conversion.to_numpy(value)
    except ValueError:
        return None
    white = {"i": 255, "u": 255, "f": 1}.get(array.dtype.kind)
    # Comparing is False for NaN.
    if array.shape != (3,) or white is None or not ((array >= 0) & (array <= white)).all():
        return None
    return tuple(math.floor(float(one) / white * 255 + 0.5) for one in array)


def _check_ids(truths: Sequence[Raster]) -> None:
    for index, raster in enumerate(truths):
        if raster.values.dtype.kind == "f":
            raise ValueError(
                f"ground_truth[{index}] is {raster.dtype}, want integers or booleans for a mask: "
                "x.long() or x.astype(int) where it holds class ids, x > 0.5 where it holds "
                "probabilities"
            )


def _check_layout_of_scores(truth: Raster, prediction: Raster, index: int) -> None:
    shape = prediction.values.shape
    if prediction.values.dtype.kind == "f" and shape[1:] == truth.size and shape[:2] != truth.size:
        raise ValueError(
            f"prediction[{index}] is {prediction.dtype} of shape {shape} against a mask of "
            f"{truth.size}, want scores [h, w, classes]; data_format='channels_first' reads "
            "[classes, h, w]"
        )


def _from_one_hot(raster: Raster, index: int) -> Raster:
    channels = raster.values.shape[2]
    if channels == 1:
        raise ValueError(
            f"one_hot is True and ground_truth[{index}] has one channel, want one per class; "
            "leave one_hot out for class ids"
        )
    return preparing.argmax_scores(raster, raster.size, preparing.NOTHING)


def _class_ids(
    raster: Raster, index: int, size: tuple[int, int], preparation: Preparation
) -> Raster:
    channels = raster.values.shape[2]
    if raster.values.dtype.kind != "f" and not (preparation.one_hot and channels > 1):
        if channels == 1:
            return raster
        raise ValueError(
            f"prediction[{index}] is {raster.dtype} with {channels} channels, want class ids "
            "[h, w], or scores [h, w, classes] as floats"
        )
    if channels == 1:
        raise ValueError(
            f"prediction[{index}] is {raster.dtype} with one channel against a mask, want class "
            "ids, or scores of at least two classes; a probability becomes a mask by a threshold, "
            "x > 0.5"
        )
    return preparing.argmax_scores(raster, size, preparation)
