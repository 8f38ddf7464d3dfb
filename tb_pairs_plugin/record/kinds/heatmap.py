# SPDX-License-Identifier: Apache-2.0
"""One number per pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.codec import Fields
from tb_pairs_plugin.record.kinds.kind import StoredKind


@dataclass(frozen=True)
class HeatmapKind(StoredKind):
    """One number per pixel, in `range` (low, high) or, if that is None, in each picture's own."""

    name: ClassVar[str] = "heatmap"
    bits: int = 16
    range: tuple[float, float] | None = None
    colormap: str | None = None
    unit: str | None = None

    @classmethod
    def parse(cls, fields: Fields) -> HeatmapKind:
        """Returns the kind that `to_json` stored."""
        return cls(
            bits=fields.get("bits", codec.one_of(8, 16, 32)),
            range=fields.optional("range", codec.interval),
            colormap=fields.optional("colormap", codec.text),
            unit=fields.optional("unit", codec.text),
        )

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind; an open range is an explicit null."""
        optional = codec.members(colormap=self.colormap, unit=self.unit)
        bounds = None if self.range is None else list(self.range)
        return {"name": self.name, "bits": self.bits, "range": bounds, **optional}
