# SPDX-License-Identifier: Apache-2.0
"""Anything array-like as a list of rasters `[h, w, c]`.

The rules of rank and shape live here, and only here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.types import Array

DataFormat: TypeAlias = Literal["channels_last", "channels_first"]

Copy: TypeAlias = Callable[[Array], Array]

MAX_PIXELS = 2**28
_MAX_CHANNELS = 4


def _no_way_out(name: str, channels: int) -> str:
    del name, channels
    return ""


@dataclass(frozen=True)
class Content:
    """What a pixel of an argument is, which decides how many channels the argument may have.

    Attributes:
      least: The fewest channels; arrays without an axis of channels have 1.
      most: The most channels; None for any number.
      want: What errors say is wanted.
      way_out: For the name of an argument and its number of channels: what the caller may do
        instead.
      is_ids: Whether a picture with a palette means its indices, not its colours.
    """

    least: int
    most: int | None
    want: str
    way_out: Callable[[str, int], str] = _no_way_out
    is_ids: bool = False

    def allows(self, channels: int) -> bool:
        """Says whether a pixel may have so many channels."""
        return self.least <= channels and (self.most is None or channels <= self.most)


def _color_way_out(name: str, channels: int) -> str:
    del channels
    scores = "scores of classes need kind=pairs.Mask(); " if name.startswith("pred") else ""
    return f"{scores}pairs.channel_grid(x) lays feature maps out as one picture"


COLOR = Content(1, _MAX_CHANNELS, "1 to 4", _color_way_out)
SCORES = Content(1, None, "class ids or a score for each class", is_ids=True)


@dataclass(frozen=True)
class Raster:
    """One picture.

    Attributes:
      values: `[h, w, c]` booleans, integers or floats.
      dtype: The dtype that the caller gave.
      unknown: The share of the pixels, 0 to 1, that were given no value: of class ids those whose
        scores hold NaN.
    """

    values: Array
    dtype: str
    unknown: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Height and width, in pixels."""
        return self.values.shape[0], self.values.shape[1]

    def detach(self, copy: Copy = np.array) -> Raster:
        """Returns a copy, which the caller can't change and which keeps no batch in memory."""
        return Raster(copy(self.values), self.dtype, self.unknown)


def read_rasters(
    value: Any, name: str, content: Content, data_format: DataFormat, count: int | None = None
) -> list[Raster]:
    """Returns the pictures of one argument.

    Args:
      value: An array `[k, h, w, c]` or `[k, h, w]`, or a sequence of k arrays `[h, w, c]` or
        `[h, w]` of any sizes (`[k, c, h, w]` and `[c, h, w]` when channels come first).
      name: What errors call the argument.
      content: What a pixel of it is.
      data_format: Where the channels are.
      count: k, where another argument has settled it.

    Raises:
      ValueError: If it has another rank, other channels, or no pixels.
    """
    ids = content.is_ids
    if conversion.is_ragged(value):
        flat, dtype = _convert(value.flat_values, name, ids)
        splits = [_convert(split, name, ids)[0] for split in value.nested_row_splits]
        value = conversion.ragged_to_pictures(flat, splits, name)
        found = [
            Raster(_picture(one, i, name, content, data_format), dtype)
            for i, one in enumerate(value)
        ]
    elif conversion.is_sequence(value):
        found = []
        for index, element in enumerate(elements(value, name)):
            array, dtype = _convert(element, f"{name}[{index}]", ids)
            hint = _layout_hint(array.shape, data_format, conversion.is_torch(element))
            found.append(Raster(_picture(array, index, name, content, data_format, hint), dtype))
    else:
        array, dtype = _convert(value, name, ids)
        check_batch_shape(
            array.shape, name, content, data_format, count, is_torch=conversion.is_torch(value)
        )
        batch = _batch(array, data_format)
        found = [Raster(one, dtype) for one in batch]
    for index, raster in enumerate(found):
        _check_size(raster, f"{name}[{index}]")
    return found


def elements(value: Any, name: str) -> list[Any]:
    """Returns the elements of a sequence or other iterable.

    Raises:
      ValueError: If iterating over it raises anything but a lack of memory.
    """
    try:
        return list(value)
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(
            f"{name} is a {type(value).__name__} whose elements can't be read "
            f"({type(error).__name__}: {error})"
        ) from error


def to_numpy(value: Any, name: str) -> Array:
    """Returns an argument that is one array as NumPy's.

    Raises:
      ValueError: If it is not an array of numbers.
    """
    return _convert(value, name, ids=False)[0]


def count_pictures(value: Any, *, ranks: Collection[int] = (4,)) -> int | None:
    """Returns k where the shape of an argument leaves no doubt about it, else None.

    Args:
      value: The argument.
      ranks: Of an array whose first axis is that of the pictures.
    """
    if conversion.is_sequence(value):
        return len(value)
    shape = conversion.get_attribute(value, "shape")
    try:
        return int(shape[0]) if shape is not None and len(shape) in ranks else None
    except (TypeError, ValueError):
        return None


def first_shape(value: Any) -> tuple[int, ...] | None:
    """Returns the shape of an argument's first picture, as the caller gave it, if it says one."""
    is_list = isinstance(value, (list, tuple))
    shape = conversion.get_attribute(value[0] if is_list and value else value, "shape")
    try:
        return None if shape is None else tuple(map(int, shape))[0 if is_list else 1 :]
    except (TypeError, ValueError):
        return None


def check_batch_shape(
    shape: Sequence[int | None],
    name: str,
    content: Content,
    data_format: DataFormat,
    count: int | None = None,
    *,
    is_torch: bool = False,
) -> None:
    """Checks the shape of a batch, of which a dimension may be unknown (None).

    Args:
      shape: Of the argument.
      name: What errors call it.
      content: What a pixel of it is.
      data_format: Where the channels are said to be.
      count: k, where another argument has settled it.
      is_torch: Whether it is a tensor of torch, where channels mostly come first.

    Raises:
      ValueError: If it can't be `[k, h, w, c]` or `[k, h, w]`, or could be `[h, w, c]` as well.
    """
    want = "[k, h, w, c]" if data_format == "channels_last" else "[k, c, h, w]"
    got = _show(shape)
    if len(shape) == 4:
        hint = _layout_hint(shape[1:], data_format, is_torch)
        _check_channels(shape[3 if data_format == "channels_last" else 1], got, name, content, hint)
        return
    if len(shape) != 3:
        hint = {
            2: "; for one picture [h, w] pass [x], a list of one",
            5: "; of volumes pass slices, such as x[:, :, :, i] along the axis to cut",
        }.get(len(shape), "")
        raise ValueError(
            f"{name} has shape {got}, want {want}, [k, h, w] or a sequence of k arrays{hint}"
        )
    if data_format == "channels_last" and shape[2] is not None and 1 <= shape[2] <= _MAX_CHANNELS:
        raise ValueError(
            f"{name} has shape {got}, which may be one picture [h, w, c] or a batch [k, h, w]; "
            "pass x[None] for one picture, x[..., None] for a batch"
        )
    # [1, h, w] is the same picture either way.
    ambiguous = content.most is not None and shape[0] in range(2, content.most + 1)
    if data_format == "channels_first" and ambiguous and count != shape[0]:
        raise ValueError(
            f"{name} has shape {got}, which may be one picture [c, h, w] or a batch [k, h, w]; "
            "pass x[None] for one picture, x[:, None] for a batch"
        )
    _check_channels(1, got, name, content, "")


def check_data_format(data_format: str) -> None:
    """Checks the argument `data_format`.

    Raises:
      ValueError: If it is neither of the two.
    """
    if data_format not in ("channels_last", "channels_first"):
        raise ValueError(
            f"data_format is {data_format!r}, want 'channels_last' or 'channels_first'"
        )


def _convert(value: Any, name: str, ids: bool) -> tuple[Array, str]:
    try:
        return conversion.to_numpy(value, palette_as_ids=ids)
    except DataError as error:
        raise DataError(f"{name}: {error}", f"{error.fault} of {name.partition('[')[0]}") from None
    except ValueError as error:
        hint = ""
        if isinstance(value, Mapping):
            hint = "; pass one of its values, such as x[key]"
        elif conversion.get_attribute(value, "dtype") is None:
            hint = "; pass an array or a sequence of arrays"
        raise ValueError(f"{name}: {error}{hint}") from error.__cause__


def _batch(array: Array, data_format: DataFormat) -> list[Array]:
    if array.ndim == 3:
        return [one[..., None] for one in array]
    if data_format == "channels_first":
        array = array.transpose(0, 2, 3, 1)
    return list(array)


def _picture(
    array: Array, index: int, name: str, content: Content, data_format: DataFormat, hint: str = ""
) -> Array:
    got = _show(array.shape)
    if array.ndim == 2:
        _check_channels(1, got, f"{name}[{index}]", content, "")
        return array[..., None]
    if array.ndim != 3:
        want = "[h, w, c]" if data_format == "channels_last" else "[c, h, w]"
        raise ValueError(f"{name}[{index}] has shape {got}, want {want} or [h, w]")
    if data_format == "channels_first":
        array = array.transpose(1, 2, 0)
    _check_channels(array.shape[2], got, f"{name}[{index}]", content, hint)
    return array


def _layout_hint(shape: Sequence[int | None], data_format: DataFormat, is_torch: bool) -> str:
    """Returns the way out where channels seem to be at the other end of a picture's shape."""
    if len(shape) != 3:
        return ""
    first, last = (size is not None and 1 <= size <= _MAX_CHANNELS for size in shape[::2])
    if data_format == "channels_last" and (first or (is_torch and not last)):
        return "data_format='channels_first' where the channels come first; "
    if data_format == "channels_first" and last and not first:
        return "data_format='channels_last' where the channels come last; "
    return ""


def _check_channels(channels: int | None, got: str, name: str, content: Content, hint: str) -> None:
    if channels is None or content.allows(channels):
        return
    count = f"{channels} channel{'' if channels == 1 else 's'}"
    way_out = f"; {hint}{content.way_out(name, channels)}".rstrip("; ")
    raise ValueError(f"{name} has shape {got}, {count}, want {content.want}{way_out}")


def _check_size(raster: Raster, name: str) -> None:
    height, width = raster.size
    if height < 1 or width < 1:
        raise ValueError(f"{name} is {height} x {width} pixels, want at least 1 x 1")
    if height * width > MAX_PIXELS:
        raise ValueError(f"{name} is {height} x {width} pixels, want at most 2^28 in all")


def _show(shape: Sequence[int | None]) -> str:
    return "(" + ", ".join("?" if size is None else str(size) for size in shape) + ")"
