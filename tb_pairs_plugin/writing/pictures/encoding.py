# SPDX-License-Identifier: Apache-2.0
"""Rasters as pictures of a record: a PNG, and how to read it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tb_pairs_plugin.record import digest, manifest
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds import Heatmap, Image, Kind, Mask
from tb_pairs_plugin.writing.pictures import canonical, neighbors, png, quantize
from tb_pairs_plugin.writing.pictures.quantize import Levels
from tb_pairs_plugin.writing.types import Array, Bytes8


@dataclass(frozen=True)
class Draft:
    """A raster and all that decides how it is stored; equal drafts give equal pictures.

    Attributes:
      raster: The values.
      kind: What they mean.
      range: Of a heatmap, resolved.
      is_truth: Whether its values are to be told from those of other records.
    """

    raster: Raster
    kind: Kind
    range: tuple[float, float] | None = None
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
        stored = _levels(draft)
        values = None
        if draft.is_truth:
            values = canonical.value_digest(draft.kind, draft.raster, stored)
    form = _form(draft.kind, stored)
    blob = png.encode(form.pixels, form.effort, form.bands)
    height, width, channels = stored.values.shape
    return Encoded(
        manifest.Picture(
            digest=digest.digest(blob),
            value_digest=values,
            width=width,
            height=height,
            channels=channels,
            bits=stored.bits,
            layout=form.layout,
            rest=form.rest,
            dtype=draft.raster.dtype,
            ids=stored.ids,
            range=stored.range,
            clipped=stored.clipped or None,
        ),
        blob,
    )


def input_kind(raster: Raster) -> Image:
    """Returns the kind of an input image."""
    return Image(bits=quantize.input_bits(raster))


def _levels(draft: Draft) -> Levels:
    if isinstance(draft.kind, Mask):
        return quantize.of_mask(draft.raster)
    if isinstance(draft.kind, Heatmap):
        assert draft.range is not None
        return quantize.of_heatmap(draft.raster, draft.kind.bits, draft.range)
    return quantize.of_image(draft.raster, draft.kind.bits)


@dataclass(frozen=True)
class _Form:
    """The pixels of a PNG, and how to compress them."""

    layout: str
    pixels: Bytes8
    effort: png.Effort = png.FAST
    bands: int = 1
    rest: int | None = None


def _form(kind: Kind, stored: Levels) -> _Form:
    values = np.ascontiguousarray(stored.values)
    if stored.bits > 8:
        return _Form(manifest.SPLIT, split(values), bands=stored.bits // 8)
    if isinstance(kind, Heatmap):
        # Who asks for 8 bits of a number asks for few bytes.
        return _Form(manifest.PLAIN, values, png.SMALL)
    packed = neighbors.pack(values) if isinstance(kind, Mask) else None
    if packed is None:
        return _Form(manifest.PLAIN, values)
    pixels, rest = packed
    return _Form(manifest.NEIGHBORS, pixels, png.RUNS, rest=rest)


def split(values: Array) -> Bytes8:
    """Returns the pixels of the layout `split`, `[n h, w, c]`, of levels `[h, w, c]` of n bytes."""
    height, width, channels = values.shape
    # Differences first: those of bytes would be blind to the carry from low to high ones.
    steps = values.copy()
    steps[1:] -= values[:-1]
    count = values.dtype.itemsize
    pixels = np.empty((count, height, width, channels), np.uint8)
    for place, plane in enumerate(pixels):
        shifted = steps if place == count - 1 else steps >> 8 * (count - 1 - place)
        np.bitwise_and(shifted, 255, out=plane, casting="unsafe")
    return pixels.reshape(count * height, width, channels)
