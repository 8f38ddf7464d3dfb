# SPDX-License-Identifier: Apache-2.0
"""Arrays of other libraries as NumPy's.

No library is imported here: an object of one can only exist where the caller has imported it.
"""

from __future__ import annotations

import functools
import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np

from tb_pairs_plugin.writing.types import Array

# What NumPy has no arithmetic for; float32 holds every one of their values exactly.
_SMALL_FLOATS = ("bfloat16", "float8_", "float6_", "float4_")


def is_sequence(value: object) -> bool:
    """Says whether `value` is a list of pictures rather than one array."""
    if isinstance(value, np.ndarray):
        return value.dtype == object and value.ndim == 1
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def is_ragged(value: object) -> bool:
    """Says whether `value` is a `tf.RaggedTensor`."""
    return library(value) == "tensorflow" and hasattr(value, "nested_row_splits")


def is_pil(value: object) -> bool:
    """Says whether `value` is an image of Pillow."""
    return any(base.__module__ == "PIL.Image" for base in type(value).__mro__)


def library(value: object) -> str:
    """Returns the name of the package that defines the type of `value`."""
    return type(value).__module__.partition(".")[0]


def to_numpy(value: Any, *, palette_as_ids: bool = False) -> tuple[Array, str]:
    """Returns one array of any library as NumPy's, and the name of the dtype it had.

    Floats that NumPy can't compute with (bfloat16, float8) become float32, which holds all their
    values.

    Args:
      value: An array of NumPy, TensorFlow, torch, JAX or Pillow, or nested lists of numbers.
      palette_as_ids: Whether a Pillow image with a palette gives its indices, not its colours.

    Raises:
      ValueError: If it is not an array of booleans, integers or floats.
    """
    if is_pil(value):
        array = _from_pil(value, palette_as_ids)
    elif library(value) == "torch" and hasattr(value, "detach"):
        return _from_torch(value)
    else:
        array = _unmasked(value)
    name = _name_of(array.dtype)
    if name.startswith(_SMALL_FLOATS):
        return array.astype(np.float32), name
    if array.dtype.kind not in "buif":
        raise ValueError(
            f"got {_describe(value, array)}, want an array of booleans, integers or floats"
        )
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    return array, name


@functools.lru_cache(maxsize=64)
def _name_of(dtype: np.dtype[Any]) -> str:
    # NumPy puts it together anew each time.
    return str(dtype.name)


def as_integer(value: Any) -> int | None:
    """Returns an integer given as a number, or as an array or variable of one; else None."""
    if not isinstance(value, numbers.Real):
        if not hasattr(value, "dtype"):
            return None
        try:
            array, _ = to_numpy(value.numpy() if library(value) == "tensorflow" else value)
        except (TypeError, ValueError):
            return None
        if array.size != 1:
            return None
        value = array.item()
    if isinstance(value, (bool, np.bool_)):
        return None
    if isinstance(value, numbers.Integral):
        # Not by way of a float, which not every integer fits in.
        return int(value)
    return int(value) if float(value).is_integer() else None


def ragged_to_pictures(flat: Array, row_splits: Sequence[Array], name: str) -> list[Array]:
    """Returns the pictures of a ragged tensor, each of one size within itself.

    Args:
      flat: Its flat values, `[total, ...]`.
      row_splits: Its nested row splits, outermost first.
      name: What errors call it.

    Raises:
      ValueError: If the rows of one picture differ in length.
    """

    def uniform(start: int, end: int, splits: Sequence[Array]) -> Array:
        if not splits:
            return flat[start:end]
        edges = splits[0]
        rows = [uniform(int(edges[i]), int(edges[i + 1]), splits[1:]) for i in range(start, end)]
        if len({row.shape for row in rows}) > 1:
            raise ValueError(
                f"{name} has a picture whose rows differ in length: "
                f"{sorted({len(row) for row in rows})}, want one size within each picture"
            )
        return np.stack(rows) if rows else np.empty((0, 0), flat.dtype)

    outer = row_splits[0]
    return [
        uniform(int(outer[i]), int(outer[i + 1]), row_splits[1:]) for i in range(len(outer) - 1)
    ]


def _unmasked(value: Any) -> Array:
    if not isinstance(value, np.ma.MaskedArray) or not np.ma.is_masked(value):
        return np.asarray(value)
    if value.dtype.kind != "f":
        raise ValueError(
            f"got a masked array of {value.dtype.name} with masked values, want x.filled(…) with "
            "a value that stands for them"
        )
    # What is under the mask means nothing.
    filled: Array = value.filled(np.nan)
    return filled


def _from_pil(value: Any, palette_as_ids: bool) -> Array:
    if value.mode == "P" and not palette_as_ids:
        value = value.convert("RGBA" if "transparency" in value.info else "RGB")
    elif value.mode in ("CMYK", "YCbCr", "LAB", "HSV"):
        value = value.convert("RGB")
    elif value.mode in ("PA", "La", "RGBa", "RGBX"):
        value = value.convert("RGBA")
    array = np.asarray(value)
    if value.mode.startswith("I;16"):
        return array.astype(np.uint16)
    if value.mode == "1":
        # Pillow's True has all bits set, which no other array's has.
        return array.astype(np.uint8).astype(np.bool_)
    return array


def _from_torch(value: Any) -> tuple[Array, str]:
    name = str(value.dtype).removeprefix("torch.")
    # First to where there is memory: a GPU is mostly full of the training.
    tensor = value.detach().cpu()
    if name.startswith(_SMALL_FLOATS):
        tensor = tensor.float()
    if tensor.is_complex():
        raise ValueError(f"got a torch.Tensor of {name}, want booleans, integers or floats")
    return tensor.resolve_neg().numpy(), name


def _describe(value: object, array: Array) -> str:
    kind = type(value).__name__
    return kind if array.dtype == object else f"{kind} of {array.dtype.name}"
