# SPDX-License-Identifier: Apache-2.0
"""Records of a tag, at steps of runs: where their elements are, and their manifests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.requests import HttpError
from tb_pairs_plugin.reading.series_cache import SeriesCache, Value
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record.codec import RecordError
from tb_pairs_plugin.record.manifest import Manifest, parse_manifest

MAX_REQUEST_MANIFESTS_BYTES = 32 * 1024 * 1024

# A step may be written again by a training that was restarted. What was read up to so many
# seconds before is used nonetheless, but not where anything turns out to be missing or damaged.
MAX_AGE = 10.0
MAX_AGE_OF_FAULTS = 1.0
MAX_AGE_OF_SERIES = 2.0  # which steps there are

_MANIFESTS_BYTES = 10 * 1024 * 1024
_MANIFESTS_AT_ONCE = 16
_ENTRY_BYTES = 200  # of a sample or a picture in a manifest and in an answer, about
_PARSED_FACTOR = 8  # a parsed manifest takes about so many times the bytes of its JSON

At = Sequence[tuple[int, str]]


@dataclass
class RecordAtStep:
    """A record on its way: of a run and step, or why it can't be had."""

    run: str
    step: int
    value: Value | None = None
    manifest: Manifest | None = None
    error: str | None = None


R = TypeVar("R", bound=RecordAtStep)


class Records:
    """Reads records. Threads may share it."""

    def __init__(self, source: Source, series_cache: SeriesCache) -> None:
        """Reads from `source`."""
        self._source = source
        self._series_cache = series_cache
        self._manifests: ByteCache[Manifest] = ByteCache(_MANIFESTS_BYTES)

    def are_old(self, scope: Scope, tag: str, at: At) -> bool:
        """Tells whether a fault may come from outdated caches; ask before reading."""
        return any(self._series_cache.age(scope, run, tag) > MAX_AGE_OF_FAULTS for _, run in at)

    def read(
        self,
        scope: Scope,
        tag: str,
        at: At,
        max_age: float,
        make: Callable[[str, int], R],
        *,
        remembered: bool = True,
    ) -> list[R]:
        """Returns records with their manifests, in the order of `at`.

        The last ones are left out where their manifests would take too much memory; never the
        first.

        Args:
          scope: Whose data.
          tag: Of the records.
          at: Steps, each with a run.
          max_age: For how many seconds it may be remembered where a record is.
          make: Makes a record of a run and a step.
          remembered: Whether manifests may be those of earlier requests. What goes with a manifest
            by its place alone, not by a digest, must be read with it: a step may be written again.

        Raises:
          HttpError: If no run that is asked for has the tag.
        """
        located = self._locate(scope, tag, at, max_age, make)
        return _within_room(self._read_manifests(scope, tag, located, remembered))

    def _locate(
        self, scope: Scope, tag: str, at: At, max_age: float, make: Callable[[str, int], R]
    ) -> list[R]:
        series = self._series_cache.read(scope, {run for _, run in at}, [tag], max_age)
        if not series:
            raise HttpError(404, f"none of the runs has the tag {tag!r}")
        records = []
        for step, run in at:
            record = make(run, step)
            found = series.get((run, tag))
            if found is None:
                record.error = f"the run {run!r} does not have the tag {tag!r}"
            elif isinstance(found, SourceError):
                record.error = str(found)
            else:
                record.value = found.get(step)
                if record.value is None:
                    record.error = f"the run {run!r} has no step {step} of this tag"
                elif not record.value.keys:
                    record.error = "the record is empty: it has no manifest"
            records.append(record)
        return records

    def _read_manifests(
        self, scope: Scope, tag: str, records: list[R], remembered: bool
    ) -> list[R]:
        """Reads manifests in order; returns those records that memory has room for."""
        missing = []
        total = 0
        for record in records:
            if record.error is None and record.value is not None:
                if remembered:
                    record.manifest = self._manifests.get(_identity(scope, tag, record))
                if record.manifest is None:
                    missing.append(record)
        for start in range(0, len(missing), _MANIFESTS_AT_ONCE):
            part = missing[start : start + _MANIFESTS_AT_ONCE]
            keys = [record.value.keys[0] for record in part if record.value]
            for record, blob in zip(part, self._source.read_blobs(scope, keys), strict=True):
                if total > MAX_REQUEST_MANIFESTS_BYTES:
                    return records[: records.index(record)]
                if isinstance(blob, SourceError):
                    record.error = str(blob)
                    continue
                total += len(blob)
                try:
                    record.manifest = parse_manifest(blob)
                except RecordError as error:
                    record.error = f"the manifest can't be read: {error}"
                    continue
                identity = _identity(scope, tag, record)
                self._manifests.put(identity, record.manifest, _PARSED_FACTOR * len(blob))
        return records


def _identity(scope: Scope, tag: str, record: RecordAtStep) -> tuple[object, ...]:
    # The wall time tells a rewritten step from the original.
    assert record.value is not None
    return scope.experiment, record.run, tag, record.step, record.value.wall_time


def _within_room(records: list[R]) -> list[R]:
    """Returns those of the first records whose manifests fit together, remembered ones too."""
    total = 0
    for position, record in enumerate(records):
        if record.manifest is not None:
            total += _ENTRY_BYTES * (len(record.manifest.samples) + len(record.manifest.pictures))
        if position and total > MAX_REQUEST_MANIFESTS_BYTES:
            return records[:position]
    return records
