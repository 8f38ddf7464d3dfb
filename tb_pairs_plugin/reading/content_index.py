# SPDX-License-Identifier: Apache-2.0
"""Where the pictures are that records only refer to."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.series_cache import Series, SeriesCache
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record import metadata
from tb_pairs_plugin.record.codec import RecordError

_CACHE_BYTES = 4 * 1024 * 1024
_PLACE_BYTES = 300
# Content is added and never changed, unless the run is deleted and logged again: the index is read
# again only where something is missing, and not more often than this.
_KEEP_SECONDS = 2.0
_KEYS_SECONDS = 600.0


@dataclass(frozen=True)
class _Index:
    """By digest the tags and elements that hold it, as of a monotonic time."""

    places: Mapping[str, Sequence[tuple[str, int]]]
    read_at: float


class ContentIndex:
    """The content values of runs. Threads may share it."""

    def __init__(self, source: Source, series_cache: SeriesCache) -> None:
        """Reads from `source`."""
        self._source = source
        self._series_cache = series_cache
        self._cache: ByteCache[_Index] = ByteCache(_CACHE_BYTES)

    def locate(
        self, scope: Scope, wanted: Mapping[str, Set[str]], *, fresh: bool
    ) -> dict[tuple[str, str], list[str]]:
        """Returns the keys to try by run and digest, of those there are.

        A restart may store a picture again, and a later one take that back: TensorBoard still lists
        the tag then, without a value. So all places count.

        Args:
          scope: Whose data.
          wanted: By run the digests that its records refer to.
          fresh: Whether keys that were read before may not be used, nor places that were read more
            than two seconds ago.
        """
        indices = self._indices(scope, wanted, fresh=fresh)
        places = {
            (run, digest): indices[run].places[digest]
            for run, digests in wanted.items()
            if run in indices
            for digest in digests
            if digest in indices[run].places
        }
        if not places:
            return {}
        read = self._series_cache.read(
            scope,
            {run for run, _ in places},
            {tag for held in places.values() for tag, _ in held},
            max_age=0 if fresh else _KEYS_SECONDS,
        )
        keys: dict[tuple[str, str], list[str]] = {}
        for (run, digest), held in places.items():
            for tag, element in held:
                key = _key(read.get((run, tag)), element)
                if key is not None:
                    keys.setdefault((run, digest), []).append(key)
        return keys

    def _indices(
        self, scope: Scope, wanted: Mapping[str, Set[str]], *, fresh: bool
    ) -> dict[str, _Index]:
        indices = {}
        stale = []
        for run, digests in wanted.items():
            held = self._cache.get((scope.experiment, run))
            # Without all that is wanted, the index may be outdated.
            is_enough = not fresh and held is not None and digests <= held.places.keys()
            if held is not None and (is_enough or time.monotonic() - held.read_at < _KEEP_SECONDS):
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
            places: dict[str, list[tuple[str, int]]] = {}
            count = 0
            for tag, series in found.get(run, {}).items():
                for element, digest in enumerate(_digests(tag, series.plugin_content)):
                    places.setdefault(digest, []).append((tag, element))
                    count += 1
            indices[run] = _Index(places, now)
            self._cache.put((scope.experiment, run), indices[run], _PLACE_BYTES * count + 500)
        return indices


def _key(series: Series | SourceError | None, element: int) -> str | None:
    """Returns the key of an element of a content value, which is the same at each step."""
    if isinstance(series, Series):
        for step, _ in series.times():
            value = series.get(step)
            if value and element < len(value.keys):
                return value.keys[element]
    return None


def _digests(tag: str, plugin_content: bytes) -> tuple[str, ...]:
    if not metadata.is_content_tag(tag):
        return ()
    try:
        role = metadata.parse_role(plugin_content)
    except RecordError:
        return ()
    return role.digests if isinstance(role, metadata.ContentRole) else ()
