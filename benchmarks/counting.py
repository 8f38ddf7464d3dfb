# SPDX-License-Identifier: Apache-2.0
"""What some numbers that are stored with a record add to the time of a call.

These are pixels counted by class, and the share of pixels that changed since the record before.

Command: `python -m benchmarks.counting`; `--help` lists its options.
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import statistics
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np

from benchmarks import contenders, content, options, tables
from benchmarks.content import Array, Spec

_SIZES = ((256, 256, 60), (512, 512, 30), (1024, 2048, 6))  # height, width, calls per round
_WARM = 3
_BLOCK = 131_072


@dataclass(frozen=True)
class _Work:
    """What is measured: of which pictures, and ways to do without; the quickest of them counts."""

    table: str
    title: str
    kinds: tuple[content.Kind, ...]
    sizes: tuple[tuple[int, int, int], ...]
    without: tuple[Callable[[], contextlib.AbstractContextManager[None]], ...]
    target: float | None
    note: str


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    works = (
        _Work(
            "counting",
            "Processor time of a call of 4 pairs of masks without and with counts by class, ms",
            ("mask",),
            _SIZES,
            (_without_confusions, _without_storing),
            1.1,
            "They take turns at each batch. Without: the same metrics, by the same pass with "
            "nothing stored or by one that finds no confusions either, whichever is quicker. "
            "Target: 1.1.",
        ),
        _Work(
            "instability",
            "Processor time of a call of 4 pairs without and with instability, ms",
            content.USUAL,
            _SIZES[:2],
            (_without_instability,),
            None,
            "They take turns at each batch. Without: no prediction is kept for the next record.",
        ),
    )
    return [_measure(asked, work) for work in works]


def _measure(asked: options.Options, work: _Work) -> tables.Table:
    rows: list[list[str | tables.Ratio]] = []
    with options.scratch() as folder:
        store = content.Store(folder / "content")
        ways = [contextlib.nullcontext, *work.without]
        writers = [contenders.CONTENDERS["pairs"]() for _ in ways]
        for place, writer in enumerate(writers):
            writer.open(str(folder / f"logs-{place}"))
        sizes = ((64, 64, 2),) if asked.short else work.sizes
        for kind, (height, width, calls) in itertools.product(work.kinds, sizes):
            spec = Spec(kind, height, width)
            store.make(spec, _WARM + calls)
            rounds = [_round(writers, store, spec, calls, ways) for _ in range(asked.repeat)]
            # Of each way the times of all rounds: the quickest to do without is that of them all.
            medians = [
                [statistics.median(took[way] for took in times) for way in range(len(ways))]
                for times in [list(itertools.chain(*rounds)), *rounds]
            ]
            quickest = min(range(1, len(ways)), key=lambda way: medians[0][way])
            rows.append(
                [
                    str(spec),
                    tables.milliseconds(medians[0][quickest]),
                    tables.milliseconds(medians[0][0]),
                    tables.Ratio(tuple(of[0] / of[quickest] for of in medians[1:]), work.target),
                ]
            )
            store.clear()
        for writer in writers:
            writer.close()
    return tables.Table(work.table, work.title, ["", "without", "with", "ratio"], rows, [work.note])


def _round(
    writers: list[Any],
    store: content.Store,
    spec: Spec,
    calls: int,
    ways: Sequence[Callable[[], contextlib.AbstractContextManager[None]]],
) -> list[list[float]]:
    """Returns for each batch how long it took in each way, by its own writer."""
    times = []
    for step in range(_WARM + calls):
        batch = store.load(spec, step)
        took = [0.0] * len(ways)
        for turn in tables.rotated(range(len(ways)), step):
            with ways[turn]():
                before = time.process_time()
                writers[turn].log(step, batch)
                took[turn] = time.process_time() - before
        if step >= _WARM:
            times.append(took)
    return times


@contextlib.contextmanager
def _without_confusions() -> Iterator[None]:
    counts: Any = importlib.import_module("tb_pairs_plugin.writing.kinds.counts")
    with mock.patch.object(counts, "count", _by_class), _without_storing():
        yield


@contextlib.contextmanager
def _without_storing() -> Iterator[None]:
    counts: Any = importlib.import_module("tb_pairs_plugin.writing.kinds.counts")
    with mock.patch.object(counts, "elements", _nothing):
        yield


@contextlib.contextmanager
def _without_instability() -> Iterator[None]:
    recorder: Any = importlib.import_module("tb_pairs_plugin.writing.recording.recorder")
    with mock.patch.object(recorder, "_want_predictions", _nothing):
        yield


def _nothing(_: object) -> list[bytes]:
    # Not a mock, whose calls are dear.
    return []


def _by_class(ground_truth: Array, prediction: Array, ignore: Collection[int] = ()) -> Any:
    """Counts what the metrics need alone; of ids from 0 to 255, without ignored ones."""
    counts: Any = importlib.import_module("tb_pairs_plugin.writing.kinds.counts")
    truth, prediction = ground_truth.ravel(), prediction.ravel()
    n = 1 + max(int(truth.max()), int(prediction.max()))
    truths, missed, wrong = np.zeros((3, n), np.int64)
    for start in range(0, truth.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        truths += counts._pixels_of(truth[part], n)
        errors = np.flatnonzero(truth[part] != prediction[part])
        missed += np.bincount(truth[part][errors], minlength=n)
        wrong += np.bincount(prediction[part][errors], minlength=n)
    hits = truths - missed
    predictions = hits + wrong
    ids = np.flatnonzero(truths + predictions)
    none = np.zeros(0, np.int64)
    return counts.Counts(ids, truths[ids], predictions[ids], hits[ids], none, none, none)


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.counting", main(given), given)
