# SPDX-License-Identifier: Apache-2.0
"""A picture on its way into a record, from its values to how it is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tb_pairs_plugin.record import manifest
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.lazy import lazy
from tb_pairs_plugin.writing.pictures.quantize import Quantized, Range


@dataclass(eq=False)
class Draft:
    """A raster, all that decides how it is stored, and the result.

    Attributes:
      raster: The values.
      kind: What they mean.
      range: What its stored integers span, for kinds with ranges.
      is_truth: Whether its values are to be told from those of other records.
      is_shared: Whether it may be stored once and referred to.
      shown: What the colours of its sample span, for kinds with ranges.
      values_before: How many values the predictions before it in its record have; None where its
        stored integers are not wanted once it is encoded.
      quantized: These, where there can be room for them.
      bucket: Where equal pictures are looked for; see `deduplication`.
      content_key: Of its values, where its bucket had other pictures.
      picture: How to read it, once it is encoded, or found to be stored already.
      blob: Its PNG; None where that is, or will be, in a content value.
    """

    raster: Raster
    kind: Kind
    range: Range | None = None
    is_truth: bool = False
    is_shared: bool = False
    shown: Range | None = None
    values_before: int | None = None
    quantized: Quantized | None = None
    bucket: Hashable = None
    content_key: ContentKey | None = None
    picture: manifest.Picture | None = None
    blob: bytes | None = None

    @lazy
    def data(self) -> memoryview:
        """All its values."""
        return np.ascontiguousarray(self.raster.values).reshape(-1).view(np.uint8).data

    @lazy
    def fingerprint(self) -> bytes:
        """A hash of all its values."""
        return hashlib.sha256(self.data).digest()

    @property
    def stored(self) -> manifest.Picture:
        """How to read it, once that is settled."""
        assert self.picture is not None
        return self.picture


class ContentKey(NamedTuple):
    """What the values of a picture are compared with: a copy of them or, to save room, a hash.

    It is for drafts of one bucket: those are of one shape and dtype.
    """

    copy: bytearray | None = None
    fingerprint: bytes | None = None

    @property
    def size(self) -> int:
        """Bytes of the copy."""
        return 0 if self.copy is None else len(self.copy)

    def is_of(self, draft: Draft) -> bool:
        """Says whether a draft has these values."""
        if self.copy is not None:
            return self.copy == draft.data
        return self.fingerprint == draft.fingerprint
