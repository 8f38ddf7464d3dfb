# SPDX-License-Identifier: Apache-2.0
"""How much of each prediction changed since the record before; why here: docs/decisions/0050."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from tb_pairs_plugin.writing import workers
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.kinds.kind import INSTABILITY
from tb_pairs_plugin.writing.pairs import Pair
from tb_pairs_plugin.writing.pictures.quantize import Quantized
from tb_pairs_plugin.writing.recording.draft import Draft

# Of the values kept, for all files of the process.
MAX_BYTES = 128 << 20

# An id, and the digest of the ground truth's values: ids may be no more than places in a batch.
_Key: TypeAlias = "tuple[str, str | None]"


@dataclass(eq=False)
class _Tag:
    """The predictions of a tag's last record, and when that was written; 0 is never."""

    predictions: dict[_Key, Quantized] = field(default_factory=dict)
    written: int = 0


class LastPredictions:
    """The predictions of the last record of each tag of a file, as they were stored."""

    def __init__(self) -> None:
        """Begins a file."""
        self._tags: dict[str, _Tag] = {}

    def measure(
        self, tag: str, kind: Kind, pairs: Sequence[Pair], samples: Sequence[Sequence[Draft]]
    ) -> list[Pair]:
        """Returns `pairs` with their instability, as far as the tag's last record tells.

        A metric of that name which the caller gave stays. Where no sample had its ground truth in
        the last record, such as in batches of a training, none gets the metric.

        Args:
          tag: Of the record.
          kind: What its values mean.
          pairs: Those that are written.
          samples: Of each its pictures, encoded: ground truth, prediction and maybe input.
        """
        last = self._tags.get(tag, _Tag()).predictions
        before = [last.get(key) for key in _list_keys(pairs, samples)]
        predictions = [prediction for _, prediction, *_ in samples]

        def measure(place: int) -> Pair:
            pair, was, now = pairs[place], before[place], predictions[place].quantized
            if INSTABILITY in pair.metrics:
                return pair
            share = None
            if was is not None and now is not None and was.values.shape == now.values.shape:
                share = kind.measure_change(was, now, predictions[place].shown)
            return pair._replace(metrics={**pair.metrics, INSTABILITY: share})

        keeps_none = all(one.quantized is None for one in predictions)
        if keeps_none or all(one is None for one in before):
            return list(pairs)
        work = sum(draft.raster.values.size for draft in predictions)
        with np.errstate(all="ignore"):
            return workers.map_all(measure, range(len(pairs)), work)

    def keep(self, tag: str, pairs: Sequence[Pair], samples: Sequence[Sequence[Draft]]) -> None:
        """Keeps the predictions of a record, as many of the first as there is room for.

        Args:
          tag: Of the record.
          pairs: As in `measure`.
          samples: As in `measure`.
        """
        stored = [prediction.quantized for _, prediction, *_ in samples]
        _budget.keep(
            self._tags.setdefault(tag, _Tag()),
            {
                key: one
                for key, one in zip(_list_keys(pairs, samples), stored, strict=True)
                if one is not None
            },
        )


def may_keep(stored: Quantized, values_before: int) -> bool:
    """Says whether a prediction is among the first of its record, those there can be room for.

    Args:
      stored: The prediction.
      values_before: How many values the predictions before it have.
    """
    return values_before * stored.values.itemsize + stored.values.nbytes <= MAX_BYTES


class _Budget:
    """The room that the tags of all files share.

    A tag takes the room of tags that were not written since its own last record, the least recently
    written first. So tags that are written no more make room, while tags that take turns and don't
    all fit don't push each other out, which would leave none of them measured.
    """

    def __init__(self) -> None:
        # Reentrant, as the handler of a signal may log too.
        self._lock = threading.RLock()
        self._clock = itertools.count(1)
        # By the time it was written each tag that keeps something, and the bytes of that. The files
        # own the tags: what a file kept goes with it.
        self._tags: dict[int, tuple[weakref.ref[_Tag], int]] = {}
        # Times of tags that are gone. They are noted in any thread, which may hold the lock.
        self._gone: deque[int] = deque()
        self._bytes = 0

    def keep(self, tag: _Tag, predictions: Mapping[_Key, Quantized]) -> None:
        """Replaces what a tag keeps by the first of `predictions`."""
        with self._lock:
            while self._gone:
                self._drop(self._gone.popleft())
            last, now = tag.written, next(self._clock)
            self._drop(last)
            self._make_room(sum(one.values.nbytes for one in predictions.values()), last or now)
            kept, size = {}, 0
            for key, one in predictions.items():
                if self._bytes + size + one.values.nbytes > MAX_BYTES:
                    break
                size += one.values.nbytes
                # The values may be the caller's own array, or memory that the next call uses.
                kept[key] = one.detach()
            tag.predictions, tag.written = kept, now
            if kept:
                gone = self._gone
                self._tags[now] = weakref.ref(tag, lambda _: gone.append(now)), size
                self._bytes += size

    def _make_room(self, size: int, before: int) -> None:
        """Drops what was written before a time, the oldest first, until `size` bytes fit."""
        # In the order of their times.
        for written in list(self._tags):
            if written > before or self._bytes + size <= MAX_BYTES:
                return
            self._drop(written)

    def _drop(self, written: int) -> None:
        reference, size = self._tags.pop(written, (None, 0))
        self._bytes -= size
        tag = None if reference is None else reference()
        if tag is not None:
            tag.predictions = {}


def _list_keys(pairs: Sequence[Pair], samples: Sequence[Sequence[Draft]]) -> list[_Key]:
    truths = [truth for truth, *_ in samples]
    return [(pair.id, truth.stored.value_digest) for pair, truth in zip(pairs, truths, strict=True)]


_budget = _Budget()


def forget_all() -> None:
    """Begins a process: the lock may be held by a thread that a fork left behind."""
    global _budget
    _budget = _Budget()
