# SPDX-License-Identifier: Apache-2.0
"""Many blobs at once, each of which is what its digest says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tb_pairs_plugin.reading import png
from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record.digest import digest as digest_of

_CACHE_BYTES = 40 * 1024 * 1024
MAX_BLOB_BYTES = 64 * 1024 * 1024
_TRIES = 3


class Blobs:
    """The pictures' blobs by digest. Threads may share it."""

    def __init__(self, source: Source) -> None:
        """Reads from `source`."""
        self._source = source
        self._cache: ByteCache[bytes] = ByteCache(_CACHE_BYTES)

    def read(self, scope: Scope, wanted: Mapping[str, Sequence[str]]) -> dict[str, bytes | str]:
        """Returns by digest the blob, or a sentence that says why it can't be had.

        Args:
          scope: Whose data.
          wanted: By digest the keys under which the blob should be, at least one. Of several the
            first that holds the right blob counts.
        """
        result: dict[str, bytes | str] = {}
        missing: dict[str, Sequence[str]] = {}
        for digest, keys in wanted.items():
            held = self._cache.get((scope.experiment, digest))
            if held is None:
                missing[digest] = keys
            else:
                result[digest] = held
        for turn in range(_TRIES):
            tried = {digest: keys[turn] for digest, keys in missing.items() if turn < len(keys)}
            if not tried:
                break
            read = self._source.read_blobs(scope, list(tried.values()))
            for digest, blob in zip(tried, read, strict=True):
                checked = _check(blob, digest)
                if isinstance(checked, bytes):
                    del missing[digest]
                    result[digest] = checked
                    if png.is_png(checked):
                        self._cache.put((scope.experiment, digest), checked, len(checked))
                else:
                    result.setdefault(digest, checked)
        return result


def _check(blob: bytes | SourceError, digest: str) -> bytes | str:
    if isinstance(blob, SourceError):
        return str(blob)
    if len(blob) > MAX_BLOB_BYTES:
        return f"the blob has {len(blob)} bytes, more than are served ({MAX_BLOB_BYTES})"
    found = digest_of(blob)
    if found != digest:
        return f"the blob is damaged: its digest is {found}, want {digest}"
    return blob
