# SPDX-License-Identifier: Apache-2.0
"""One record out of many batches."""

from __future__ import annotations

import bisect
import itertools
import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tb_pairs_plugin.writing import (
    graph,
    hints,
    pairs,
    preparing,
    reentry,
    run,
    selection,
    tolerance,
)
from tb_pairs_plugin.writing.arrays import rasters
from tb_pairs_plugin.writing.arrays.rasters import DataFormat
from tb_pairs_plugin.writing.call import to_step
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.options import check_name, check_options
from tb_pairs_plugin.writing.pairs import Pair
from tb_pairs_plugin.writing.preparing import Denormalize, Resize
from tb_pairs_plugin.writing.recording.record import Record
from tb_pairs_plugin.writing.selection import Extreme, Select
from tb_pairs_plugin.writing.warn import NotWrittenWarning, find_caller, warn_caller
from tb_pairs_plugin.writing.writers import places, resolving
from tb_pairs_plugin.writing.writers.in_memory_writer import InMemoryWriter

_MOST_KEPT = 64  # pairs, where neither an argument nor `select` has a bound

# A pair, its rank, the least first, and its number, for pairs of one rank.
_Kept: TypeAlias = tuple[float, int, Pair]


@dataclass(frozen=True)
class Part:
    """The pairs that a collector of one of several processes has kept; can be pickled."""

    kind: Kind | None
    pairs: Sequence[Pair]
    search: hints.Search
    # Whether ids are positions in the data set, by which the parts' pairs then come in order.
    is_ordered: bool = False


class Collector:
    """Takes the batches of an evaluation pass, keeps selected pairs, and writes them as one record.

        worst = pairs.Collector("val/worst", select=pairs.worst(8, by="iou"), kind=pairs.Mask())
        for photos, masks in dataset:
            worst.add(masks, model(photos), image=photos)
        worst.write(step)

    It holds copies of no more pairs than it will write. Threads may add at the same time.
    """

    def __init__(
        self,
        name: str,
        select: Select = None,
        max_outputs: int | None = None,
        description: str | None = None,
        *,
        kind: Kind | None = None,
        metrics: bool | None = None,
        writer: Any = None,
        data_format: DataFormat = "channels_last",
        resize: Resize = None,
        denormalize: Denormalize = None,
        one_hot: bool = False,
    ) -> None:
        """Begins with nothing.

        Args:
          name: The tag, as in `pairs.summary`.
          select: As in `pairs.summary`. A collection of ids is looked for in all batches; positions
            count through the whole pass.
          max_outputs: The most pairs that are kept and written: the first, of those selected. None:
            all that `select` names, n for `pairs.worst(n)` and `pairs.best(n)`, else 64.
          description: Markdown, for the tag.
          kind: As in `pairs.summary`; None infers it from the first batch.
          metrics: False to measure nothing.
          writer: Where `write` writes, as in `pairs.summary`.
          data_format: As in `pairs.summary`.
          resize: See there.
          denormalize: See there.
          one_hot: See there.

        Raises:
          ValueError: If an argument is not as described.
        """
        self._name = check_name(name)
        self._options = check_options(
            kind,
            max_outputs,
            description,
            select,
            metrics,
            data_format,
            preparing.check(resize, denormalize, one_hot),
        )
        is_bounded = isinstance(self._options.select, (Extreme, frozenset))
        if self._options.max_outputs is None and not is_bounded:
            self._options = self._options._replace(max_outputs=_MOST_KEPT)
        self._writer = writer
        if isinstance(writer, (str, bytes, os.PathLike)):
            # It means the place of now, wherever the program is when it writes.
            self._writer = places.resolve_place(writer)
        # Whether values that can't be stored are a warning once a batch was accepted.
        self.spares = True
        self._nowhere = InMemoryWriter()
        # Reentrant, as the handler of a signal may write what there is.
        self._lock = threading.RLock()
        self._kept: list[_Kept] = []
        self._kind = self._options.kind
        self._seen = 0
        self._order = 0
        self._search = hints.Search(self._options.select)

    def add(
        self,
        ground_truth: Any,
        prediction: Any,
        *,
        image: Any = None,
        ids: Sequence[Any] | Any = None,
        captions: Sequence[str] | Any = None,
        metrics: Mapping[str, Any] | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> None:
        """Takes one batch; the arguments are those of `pairs.summary`.

        Values that can't be stored are an error until a batch or a record of this tag was accepted
        by the writer; later they are a warning, once, and the pass goes on without that batch.

        Raises:
          ValueError: If an argument is not as described there, or the call is inside a
            `tf.function`. An id of a pair that is kept already is a warning, and the batch is left
            out.
        """
        given = {
            "ground_truth": ground_truth,
            "prediction": prediction,
            "image": image,
            "ids": ids,
            "captions": captions,
            "metrics": metrics,
            "attributes": attributes,
        }
        if graph.is_tracing(given):
            raise ValueError("Collector.add is called inside a tf.function, want it called eagerly")
        writer = resolving.resolve(self._writer) or self._nowhere
        try:
            with reentry.amid(), self._lock:
                self._add(given)
            tolerance.accept(writer, self._name)
        except DataError as error:
            if not self.spares:
                raise
            tolerance.excuse(writer, self._name, error, "a batch")
        except MemoryError as error:
            warn_caller(
                f"pairs.Collector({self._name!r}) goes on without a batch, as there is no memory "
                f"left for it ({error})",
                NotWrittenWarning,
            )

    def write(self, step: Any = None) -> bool:
        """Writes the kept pairs as one record, and starts over.

        Args:
          step: As in `pairs.summary`.

        Returns:
          As `pairs.summary` does; False too if nothing was selected.

        Raises:
          ValueError: If there is no step.
        """
        with self._lock:
            kept, kind, search = [pair for _, _, pair in self._kept], self._kind, self._search
            self._reset()
        writer = resolving.resolve(self._writer)
        if writer is None:
            hints.say_no_writer(self._writer)
            return False
        if not writer.is_recording():
            return False
        tag = graph.add_scope(self._name)
        search.end(tag)
        if not kept or kind is None:
            return False
        tolerance.accept(writer, tag)  # as its batches were
        try:
            number = to_step(graph.get_default_step() if step is None else step)
        except DataError as error:
            tolerance.excuse(writer, tag, error)
            return False
        if not selection.is_due(self._options.select, number):
            return False
        options = self._options._replace(select=None)
        place = find_caller()
        record = Record(tag, writer, number, time.time(), options, kind, kept, place)
        return run.write_record(record)

    def take(self) -> Part:
        """Returns the kept pairs, for a collector of another process, and starts over."""
        with self._lock:
            part = Part(self._kind, [pair for _, _, pair in self._kept], self._search)
            self._reset()
        return part

    def merge(self, parts: Sequence[Part]) -> None:
        """Takes what collectors with the same arguments have kept, each of its share of a pass.

        Samples whose ids are positions come in their order, as in one process. Others take turns,
        as samplers deal them out. An id that was there is left out, as samplers repeat some.

        Raises:
          ValueError: If the kinds differ, or pairs are selected by a metric that there is not.
        """
        kinds = [part.kind for part in parts if part.kind is not None]
        with self._lock:
            self._kind = self._kind or (kinds[0] if kinds else None)
            # As they are stored: a member may be an array, which is not compared as a whole.
            stored = [kind.to_record() for kind in kinds]
            if any(one != stored[0] for one in stored):
                raise ValueError(f"processes infer {kinds}, want one kind: pass kind=")
            for part in parts:
                self._search.join(part.search)
            for pair in _order(parts):
                if all(pair.id != kept.id for _, _, kept in self._kept):
                    assert self._kind is not None
                    self._keep(self._kind, [pair])

    def _add(self, given: Mapping[str, Any]) -> None:
        options = self._options._replace(kind=self._kind)
        # Of three axes the first one counts too: one picture [h, w, c] is refused in any case.
        length = rasters.count_pictures(given["ground_truth"], ranks=(3, 4))
        first = self._seen
        # Also where the batch is left out: positions name the same samples in each pass.
        self._seen += length or 0
        kind, read = pairs.read_pairs(options, **given, first=first)
        self._seen = first + len(read)
        self._search.look([pair.id for pair in read])
        if selection.needs_metrics(options.select):
            with np.errstate(all="ignore"):
                read = pairs.measure_pairs(options, kind, read)
        self._keep(kind, read)
        self._kind = kind if read else self._kind

    def _keep(self, kind: Kind, batch: Sequence[Pair]) -> None:
        chooser = self._options.select
        limit = self._options.max_outputs
        if isinstance(chooser, Extreme):
            limit = chooser.n if limit is None else min(limit, chooser.n)
            names = pairs.list_metric_names(self._options, kind, batch)
            name = chooser.name_of(names) if batch else ""
            ranked = [(chooser.rank(pair, name, kind), pair) for pair in batch]
        else:
            ranked = [(0.0, pair) for pair in selection.choose(chooser, batch, (), kind)]
        while True:
            before = self._kept
            kept = self._merge(before, ranked, limit)
            # Unless the handler of a signal wrote, or added, what there was.
            if self._kept is before:
                self._kept = kept
                return

    def _merge(
        self, before: list[_Kept], ranked: Iterable[tuple[float, Pair]], limit: int | None
    ) -> list[_Kept]:
        """Returns what is kept of pairs that were kept and of a batch: of that, all or nothing."""
        all_kept = list(before)
        for rank, pair in ranked:
            if limit is not None and len(all_kept) == limit:
                if not limit or rank >= all_kept[-1][0]:
                    continue
                all_kept.pop()
            if any(pair.id == kept.id for _, _, kept in all_kept):
                raise DataError(f"ids has {pair.id!r} again, want ids that differ in a pass", "ids")
            self._order += 1
            bisect.insort(all_kept, (rank, self._order, pair.detach()), key=lambda one: one[:2])
        return all_kept

    def _reset(self) -> None:
        self._kept = []
        self._kind = self._options.kind
        self._seen = 0
        self._order = 0
        self._search = hints.Search(self._options.select)


def _order(parts: Sequence[Part]) -> Iterator[Pair]:
    """Yields the pairs of all parts in the order of the pass."""
    if all(part.is_ordered for part in parts):
        both = (pair for part in parts for pair in part.pairs)
        yield from sorted(both, key=lambda pair: int(pair.id))
        return
    for turn in itertools.zip_longest(*(part.pairs for part in parts)):
        yield from (pair for pair in turn if pair is not None)
