# SPDX-License-Identifier: Apache-2.0
"""Trainings that restarted in the same log directory: which records are outdated and which count.

A record's sequence number counts those that its writer wrote before it, so it starts again with
each process. A restarted training mostly goes on from a checkpoint, and writes some steps again.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple


class WrittenStep(NamedTuple):
    """One kept record.

    Attributes:
      step: Its step.
      wall_time: When it was written, in seconds since the epoch.
      sequence: Its number among those of its writer, from 1; None if it is not known.
    """

    step: int
    wall_time: float
    sequence: int | None


class History:
    """The records of one run and tag, by the writers that followed each other."""

    def __init__(self, records: Iterable[WrittenStep]) -> None:
        """Takes the kept records, in any order."""
        self._writers = _by_writer(sorted(records, key=attrgetter("wall_time", "step")))
        starts = [min(record.step for record in writer) for writer in self._writers]
        self._ends = _ends(starts) if starts else []
        self._last_times = [writer[-1].wall_time for writer in self._writers]

    @property
    def logged(self) -> int:
        """How many steps the training as it stands has logged, as far as kept records tell.

        Those that a later writer went back before are its to count.
        """
        return sum(
            max((record.sequence or 0 for record in writer if record.step < end), default=0)
            for writer, end in zip(self._writers, self._ends, strict=True)
        )

    @property
    def restarted(self) -> bool:
        """Whether several writers followed each other; without, no record is outdated."""
        return len(self._writers) > 1

    def is_outdated(self, step: int, wall_time: float) -> bool:
        """Says whether a record was written before a restart that went back to its step or before.

        Args:
          step: The step of a kept record.
          wall_time: When it was written.
        """
        for last, end in zip(self._last_times, self._ends, strict=True):
            if wall_time <= last:
                return step >= end
        return False


def _ends(starts: list[int]) -> list[float]:
    """Returns, by writer, the first step of all writers after it."""
    ends = [float("inf")]
    for start in reversed(starts[1:]):
        ends.append(min(start, ends[-1]))
    return ends[::-1]


def _by_writer(records: list[WrittenStep]) -> list[list[WrittenStep]]:
    """Splits records in the order they were written where a writer begins to count."""
    writers: list[list[WrittenStep]] = []
    last: WrittenStep | None = None
    for record in records:
        if last is None or _begins(last, record):
            writers.append([])
        writers[-1].append(record)
        last = record
    return writers


def _begins(last: WrittenStep, record: WrittenStep) -> bool:
    if last.sequence is None or record.sequence is None:
        return record.step <= last.step
    return record.sequence <= last.sequence
