# SPDX-License-Identifier: Apache-2.0
"""Where the pictures are that records only refer to."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.references import References, Series
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record import metadata
from tb_pairs_plugin.record.wire import RecordError

_CACHE_BYTES = 4 * 1024 * 1024
_DIGEST_BYTES = 200
# Content is added, never changed: only where something is missing is it worth another look.
_KEEP_SECONDS = 2.0
_KEYS_SECONDS = 600.0


@dataclass(frozen=True)
class _Index:
    """By digest the tag and the element that hold it, as of a monotonic time."""

    places: Mapping[str, tuple[str, int]]
    read_at: float


class Contents:
    """The content values of runs. Threads may share it."""

    def __init__(self, source: Source, references: References) -> None:
        """Reads from `source`."""
        self._source = source
        self._references = references
        self._cache: ByteCache[_Index] = ByteCache(_CACHE_BYTES)

    def locate(
        self, scope: Scope, wanted: Mapping[str, Collection[str]], *, fresh: bool
    ) -> dict[tuple[str, str], str]:
        """Returns the keys of blobs by run and digest, of those there are.

        Args:
          scope: Whose data.
          wanted: By run the digests that its records refer to.
          fresh: Whether keys that were read before may not be used.
        """
        indices = self._indices(scope, wanted)
        places = {
            (run, digest): indices[run].places[digest]
            for run, digests in wanted.items()
            if run in indices
            for digest in digests
            if digest in indices[run].places
        }
        if not places:
            return {}
        read = self._references.read(
            scope,
            {run for run, _ in places},
            {tag for tag, _ in places.values()},
            max_age=0 if fresh else _KEYS_SECONDS,
        )
        keys = {}
        for (run, digest), (tag, element) in places.items():
            series = read.get((run, tag))
            if not isinstance(series, Series):
                continue
            for step, _ in series.times():
                value = series.get(step)
                if value and element < len(value.keys):
                    keys[run, digest] = value.keys[element]
                    break
        return keys

    def _indices(self, scope: Scope, wanted: Mapping[str, Collection[str]]) -> dict[str, _Index]:
        indices = {}
        stale = []
        for run, digests in wanted.items():
            held = self._cache.get((scope.experiment, run))
            complete = held is not None and all(digest in held.places for digest in digests)
            if held is not None and (complete or time.monotonic() - held.read_at < _KEEP_SECONDS):
                indices[run] = held
            else:
                stale.append(run)
        if stale:
            indices.update(self._read(scope, stale))
        return indices

    def _read(self, scope: Scope, runs: list[str]) -> dict[str, _Index]:
        try:
            found = self._source.list_blob_sequences(scope, runs)
        except SourceError:
            # Said by the pictures that are not found.
            return {}
        now = time.monotonic()
        indices = {}
        for run in runs:
            places: dict[str, tuple[str, int]] = {}
            for tag, series in found.get(run, {}).items():
                for element, digest in enumerate(_digests(tag, series.plugin_content)):
                    places[digest] = tag, element
            indices[run] = _Index(places, now)
            self._cache.put(
                (scope.experiment, run), indices[run], _DIGEST_BYTES * len(places) + 500
            )
        return indices


def _digests(tag: str, plugin_content: bytes) -> tuple[str, ...]:
    if not metadata.is_content_tag(tag):
        return ()
    try:
        role = metadata.parse_role(plugin_content)
    except RecordError:
        return ()
    return role.digests if isinstance(role, metadata.ContentRole) else ()
