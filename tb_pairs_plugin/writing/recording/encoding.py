# SPDX-License-Identifier: Apache-2.0
"""Rasters as pictures of a record: a PNG, and how to read it. The kind says how."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tb_pairs_plugin.record import digest, manifest
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.pictures import png
from tb_pairs_plugin.writing.pictures.quantize import Quantized, Range


@dataclass(frozen=True)
class Draft:
    """A raster and all that decides how it is stored; equal drafts give equal pictures.

    Attributes:
      raster: The values.
      kind: What they mean.
      range: What its stored integers span, for kinds with ranges.
      is_truth: Whether its values are to be told from those of other records.
    """

    raster: Raster
    kind: Kind
    range: Range | None = None
    is_truth: bool = False

    @cached_property
    def data(self) -> memoryview:
        """All its values."""
        return np.ascontiguousarray(self.raster.values).reshape(-1).view(np.uint8).data

    @cached_property
    def fingerprint(self) -> bytes:
        """A hash of all its values."""
        return hashlib.sha256(self.data).digest()


@dataclass(frozen=True)
class Encoded:
    """A picture and its blob."""

    picture: manifest.Picture
    blob: bytes


def encode(draft: Draft) -> Encoded:
    """Returns the picture of a draft.

    Raises:
      ValueError: If it holds more class ids than can be stored.
    """
    # What can't be stored as a number is stored as a code, or clipped, and counted.
    with np.errstate(all="ignore"):
        stored = draft.kind.quantize(draft.raster, draft.range)
        values = _value_digest(draft, stored) if draft.is_truth else None
    layout = draft.kind.lay_out(stored)
    blob = png.encode(layout.pixels, layout.effort, layout.bands)
    height, width, channels = stored.values.shape
    return Encoded(
        manifest.Picture(
            digest=digest.digest(blob),
            value_digest=values,
            width=width,
            height=height,
            channels=channels,
            bits=stored.bits,
            layout=layout.name,
            literals=layout.literals,
            dtype=draft.raster.dtype,
            ids=stored.ids,
            range=stored.range,
            clipped=stored.clipped or None,
        ),
        blob,
    )


def _value_digest(draft: Draft, stored: Quantized) -> str:
    """Returns what tells whether two pictures have the same values, by `docs/format.md`."""
    values = draft.kind.canonicalize(draft.raster, stored)
    values = values.astype(values.dtype.newbyteorder("<"), copy=False)
    height, width, channels = values.shape
    head = f"{draft.kind.name} {width} {height} {channels} {values.dtype.str[1:]}\n"
    data = np.ascontiguousarray(values).reshape(-1).view(np.uint8).data
    return digest.digest(head.encode("ascii"), data)
