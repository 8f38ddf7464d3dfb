# SPDX-License-Identifier: Apache-2.0
"""Pixels of class ids, counted: how many are right, and which class was taken for which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from tb_pairs_plugin.record import counts as stored
from tb_pairs_plugin.writing.types import Array

_CACHED = 131_072  # values worked on at a time, so that they stay in the processor's cache

# Of one sample. With more classes, its counts are not kept: ids of instances say nothing by class.
MAX_CLASSES = 1024
MAX_CONFUSIONS = 1024

# Of a stored column, by the bytes of a number.
_DTYPES = {width: np.dtype(name) for width, name in ((1, "u1"), (2, "<u2"), (4, "<u4"), (8, "<i8"))}


@dataclass(frozen=True)
class Counts:
    """Pixels by class, int64; those whose ground truth is ignored are left out.

    Attributes:
      ids: `[n]`, ascending: the classes in the ground truth or in the prediction.
      truths: `[n]`: of each class its pixels in the ground truth.
      predictions: `[n]`: of each class its pixels in the prediction.
      hits: `[n]`: of each class its pixels in both.
      truth: `[m]`: of each confusion the class it was.
      predicted: `[m]`: of each confusion the class it was taken for.
      pixels: `[m]`: how often.
      omitted_classes: How many classes were left out.
      omitted_confusions: How many confusions were left out.
      omitted_pixels: Of those confusions together.
    """

    ids: Array
    truths: Array
    predictions: Array
    hits: Array
    truth: Array
    predicted: Array
    pixels: Array
    omitted_classes: int = 0
    omitted_confusions: int = 0
    omitted_pixels: int = 0

    @property
    def is_of_use(self) -> bool:
        """Whether there are few enough classes for numbers by class to say something."""
        return len(self.ids) <= MAX_CLASSES

    def limit(self, classes: int, confusions: int) -> Counts:
        """Returns at most so many classes and confusions: those of the most pixels."""
        if len(self.ids) <= classes and len(self.pixels) <= confusions:
            return self
        kept = _largest(self.truths + self.predictions - self.hits, classes)
        pairs = _largest(self.pixels, confusions)
        return Counts(
            ids=self.ids[kept],
            truths=self.truths[kept],
            predictions=self.predictions[kept],
            hits=self.hits[kept],
            truth=self.truth[pairs],
            predicted=self.predicted[pairs],
            pixels=self.pixels[pairs],
            omitted_classes=self.omitted_classes + len(self.ids) - len(kept),
            omitted_confusions=self.omitted_confusions + len(self.pixels) - len(pairs),
            omitted_pixels=self.omitted_pixels + int(self.pixels.sum() - self.pixels[pairs].sum()),
        )


def count(ground_truth: Array, prediction: Array, ignore: Collection[int] = ()) -> Counts:
    """Counts the pixels of class ids.

    Args:
      ground_truth: Class ids, integers or booleans of any shape.
      prediction: The same shape.
      ignore: Ids of the ground truth that do not count.
    """
    truth, prediction = ground_truth.ravel(), prediction.ravel()
    high = max(truth.max(), prediction.max())
    if high <= 255 and _are_natural(truth) and _are_natural(prediction):
        return _count_few(truth, prediction, list(ignore), 1 + int(high))
    return _count_many(truth, prediction, list(ignore))


def elements(samples: Sequence[Counts | None]) -> list[bytes]:
    """Returns the elements of a record that hold its counts; none where no sample was counted."""
    counted = [one for one in samples if one is not None]
    if not counted:
        return []
    k = len(samples)
    classes, confusions = stored.MAX_TABLE_CLASSES // k, stored.MAX_TABLE_CONFUSIONS // k
    rows = [None if one is None else one.limit(classes, confusions) for one in samples]
    return [_table([total(counted)], len(counted)), _table(rows)]


def total(counted: Sequence[Counts]) -> Counts:
    """Returns the sums over all samples."""
    if len(counted) == 1:
        return counted[0]
    ids, place = np.unique(_join([one.ids for one in counted]), return_inverse=True)
    n = len(ids)
    truths, predictions, hits = (
        _sums(place, _join(column), n)
        for column in zip(
            *[(one.truths, one.predictions, one.hits) for one in counted], strict=True
        )
    )
    truth = np.searchsorted(ids, _join([one.truth for one in counted]))
    predicted = np.searchsorted(ids, _join([one.predicted for one in counted]))
    pairs, pixels = _sum_pairs(truth * n + predicted, _join([one.pixels for one in counted]), n)
    truth, predicted = np.divmod(pairs, max(n, 1))
    sums = Counts(
        ids,
        truths,
        predictions,
        hits,
        ids[truth],
        ids[predicted],
        pixels,
        omitted_confusions=sum([one.omitted_confusions for one in counted]),
        omitted_pixels=sum([one.omitted_pixels for one in counted]),
    )
    return sums.limit(stored.MAX_CLASSES, stored.MAX_CONFUSIONS)


def _table(rows: Sequence[Counts | None], counted: int = 1) -> bytes:
    """Returns rows as they are stored, each over `counted` samples; None was not counted."""
    none = np.zeros(0, np.int64)
    held = [one or Counts(none, none, none, none, none, none, none) for one in rows]
    hits = _join([one.hits for one in held])
    columns: dict[str, Array | list[int]] = {
        "counted": [counted if one else 0 for one in rows],
        "classes": [len(one.ids) for one in held],
        "confusions": [len(one.pixels) for one in held],
        "omitted_classes": [one.omitted_classes for one in held],
        "omitted_confusions": [one.omitted_confusions for one in held],
        "omitted_pixels": [one.omitted_pixels for one in held],
        "ids": _join([one.ids for one in held]),
        "true_positive": hits,
        "false_positive": _join([one.predictions for one in held]) - hits,
        "false_negative": _join([one.truths for one in held]) - hits,
        "truth": _join([one.truth for one in held]),
        "predicted": _join([one.predicted for one in held]),
        "pixels": _join([one.pixels for one in held]),
    }
    return stored.pack(
        {
            name: _column(np.asarray(values, np.int64))
            for name, values in columns.items()
            if not name.startswith("omitted") or any(values)
        }
    )


def _column(values: Array) -> stored.Column:
    # Negative if a value is, else with as many bits as the largest: one pass instead of two.
    width = _find_width(int(np.bitwise_or.reduce(values)))
    return stored.Column(width, values.astype(_DTYPES[width]).tobytes())


def _find_width(bits: int) -> int:
    if bits < 0 or bits > 0xFFFFFFFF:
        return 8
    return 1 if bits <= 0xFF else 2 if bits <= 0xFFFF else 4


def _count_few(truth: Array, prediction: Array, ignore: list[int], n: int) -> Counts:
    """Counts ids from 0 to `n` - 1, where `n` is at most 256.

    Most pixels lie within areas of the truth and are right: only edges and errors are looked at.
    """
    # NumPy before 2.2.4 counts no uint64.
    truth, prediction = (
        one.astype(np.uint8) if one.dtype == np.uint64 else one for one in (truth, prediction)
    )
    ignored = np.zeros(n, bool)
    ignored[[one for one in ignore if 0 <= one < n]] = True
    truths = np.zeros(n, np.int64)
    # How often the class i was taken for j, at i * n + j.
    confused = np.zeros(n * n, np.int64)
    end = 0
    for start in range(0, truth.size, _CACHED):
        part = slice(start, start + _CACHED)
        truths += _pixels_of(truth[part], n)
        errors = (truth[part] != prediction[part]).nonzero()[0]
        was, said = truth[part][errors], prediction[part][errors]
        if ignore:
            counted = (~np.take(ignored, was)).nonzero()[0]
            was, said = was[counted], said[counted]
        pairs = was.astype(np.uint16)
        pairs *= n
        pairs += said.astype(np.uint16, copy=False)
        found = np.bincount(pairs)
        confused[: found.size] += found
        end = max(end, found.size)
    truths[ignored] = 0
    found = confused[:end].nonzero()[0]
    return _of_confusions(np.arange(n), truths, found, confused[found])


def _pixels_of(values: Array, count: int) -> Array:
    """Returns how many pixels each of the ids below `count` has."""
    is_edge = values[1:] != values[:-1]
    if np.count_nonzero(is_edge) > values.size // 8:
        return np.bincount(values, minlength=count)
    edges = is_edge.nonzero()[0]
    ends = np.empty(len(edges) + 1, np.int64)
    ends[:-1] = edges
    ends[-1] = values.size - 1
    lengths = ends.copy()
    lengths[1:] -= edges
    lengths[0] += 1
    return _sums(values[ends], lengths, count)


def _count_many(truth: Array, prediction: Array, ignore: list[int]) -> Counts:
    """Counts any ids."""
    if ignore:
        counted = ~np.isin(truth, ignore)
        truth, prediction = truth[counted], prediction[counted]
    both = np.concatenate([truth.astype(np.int64), prediction.astype(np.int64)])
    ids, index = np.unique(both, return_inverse=True)
    truth, prediction = index[: truth.size], index[truth.size :]
    errors = truth != prediction
    pairs, pixels = np.unique(truth[errors] * len(ids) + prediction[errors], return_counts=True)
    return _of_confusions(ids, np.bincount(truth, minlength=len(ids)), pairs, pixels)


def _of_confusions(ids: Array, truths: Array, pairs: Array, pixels: Array) -> Counts:
    """Returns the counts of the classes there are; class i was taken for j at i * n + j."""
    n = len(ids)
    truth, predicted = np.divmod(pairs, max(n, 1))
    hits = truths - _sums(truth, pixels, n)
    predictions = hits + _sums(predicted, pixels, n)
    found = (truths + predictions).nonzero()[0]
    return Counts(
        ids[found],
        truths[found],
        predictions[found],
        hits[found],
        ids[truth],
        ids[predicted],
        pixels,
    ).limit(max(n, 1), MAX_CONFUSIONS)


def _largest(pixels: Array, most: int) -> Array:
    """Returns where the `most` largest are, in ascending order; of equal ones the first."""
    return np.sort(np.argsort(-pixels, kind="stable")[:most])


def _join(columns: Sequence[Array]) -> Array:
    joined: Array = np.concatenate(columns)
    return joined


def _sum_pairs(pairs: Array, pixels: Array, n: int) -> tuple[Array, Array]:
    """Returns the pairs of `n` classes there are, ascending, and the sum of the pixels of each."""
    if n > 256:
        found, place = np.unique(pairs, return_inverse=True)
        return found, _sums(place, pixels, len(found))
    sums = _sums(pairs, pixels, n * n)
    found = sums.nonzero()[0]
    return found, sums[found]


def _are_natural(values: Array) -> bool:
    """Says whether no integer is negative."""
    return values.dtype.kind in "bu" or bool(values.min() >= 0)


def _sums(places: Array, values: Array, n: int) -> Array:
    """Returns for each of `n` places the sum of its values."""
    # Weights are floats, which are exact this far.
    return np.bincount(places, values, n).astype(np.int64)
