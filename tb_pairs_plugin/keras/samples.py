# SPDX-License-Identifier: Apache-2.0
"""The samples of what Keras takes as data, by their index."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import keras
import numpy as np

_WANT = (
    "want (x, y) as Model.fit takes it, or a tf.data.Dataset, keras.utils.PyDataset or torch "
    "DataLoader of such batches"
)
_INFINITE = -1  # tf.data.INFINITE_CARDINALITY


@dataclass(frozen=True)
class ModelBatch:
    """Samples that are predicted together.

    Attributes:
      indices: Of the samples in the data set.
      x: What the model takes: arrays `[k, ...]`, alone or in tuples, lists and dicts.
      y: The targets, in the same structure.
    """

    indices: Sequence[int]
    x: Any
    y: Any


class Samples(Protocol):
    """A data set that can be read any number of times."""

    def read_batches(self) -> Iterator[ModelBatch]:
        """Reads all samples.

        Raises:
          ValueError: If they never end, or one is not a batch.
        """

    def read_at(self, indices: Sequence[int], *, strict: bool) -> list[ModelBatch]:
        """Reads some samples, in the order of `indices`.

        Args:
          indices: Of the samples in the data set.
          strict: Whether each must be there.

        Raises:
          ValueError: If one is missing, or is not a batch.
        """


def read_samples(data: Any, batch_size: int) -> Samples:
    """Returns the samples of what `Model.fit` takes as `validation_data`.

    Args:
      data: Arrays, or what yields batches.
      batch_size: Of the batches made of arrays.

    Raises:
      ValueError: If it is neither, or can be read only once.
    """
    if isinstance(data, tuple):
        return _Arrays(*_pair(data), batch_size)
    if isinstance(data, keras.utils.Sequence):
        return _Batches(_PyDataset(data), batch_size)
    if not isinstance(data, Iterable) or hasattr(data, "shape"):
        raise ValueError(f"data is a {type(data).__name__}, {_WANT}")
    if isinstance(data, Iterator):
        raise ValueError(
            f"data is a {type(data).__name__}, which can be read only once and is needed at every "
            f"epoch, {_WANT}"
        )
    return _Batches(data, batch_size)


class _Arrays:
    def __init__(self, x: Any, y: Any, batch_size: int) -> None:
        lengths = {len(leaf) for leaf in (*_leaves(x), *_leaves(y))}
        if len(lengths) != 1:
            raise ValueError(f"data has arrays of {sorted(lengths)} samples, want equally many")
        self._x, self._y, self._batch_size = x, y, batch_size
        self._length = lengths.pop()

    def read_batches(self) -> Iterator[ModelBatch]:
        for first in range(0, self._length, self._batch_size):
            yield self._read(range(first, min(first + self._batch_size, self._length)))

    def read_at(self, indices: Sequence[int], *, strict: bool) -> list[ModelBatch]:
        there = [index for index in indices if index < self._length]
        if strict:
            _check_found(indices, there, self._length)
        size = self._batch_size
        return [self._read(there[i : i + size]) for i in range(0, len(there), size)]

    def _read(self, indices: Sequence[int]) -> ModelBatch:
        def read(leaf: Any) -> Any:
            # One by one: lists, files and tensors of TensorFlow take no list of indices.
            return np.stack([_to_numpy(leaf[index]) for index in indices])

        return ModelBatch(list(indices), _map(read, self._x), _map(read, self._y))


class _Batches:
    def __init__(self, data: Iterable[Any], batch_size: int) -> None:
        self._data, self._batch_size = data, batch_size

    def read_batches(self) -> Iterator[ModelBatch]:
        cardinality = getattr(self._data, "cardinality", None)
        if cardinality is not None and int(cardinality()) == _INFINITE:
            raise ValueError("data never ends, want one that does, or dataset indices in select")
        return self._read()

    def read_at(self, indices: Sequence[int], *, strict: bool) -> list[ModelBatch]:
        found: dict[int, ModelBatch] = {}
        seen = 0
        for batch in self._read() if indices else ():
            for position, index in enumerate(batch.indices):
                if index in indices:
                    found[index] = _slice(batch, position)
            seen += len(batch.indices)
            if len(found) == len(set(indices)):
                break
        if strict:
            _check_found(indices, found, seen)
        return _join([found[index] for index in indices if index in found], self._batch_size)

    def _read(self) -> Iterator[ModelBatch]:
        first = 0
        for batch in self._data:
            x, y = (_map(_to_numpy, part) for part in _pair(batch))
            k = len(next(_leaves(x)))
            yield ModelBatch(range(first, first + k), x, y)
            first += k


class _PyDataset:
    """The batches of a `keras.utils.PyDataset`, which Python can't iterate to an end."""

    def __init__(self, data: Any) -> None:
        self._data = data
        # None is Keras 3's word for endless; Keras 2 knows only a length.
        self._count = data.num_batches if hasattr(data, "num_batches") else len(data)

    def cardinality(self) -> int:
        return _INFINITE if self._count is None else self._count

    def __iter__(self) -> Iterator[Any]:
        numbers = itertools.count() if self._count is None else range(self._count)
        return (self._data[number] for number in numbers)


def _pair(batch: Any) -> tuple[Any, Any]:
    """Returns x and y of what Keras takes as a batch."""
    if not isinstance(batch, (tuple, list)) or len(batch) not in (2, 3):
        what = f"{len(batch)} parts" if isinstance(batch, (tuple, list)) else type(batch).__name__
        raise ValueError(f"data has {what}, want x and y, and perhaps sample weights")
    return batch[0], batch[1]


def _check_found(indices: Sequence[int], found: Iterable[int], length: int) -> None:
    missing = sorted(set(indices) - set(found))
    if missing:
        raise ValueError(f"select has the index {missing[0]}, but data has {length} samples")


def _slice(batch: ModelBatch, position: int) -> ModelBatch:
    def one(leaf: Any) -> Any:
        # A copy, so that the rest of the batch is not kept in memory.
        return leaf[position : position + 1].copy()

    return ModelBatch([batch.indices[position]], _map(one, batch.x), _map(one, batch.y))


def _join(batches: Sequence[ModelBatch], batch_size: int) -> list[ModelBatch]:
    """Returns neighbors of equal shapes together, at most `batch_size` of them."""

    def shapes(batch: ModelBatch) -> list[tuple[int, ...]]:
        return [leaf.shape for leaf in (*_leaves(batch.x), *_leaves(batch.y))]

    joined = []
    for _, equal in itertools.groupby(batches, shapes):
        alike = list(equal)
        for i in range(0, len(alike), batch_size):
            group = alike[i : i + batch_size]
            joined.append(
                ModelBatch(
                    [index for one in group for index in one.indices],
                    _map(lambda *leaves: np.concatenate(leaves), *(one.x for one in group)),
                    _map(lambda *leaves: np.concatenate(leaves), *(one.y for one in group)),
                )
            )
    return joined


def _map(function: Callable[..., Any], *structures: Any) -> Any:
    """Applies `function` to the leaves of structures that are alike."""
    first = structures[0]
    if isinstance(first, dict):
        return {key: _map(function, *(one[key] for one in structures)) for key in first}
    if isinstance(first, (tuple, list)):
        return [_map(function, *parts) for parts in zip(*structures, strict=True)]
    return function(*structures)


def _leaves(structure: Any) -> Iterator[Any]:
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, (tuple, list)):
        for part in structure:
            yield from _leaves(part)
    else:
        yield structure


def _to_numpy(value: Any) -> Any:
    # Keras 2 has no `ops`; its tensors are TensorFlow's, which NumPy takes.
    return keras.ops.convert_to_numpy(value) if hasattr(keras, "ops") else np.asarray(value)
