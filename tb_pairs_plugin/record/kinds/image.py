# SPDX-License-Identifier: Apache-2.0
"""Pictures to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.codec import Fields
from tb_pairs_plugin.record.kinds.kind import StoredKind


@dataclass(frozen=True)
class ImageKind(StoredKind):
    """A picture to look at, of `bits` (8 or 16) per channel."""

    name: ClassVar[str] = "image"
    bits: int = 8

    @classmethod
    def parse(cls, fields: Fields) -> ImageKind:
        """Returns the kind that `to_json` stored."""
        return cls(bits=fields.get("bits", codec.one_of(8, 16)))

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind."""
        return codec.members(name=self.name, bits=self.bits)
