# SPDX-License-Identifier: Apache-2.0
"""Encoded pictures by the keys of their blobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tb_pairs_plugin.reading.blobs import MAX_BLOB_BYTES
from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.existing.encoded import (
    EncodedError,
    PictureHeader,
    read_picture_header,
)
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record.digest import digest as digest_of

_CACHE_BYTES = 40 * 1024 * 1024
_AT_ONCE = 64


@dataclass(frozen=True)
class Encoded:
    """A picture as it was logged."""

    blob: bytes
    digest: str
    header: PictureHeader


class Pictures:
    """Reads pictures. Threads may share it."""

    def __init__(self, source: Source) -> None:
        """Reads from `source`."""
        self._source = source
        self._cache: ByteCache[Encoded] = ByteCache(_CACHE_BYTES)

    def read(
        self, scope: Scope, keys: Mapping[str, float], most_bytes: int
    ) -> dict[str, Encoded | str]:
        """Returns by key the picture, or why it can't be had.

        Args:
          scope: Whose data.
          keys: Of the blobs, each with the wall time of its step: a step may be written again.
          most_bytes: When more are read, the others are left out.
        """
        found: dict[str, Encoded | str] = {}
        missing = []
        total = 0
        for key, wall_time in keys.items():
            held = self._cache.get((scope.experiment, key, wall_time))
            if held is None:
                missing.append(key)
            else:
                found[key] = held
        for first in range(0, len(missing), _AT_ONCE):
            if total > most_bytes:
                break
            part = missing[first : first + _AT_ONCE]
            for key, blob in zip(part, self._source.read_blobs(scope, part), strict=True):
                found[key] = read = _check(blob)
                if isinstance(read, Encoded):
                    total += len(read.blob)
                    self._cache.put((scope.experiment, key, keys[key]), read, len(read.blob))
        return found


def _check(blob: bytes | SourceError) -> Encoded | str:
    if isinstance(blob, SourceError):
        return str(blob)
    if len(blob) > MAX_BLOB_BYTES:
        return f"the picture has {len(blob)} bytes, more than are served ({MAX_BLOB_BYTES})"
    try:
        return Encoded(blob, digest_of(blob), read_picture_header(blob))
    except EncodedError as error:
        return str(error)
