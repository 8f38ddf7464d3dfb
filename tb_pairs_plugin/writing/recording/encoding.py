# SPDX-License-Identifier: Apache-2.0
"""From the values of a draft to its PNG and how to read it; the kind says how."""

from __future__ import annotations

import numpy as np

from tb_pairs_plugin.record import digest, manifest
from tb_pairs_plugin.writing.pictures import png
from tb_pairs_plugin.writing.pictures.quantize import Quantized
from tb_pairs_plugin.writing.recording import instability
from tb_pairs_plugin.writing.recording.draft import Draft


def encode(draft: Draft) -> tuple[manifest.Picture, bytes]:
    """Returns how to read the picture of a draft, and its PNG.

    Raises:
      DataError: If it holds more class ids than can be stored.
    """
    # What can't be stored as a number is stored as a code, or clipped, and counted.
    with np.errstate(all="ignore"):
        stored = draft.kind.quantize(draft.raster, draft.range)
        values = _digest_values(draft, stored) if draft.is_truth else None
    before = draft.values_before
    if before is not None and instability.may_keep(stored, before):
        draft.quantized = stored
    layout = draft.kind.lay_out(stored)
    blob = png.encode(layout.pixels, layout.effort, layout.bands)
    height, width, channels = stored.values.shape
    picture = manifest.Picture(
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
    )
    return picture, blob


def _digest_values(draft: Draft, stored: Quantized) -> str:
    """Returns what tells whether two pictures have the same values, by `docs/format.md`."""
    values = draft.kind.canonicalize(draft.raster, stored)
    values = values.astype(values.dtype.newbyteorder("<"), copy=False)
    height, width, channels = values.shape
    head = f"{draft.kind.name} {width} {height} {channels} {values.dtype.str[1:]}\n"
    data = np.ascontiguousarray(values).reshape(-1).view(np.uint8).data
    return digest.digest(head.encode("ascii"), data)
