# SPDX-License-Identifier: Apache-2.0
"""Optical flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.codec import Fields
from tb_pairs_plugin.record.kinds.kind import StoredKind


@dataclass(frozen=True)
class FlowKind(StoredKind):
    """A displacement per pixel, in pixels.

    Colours go from white to full over the magnitudes `range` (0, high), or, if that is None, over
    each sample's own.
    """

    name: ClassVar[str] = "flow"
    range: tuple[float, float] | None = None

    @classmethod
    def parse(cls, fields: Fields) -> FlowKind:
        """Returns the kind that `to_json` stored."""
        return cls(range=fields.optional("range", codec.interval))

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind; an open range is an explicit null."""
        return {"name": self.name, "range": None if self.range is None else list(self.range)}
