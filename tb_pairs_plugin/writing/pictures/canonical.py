# SPDX-License-Identifier: Apache-2.0
"""The caller's values in the one form that is hashed, whatever dtype and layout they had.

It tells whether two ground truths are the same; see "The digest of values" in `docs/format.md`.
"""

from __future__ import annotations

import numpy as np

from tb_pairs_plugin.record import digest
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds import Heatmap, Kind, Mask
from tb_pairs_plugin.writing.pictures import quantize
from tb_pairs_plugin.writing.pictures.quantize import Levels
from tb_pairs_plugin.writing.types import Array


def value_digest(kind: Kind, raster: Raster, stored: Levels) -> str:
    """Returns the digest of the values of a picture.

    Args:
      kind: What they mean.
      raster: The values.
      stored: The same as they are stored.
    """
    values = _values(kind, raster, stored)
    height, width, channels = values.shape
    head = f"{kind.name} {width} {height} {channels} {values.dtype.str[1:]}\n"
    data = np.ascontiguousarray(values).reshape(-1).view(np.uint8).data
    return digest.digest(head.encode("ascii"), data)


def _values(kind: Kind, raster: Raster, stored: Levels) -> Array:
    if isinstance(kind, Heatmap):
        # One zero and one NaN; the sum is a copy.
        numbers = quantize.as_float32(raster.values)[0] + np.float32(0)
        numbers[np.isnan(numbers)] = np.nan
        return _little_endian(numbers)
    values = stored.values
    if isinstance(kind, Mask) and stored.ids is not None:
        ids = np.array(stored.ids)
        values = ids.astype(_fewest_bytes(ids))[values]
    return _little_endian(values)


def _little_endian(values: Array) -> Array:
    return values.astype(values.dtype.newbyteorder("<"), copy=False)


def _fewest_bytes(ids: Array) -> str:
    return "u2" if ids.min() >= 0 and ids.max() <= 65535 else "i8"
