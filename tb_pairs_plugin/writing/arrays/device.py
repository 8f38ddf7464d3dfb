# SPDX-License-Identifier: Apache-2.0
"""Tensors of torch on a GPU, copied to the host without waiting for the GPU.

`tensor.cpu()` waits until the GPU has done all that it was asked for before, which is the training
step that runs. A copy into pinned memory is queued behind that step instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.types import Array


class Transfer:
    """A copy of a tensor to the host that is on its way."""

    def __init__(self, tensor: Any) -> None:
        """Queues the copy on the current stream of the tensor's device, and returns.

        Args:
          tensor: On a CUDA device. It may be overwritten or freed on the same stream at once.
        """
        plain = conversion.strip_subclass(tensor).detach()
        self._host = _pinned_like(plain)
        self._host.copy_(plain, non_blocking=True)
        self._done = _mark(plain.device)

    def result(self) -> Any:
        """Waits for the copy, and returns it: a tensor on the host."""
        self._done.synchronize()
        return self._host


def is_on_gpu(value: object) -> bool:
    """Says whether `value` is a CUDA tensor of torch, whose copy can be queued."""
    return conversion.is_torch(value) and conversion.get_attribute(value, "is_cuda") is True


def has_gpu_tensor(value: object) -> bool:
    """Says whether `value`, or an element of it, is a tensor on a GPU."""
    if isinstance(value, Mapping):
        return any(has_gpu_tensor(one) for one in value.values())
    if conversion.is_sequence(value):
        return any(has_gpu_tensor(one) for one in value)  # type: ignore[attr-defined]
    return is_on_gpu(value)


def detach(value: Any) -> Any:
    """Returns `value` as it is now, whatever the caller does with it later.

    Tensors on a GPU, alone or as elements, become `Transfer`s; what is on the host is copied.
    """
    if isinstance(value, Mapping):
        return {name: detach(one) for name, one in value.items()}
    if conversion.is_sequence(value):
        return [detach(one) for one in value]
    if is_on_gpu(value):
        return Transfer(value)
    return _copy(value)


def list_iterators(value: Any) -> Any:
    """Returns `value` with a list in place of each iterator, which can be read only once."""
    if isinstance(value, Mapping):
        return {name: list_iterators(one) for name, one in value.items()}
    return list(value) if isinstance(value, Iterator) else value


def resolve(value: Any) -> Any:
    """Returns what `detach` was given, with all tensors on the host."""
    if isinstance(value, dict):
        return {name: resolve(one) for name, one in value.items()}
    if isinstance(value, list):
        return [resolve(one) for one in value]
    return value.result() if isinstance(value, Transfer) else value


def zero_out(value: Any) -> Any:
    """Returns `value` with zeros in place of each tensor on a GPU: its shape, dtype and count."""
    if isinstance(value, Mapping):
        return {name: zero_out(one) for name, one in value.items()}
    if conversion.is_sequence(value):
        return [zero_out(one) for one in value]
    return _zeros(value) if is_on_gpu(value) else value


def make_signature(value: Any) -> object:
    """Returns a key of the shapes and dtypes of an argument's arrays, whatever their values."""
    if isinstance(value, Mapping):
        return tuple((name, make_signature(one)) for name, one in value.items())
    if conversion.is_sequence(value):
        return tuple(make_signature(one) for one in value)
    shape = conversion.get_attribute(value, "shape")
    return type(value), None if shape is None else tuple(shape), str(getattr(value, "dtype", ""))


def _copy(value: Any) -> Any:
    """Returns a copy of what is on the host: an array, an image or a variable of any library."""
    if isinstance(value, np.ndarray):
        return np.array(value, subok=True)
    if conversion.is_torch(value):
        return value.detach().clone()
    if conversion.is_pil(value):
        return value.copy()
    if isinstance(value, np.generic) or conversion.is_ragged(value):
        # They never change.
        return value
    if conversion.get_attribute(value, "__array__") is None:
        return value
    try:
        # Asked for a copy itself, an object may give its own array.
        copy = np.array(np.asarray(value))
    except MemoryError:
        raise
    except Exception:
        # What is wrong with it is found with its values.
        return value
    # Texts are read one by one, whatever holds them.
    return value if copy.dtype.kind in "OSU" else copy


def _zeros(tensor: Any) -> Array:
    name = str(tensor.dtype).removeprefix("torch.")
    try:
        dtype = np.dtype(name)
    except TypeError:
        # bfloat16 and float8, which are read as this.
        dtype = np.dtype(np.float32)
    # One zero in memory, whatever the shape.
    return np.broadcast_to(np.zeros((), dtype), tuple(tensor.shape))


def _pinned_like(tensor: Any) -> Any:
    torch = sys.modules["torch"]
    try:
        return torch.empty(tensor.shape, dtype=tensor.dtype, device="cpu", pin_memory=True)
    except RuntimeError as error:
        if conversion.is_lack_of_memory(error):
            raise MemoryError(str(error)) from error
        raise


def _mark(device: Any) -> Any:
    """Returns an event that has happened when the device has done all that is queued now."""
    torch = sys.modules["torch"]
    event = torch.cuda.Event()
    event.record(torch.cuda.current_stream(device))
    return event
