# SPDX-License-Identifier: Apache-2.0
"""Arrays of other libraries as NumPy's.

No library is imported here: an object of one can only exist where the caller has imported it.
"""

from __future__ import annotations

import functools
import itertools
import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tb_pairs_plugin.writing.errors import DataError, UnreadableError
from tb_pairs_plugin.writing.types import Array

# What NumPy has no arithmetic for; float32 holds every one of their values exactly.
_SMALL_FLOATS = ("bfloat16", "float8_", "float6_", "float4_")

# Characters of a value in an error.
_LONGEST = 80


def is_sequence(value: object) -> bool:
    """Says whether `value` is a list of pictures rather than one array."""
    if isinstance(value, np.ndarray):
        return value.dtype == object and value.ndim == 1
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def is_ragged(value: object) -> bool:
    """Says whether `value` is a `tf.RaggedTensor`."""
    return _is_of(value, "tensorflow") and hasattr(value, "nested_row_splits")


def is_pil(value: object) -> bool:
    """Says whether `value` is an image of Pillow."""
    return any(base.__module__ == "PIL.Image" for base in type(value).__mro__)


def is_torch(value: object) -> bool:
    """Says whether `value` is a tensor of torch, or of a subclass wherever that is defined."""
    return _torch_base(type(value)) is not None


def is_iterable(value: object) -> bool:
    """Says whether `value` has elements; an array of rank 0 has none, though it has `__iter__`."""
    return hasattr(value, "__iter__") and get_attribute(value, "shape") != ()


def get_attribute(value: object, name: str) -> Any:
    """Returns an attribute of an array, or None where there is none, or reading it fails.

    Reading the shape of some tensors, such as nested ones, raises any error.
    """
    try:
        return getattr(value, name, None)
    except MemoryError:
        raise
    except Exception:
        return None


def to_numpy(value: Any, *, palette_as_ids: bool = False) -> tuple[Array, str]:
    """Returns one array of any library as NumPy's, and the name of the dtype it had.

    Floats that NumPy can't compute with (bfloat16, float8) become float32, which holds all their
    values.

    Args:
      value: An array of NumPy, TensorFlow, torch, JAX or Pillow, or nested lists of numbers.
      palette_as_ids: Whether a Pillow image with a palette gives its indices, not its colours.

    Raises:
      ValueError: If it is not an array of booleans, integers or floats, or its library can't give
        its values; the library's own error is then the cause.
      DataError: If it has masked integers.
    """
    try:
        if is_pil(value):
            array = _from_pil(value, palette_as_ids)
            name = _name_of(array.dtype)
        elif is_torch(value):
            array, name = _from_torch(value)
        else:
            array = np.asarray(_fill_masked(value))
            name = _name_of(array.dtype)
    except (MemoryError, DataError, UnreadableError):
        raise
    except Exception as error:
        if is_lack_of_memory(error):
            raise MemoryError(str(error)) from error
        raise UnreadableError(
            f"got a {type(value).__name__} that can't be read as an array "
            f"({type(error).__name__}: {error})"
        ) from error
    if name.startswith(_SMALL_FLOATS):
        return array.astype(np.float32), name
    if array.dtype.kind not in "buif":
        raise UnreadableError(
            f"got {_describe(value, array)}, want an array of booleans, integers or floats"
        )
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    return array, name


def is_lack_of_memory(error: Exception) -> bool:
    """Says whether an error of a library means that there is no memory left.

    Those of torch, TensorFlow and JAX are no `MemoryError`; torch's host allocator has no class.
    """
    if type(error).__name__ in ("OutOfMemoryError", "ResourceExhaustedError"):
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and any(part in text for part in _LACKS_MEMORY)


_LACKS_MEMORY = ("out of memory", "Out of memory", "DefaultCPUAllocator", "RESOURCE_EXHAUSTED")


@functools.lru_cache(maxsize=64)
def _name_of(dtype: np.dtype[Any]) -> str:
    # NumPy builds it again at each access.
    return str(dtype.name)


def to_integer(value: Any) -> int | None:
    """Returns an integer given as a number, or as an array or variable of one; else None."""
    if not isinstance(value, numbers.Real):
        value = _read_scalar(value)
    if value is None or isinstance(value, (bool, np.bool_)):
        return None
    if isinstance(value, numbers.Integral):
        # Not by way of a float, which not every integer fits in.
        return int(value)
    return int(value) if float(value).is_integer() else None


def make_integer_error(value: Any, message: str, fault: str) -> ValueError:
    """Returns the error for a value that is not an integer: a `DataError` if it is a number."""
    return ValueError(message) if to_number(value) is None else DataError(message, fault)


def to_number(value: Any) -> float | None:
    """Returns a number given as such, or as an array or variable of one; else None."""
    if not isinstance(value, numbers.Real):
        value = _read_scalar(value)
    if value is None or isinstance(value, (bool, np.bool_)):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


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


def _read_scalar(value: Any) -> Any:
    if get_attribute(value, "dtype") is None:
        return None
    try:
        array, _ = to_numpy(value)
    except ValueError:
        return None
    return array.item() if array.size == 1 else None


def _is_of(value: object, library: str) -> bool:
    return any(base.__module__.partition(".")[0] == library for base in type(value).__mro__)


def _torch_base(kind: type) -> Any:
    bases = (base for base in kind.__mro__ if base.__module__ == "torch")
    return next((base for base in bases if base.__name__ == "Tensor"), None)


def _fill_masked(value: Any) -> Any:
    if not isinstance(value, np.ma.MaskedArray) or not np.ma.is_masked(value):
        return value
    if value.dtype.kind != "f":
        raise DataError(
            f"got a masked array of {value.dtype.name} with masked values, want x.filled(…) with "
            "a value that stands for them",
            "masked integers",
        )
    # Values under the mask mean nothing.
    return value.filled(np.nan)


def _from_pil(value: Any, palette_as_ids: bool) -> Array:
    if value.mode == "P" and not palette_as_ids:
        value = value.convert("RGBA" if "transparency" in value.info else "RGB")
    elif value.mode in ("CMYK", "YCbCr", "LAB", "HSV"):
        value = value.convert("RGB")
    elif value.mode == "La":
        value = value.convert("LA")
    elif value.mode in ("PA", "RGBa", "RGBX"):
        value = value.convert("RGBA")
    array = np.asarray(value)
    if value.mode.startswith("I;16"):
        return array.astype(np.uint16)
    if value.mode == "1":
        # Pillow's True has all bits set, which no other array's has.
        return array.astype(np.uint8).astype(np.bool_)
    return array


def strip_subclass(value: Any) -> Any:
    """Returns a tensor of torch without the additions of another library's subclass."""
    base = _torch_base(type(value))
    if type(value) is base or type(value).__module__.startswith("torch."):
        return value
    # A subclass may override any method; this one, called on the base, it can't.
    return base.as_subclass(value, base)


def _from_torch(value: Any) -> tuple[Array, str]:
    value = strip_subclass(value)
    name = str(value.dtype).removeprefix("torch.")
    # First to where there is memory: a GPU is mostly full of the training.
    tensor = value.detach().cpu()
    if name.startswith(_SMALL_FLOATS):
        tensor = tensor.float()
    if tensor.is_complex():
        raise UnreadableError(f"got a torch.Tensor of {name}, want booleans, integers or floats")
    return tensor.resolve_neg().numpy(), name


def show(value: object) -> str:
    """Returns what an error calls a value that is of the wrong type: short, whatever it holds."""
    shape = get_attribute(value, "shape")
    if isinstance(shape, Sequence) and len(shape) > 0:
        return f"a {type(value).__name__} of shape ({', '.join(map(str, shape))})"
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _describe(value: object, array: Array) -> str:
    if isinstance(value, str):
        return repr(value)
    kind = type(value).__name__
    if isinstance(value, Mapping):
        keys = [show(key) for key in itertools.islice(value, 4)]
        shown = [*keys[:3], "…"] if len(keys) > 3 else keys
        return f"{kind} of {', '.join(shown)}" if shown else f"{kind} of nothing"
    return kind if array.dtype == object else f"{kind} of {array.dtype.name}"
