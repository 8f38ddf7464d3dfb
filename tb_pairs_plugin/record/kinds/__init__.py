# SPDX-License-Identifier: Apache-2.0
"""The kinds as tags and records store them: one file for each, found through `KINDS`."""

from __future__ import annotations

from tb_pairs_plugin.record import codec, digest
from tb_pairs_plugin.record.codec import Fields
from tb_pairs_plugin.record.kinds.flow import FlowKind
from tb_pairs_plugin.record.kinds.heatmap import HeatmapKind
from tb_pairs_plugin.record.kinds.image import ImageKind
from tb_pairs_plugin.record.kinds.kind import StoredKind
from tb_pairs_plugin.record.kinds.mask import MaskKind

__all__ = [
    "KINDS",
    "FlowKind",
    "HeatmapKind",
    "ImageKind",
    "MaskKind",
    "StoredKind",
    "make_mark",
    "parse_kind",
]

KINDS: tuple[type[StoredKind], ...] = (ImageKind, MaskKind, HeatmapKind, FlowKind)

_BY_NAME = {kind.name: kind for kind in KINDS}


def parse_kind(value: object, name: str) -> StoredKind:
    """Returns a kind as it was stored.

    Raises:
      RecordError: If it is damaged, or of an unknown name.
    """
    fields = Fields(value, name)
    kind = fields.get("name", codec.text)
    if kind not in _BY_NAME:
        *others, last = _BY_NAME
        raise codec.wrong(kind, "kind.name", f"{', '.join(others)} or {last}")
    return _BY_NAME[kind].parse(fields)


def make_mark(kind: StoredKind) -> str:
    """Returns a short name of a kind: kinds of the same members have the same."""
    return digest.shorten(digest.digest(codec.dumps(kind.to_json())))
