# SPDX-License-Identifier: Apache-2.0
"""Stored integers as the pixels of a PNG: the layouts of `docs/format.md`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tb_pairs_plugin.record import manifest
from tb_pairs_plugin.writing.pictures import neighbors, png
from tb_pairs_plugin.writing.types import Array, Bytes8


@dataclass(frozen=True)
class Layout:
    """The pixels of a PNG, and how to compress them.

    Attributes:
      name: What the record calls it.
      pixels: `[h', w', c]`.
      effort: How to compress them.
      bands: Into how many equal parts of rows they fall, each with a filter of its own.
      literals: Of `neighbors`, how many values equal no neighbor.
    """

    name: str
    pixels: Bytes8
    effort: png.Effort = png.FAST
    bands: int = 1
    literals: int | None = None


def lay_out(values: Array, effort: png.Effort = png.FAST) -> Layout:
    """Returns the layout of integers `[h, w, c]` of any bits; `effort` is for those of 8."""
    values = np.ascontiguousarray(values)
    if values.dtype.itemsize > 1:
        return Layout(manifest.SPLIT, split_bytes(values), bands=values.dtype.itemsize)
    return Layout(manifest.PLAIN, values, effort)


def lay_out_ids(values: Array) -> Layout:
    """Returns the layout of class ids `[h, w, 1]`, most of which equal a neighbor."""
    packed = neighbors.pack(np.ascontiguousarray(values)) if values.dtype.itemsize == 1 else None
    if packed is None:
        return lay_out(values)
    pixels, literals = packed
    return Layout(manifest.NEIGHBORS, pixels, png.RUNS, literals=literals)


def split_bytes(values: Array) -> Bytes8:
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
