# SPDX-License-Identifier: Apache-2.0
"""Which steps a series has, and under which keys TensorBoard has their blobs."""

from __future__ import annotations

import contextlib
import os.path
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tensorboard.data import provider

from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.source import Scope, Source, SourceError

_CACHE_BYTES = 10 * 1024 * 1024
_STEP_BYTES = 250  # what Python's objects take for a step, next to its keys

_Key = tuple[str, str, str]  # experiment, run, tag


@dataclass(frozen=True)
class Value:
    """One step of a series: when it was written (seconds since the epoch), and its blobs' keys."""

    wall_time: float
    keys: tuple[str, ...]


class Series:
    """The kept steps of one run and tag.

    The keys of a thousand steps are tens of thousands of texts that differ in their last
    characters only; they are held as what they share, and one text for the rest of each step.
    """

    def __init__(self, values: Sequence[tuple[int, Value]]) -> None:
        """Holds values by step."""
        keys = [key for _, value in values for key in value.keys]
        self._shared = os.path.commonprefix(keys)  # noqa: RUF071 - character by character it is
        cut = len(self._shared)
        self._steps = {
            step: (value.wall_time, "\n".join([key[cut:] for key in value.keys]), len(value.keys))
            # Of a step that was written twice TensorBoard serves the first.
            for step, value in reversed(values)
        }
        self.read_at = time.monotonic()

    def get(self, step: int) -> Value | None:
        """Returns the value of a step, or None."""
        found = self._steps.get(step)
        if found is None:
            return None
        wall_time, rests, count = found
        keys = tuple([self._shared + rest for rest in rests.split("\n")]) if count else ()
        return Value(wall_time, keys)

    @property
    def steps(self) -> Collection[int]:
        """The steps, in any order."""
        return self._steps.keys()

    def times(self) -> list[tuple[int, float]]:
        """Returns the steps in ascending order, each with its wall time."""
        return sorted([(step, found[0]) for step, found in self._steps.items()])

    def was_written_at(self, times: Mapping[int, float]) -> bool:
        """Tells whether the steps are those of `times`, and were written then."""
        return {step: found[0] for step, found in self._steps.items()} == times

    @property
    def age(self) -> float:
        """Seconds since this was read."""
        return time.monotonic() - self.read_at

    @property
    def size(self) -> int:
        """About how many bytes this takes."""
        return 500 + sum(_STEP_BYTES + len(found[1]) for found in self._steps.values())


class SeriesCache:
    """Series as they were read last. Threads may share it."""

    def __init__(self, source: Source) -> None:
        """Reads from `source`."""
        self._source = source
        self._cache: ByteCache[Series] = ByteCache(_CACHE_BYTES)
        self._lock = threading.Lock()
        # Readings and answers are numbered as they begin. What began before the newest that ended
        # may be older, and is not held. What is older than all readings under way tells nothing.
        self._begun = 0
        self._under_way: set[int] = set()
        self._newest: dict[_Key, int] = {}

    def read(
        self, scope: Scope, runs: Collection[str], tags: Collection[str], max_age: float
    ) -> dict[tuple[str, str], Series | SourceError]:
        """Returns by run and tag what there is of the product of `runs` and `tags`.

        Args:
          scope: Whose data.
          runs: Names of runs.
          tags: Names of tags.
          max_age: For how many seconds a series may have been read before.
        """
        result: dict[tuple[str, str], Series | SourceError] = {}
        missing_runs, missing_tags = set(), set()
        for run in runs:
            for tag in tags:
                held = self._cache.get((scope.experiment, run, tag))
                if held is not None and held.age <= max_age:
                    result[run, tag] = held
                else:
                    missing_runs.add(run)
                    missing_tags.add(tag)
        if missing_runs:
            result.update(self._read(scope, missing_runs, missing_tags))
        return result

    def forget_outdated(self, scope: Scope, run: str, tag: str, times: Mapping[int, float]) -> None:
        """Forgets a series that is held unless `times`, which was read later, agrees with it.

        Who was told of a step that was written again must not be given what it was before.

        Args:
          scope: Whose data.
          run: Name of the run.
          tag: Of the records.
          times: By step when it was written, in seconds since the epoch.
        """
        key = scope.experiment, run, tag
        with self._lock:
            self._begun += 1
            if self._under_way:
                self._newest[key] = self._begun
            held = self._cache.get(key)
            if held is not None and not held.was_written_at(times):
                self._cache.drop(key)

    def age(self, scope: Scope, run: str, tag: str) -> float:
        """Returns how many seconds ago a series was read; 0 if it is not held."""
        held = self._cache.get((scope.experiment, run, tag))
        return 0.0 if held is None else held.age

    def _read(
        self, scope: Scope, runs: Collection[str], tags: Collection[str]
    ) -> dict[tuple[str, str], Series | SourceError]:
        try:
            with self._numbered() as number:
                found = self._source.read_blob_sequences(scope, runs, tags)
                result: dict[tuple[str, str], Series | SourceError] = {}
                for run, by_tag in found.items():
                    for tag, data in by_tag.items():
                        series = result[run, tag] = _make_series(data)
                        self._hold((scope.experiment, run, tag), series, number)
                return result
        except SourceError as error:
            if len(runs) == len(tags) == 1:
                return {(run, tag): error for run in runs for tag in tags}
            # One series that can't be read must not hide the others.
            apart = [self._read(scope, [run], [tag]) for run in runs for tag in tags]
            return {key: series for part in apart for key, series in part.items()}

    @contextlib.contextmanager
    def _numbered(self) -> Iterator[int]:
        """Yields the number of a reading that begins now, and ends with the block."""
        with self._lock:
            self._begun += 1
            number = self._begun
            self._under_way.add(number)
        try:
            yield number
        finally:
            with self._lock:
                self._under_way.remove(number)
                oldest = min(self._under_way, default=self._begun)
                self._newest = {key: at for key, at in self._newest.items() if at > oldest}

    def _hold(self, key: _Key, series: Series, number: int) -> None:
        with self._lock:
            if self._newest.get(key, 0) < number:
                self._newest[key] = number
                self._cache.put(key, series, series.size)


def _make_series(data: Sequence[provider.BlobSequenceDatum]) -> Series:
    return Series(
        [
            (
                int(datum.step),
                Value(datum.wall_time, tuple(ref.blob_key for ref in datum.values)),
            )
            for datum in data
        ]
    )
