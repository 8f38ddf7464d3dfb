# SPDX-License-Identifier: Apache-2.0
"""What the values of a picture mean: `Image`, `Mask`, `Heatmap`."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.kinds import HeatmapKind, ImageKind, MaskKind
from tb_pairs_plugin.record.kinds.mask import MAX_CLASSES, MaskClass
from tb_pairs_plugin.writing.arrays import conversion

Color: TypeAlias = "str | Sequence[float]"
Range: TypeAlias = (
    'Literal["minmax", "percentile", "symmetric"] | tuple[float, float] '
    '| tuple[Literal["percentile"], float, float] | None'
)

RANGES = ("minmax", "percentile", "symmetric")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True)
class Image:
    """A picture to look at: grey, grey with alpha, RGB or RGBA.

    Integers are kept as they are; floats are intensities in [0, 1]; True is white. What a model
    gives outside of that is clipped, and the clipped share of the pixels is stored with the
    picture. Per-sample metrics are `mae` and `psnr`.

    Attributes:
      bits: 8 or 16 per channel; floats are rounded to 1/255 or to 1/65535.
    """

    name: ClassVar[str] = ImageKind.name
    bits: int = 8

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If `bits` is neither 8 nor 16.
        """
        _check_bits(self.bits, (8, 16))

    def to_record(self) -> ImageKind:
        """Returns what is stored with the tag."""
        return ImageKind(bits=int(self.bits))


@dataclass(frozen=True)
class Mask:
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
        one = conversion.as_integer(self.ignore)
        if one is not None:
            return (_class_id(one, "ignore"),)
        ids: Any = self.ignore
        if isinstance(ids, (str, bytes)) or not conversion.is_iterable(ids):
            raise ValueError(f"ignore is {ids!r}, want a class id, a sequence of them or None")
        return tuple(_class_id(one, "ignore") for one in _few(ids, "ignore"))

    def to_record(self) -> MaskKind:
        """Returns what is stored with the tag."""
        names = _by_id(self.classes, "classes")
        colors = _by_id(self.colors, "colors")
        classes = tuple(
            MaskClass(
                id=one,
                name=_class_name(names.get(one)),
                color=_hex(colors[one]) if colors.get(one) is not None else None,
            )
            for one in _few(sorted({*names, *colors}), "classes and colors")
        )
        return MaskKind(classes=classes, ignore=self.ignored)


@dataclass(frozen=True)
class Heatmap:
    """One number per pixel: depth, probability, error, magnitude of flow.

    Numbers are stored in 65,533 levels (16 bits; 253 for 8 bits) over each picture's own range, so
    that what is predicted costs the ground truth nothing. NaN, +inf and -inf are kept as such. A
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
    range: Range = None
    colormap: str | None = None
    unit: str | None = None
    bits: int = 16

    def __post_init__(self) -> None:
        """Checks the arguments.

        Raises:
          ValueError: If one is not of the form described above.
        """
        _check_bits(self.bits, (8, 16, 32))
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
            if math.isfinite(low) and math.isfinite(high) and low < high:
                return
        raise ValueError(
            f"range is {self.range!r}, want None, 'minmax', 'percentile', 'symmetric', "
            "(low, high) with low < high, or ('percentile', low, high) within 0 to 100"
        )

    @property
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
        """Returns what is stored with the tag."""
        return HeatmapKind(
            bits=int(self.bits), range=self.fixed, colormap=self.colormap, unit=self.unit
        )


Kind: TypeAlias = "Image | Mask | Heatmap"


def check(kind: object) -> Kind | None:
    """Returns the argument `kind` if it is one.

    Raises:
      ValueError: If it is not a kind, or a kind's class instead of an instance.
    """
    if kind is None or isinstance(kind, (Image, Mask, Heatmap)):
        return kind
    want = "pairs.Image(), pairs.Mask(), pairs.Heatmap() or None"
    if isinstance(kind, type) and issubclass(kind, (Image, Mask, Heatmap)):
        raise ValueError(f"kind is the class {kind.__name__}, want an instance: {kind.__name__}()")
    raise ValueError(f"kind is {kind!r}, want {want}")


def infer(dtypes: Sequence[str]) -> Kind:
    """Returns the kind of a ground truth by its dtypes alone, never by its values.

    Booleans, and integers other than uint8 and uint16, are class ids. uint8, uint16 (then 16 bits)
    and floats are images. A heatmap is never inferred.
    """
    if dtypes and all(_is_label(dtype) for dtype in dtypes):
        return Mask()
    return Image(bits=16 if "uint16" in dtypes else 8)


def _is_label(dtype: str) -> bool:
    return dtype == "bool" or (
        dtype.startswith(("int", "uint")) and dtype not in ("uint8", "uint16")
    )


def _check_bits(bits: object, known: tuple[int, ...]) -> None:
    if isinstance(bits, bool) or not isinstance(bits, numbers.Integral) or bits not in known:
        *others, last = known
        want = f"{', '.join(map(str, others))} or {last}"
        raise ValueError(f"bits is {bits!r}, want {want}")


def _two_numbers(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        return None
    low, high = map(conversion.as_number, value)
    return None if low is None or high is None else (low, high)


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
    number = conversion.as_integer(value)
    if number is not None and abs(number) <= codec.MAX_INTEGER:
        return number
    raise ValueError(f"{name} has the class id {value!r}, want an integer of less than 2^53")


def _class_name(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else codec.text(value, "a name of classes")
    raise ValueError(f"classes has the name {value!r}, want a text or None")


def _hex(value: Any) -> str:
    if isinstance(value, str) and _COLOR.match(value):
        return value.lower()
    if not isinstance(value, (str, bytes)):
        channels = _channels(value)
        if channels is not None:
            return "#{:02x}{:02x}{:02x}".format(*channels)
    raise ValueError(
        f"colors has {value!r}, want '#rrggbb', (r, g, b) of integers from 0 to 255, or of floats "
        "from 0 to 1"
    )


def _channels(value: Any) -> tuple[int, ...] | None:
    """Returns red, green and blue, 0 to 255; what they are is decided by their dtype."""
    try:
        array, _ = conversion.to_numpy(value)
    except ValueError:
        return None
    white = {"i": 255, "u": 255, "f": 1}.get(array.dtype.kind)
    # Comparing is False for NaN.
    if array.shape != (3,) or white is None or not ((array >= 0) & (array <= white)).all():
        return None
    return tuple(math.floor(float(one) / white * 255 + 0.5) for one in array)
