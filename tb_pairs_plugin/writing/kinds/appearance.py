# SPDX-License-Identifier: Apache-2.0
"""What pictures look like, for warnings only: no value decides how a picture is stored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.types import Array

# Ids beyond this are too many to tell from grey levels.
_LARGEST_ID = 63
# Of neighbors, that are equal in a mask; noise and texture have fewer.
_FLAT = 0.9
# A picture of so few values is not a photograph.
_FEW = 3
# Of neighbors that differ, those between whose values lies another of the picture's: a photograph,
# also a compressed one, mostly passes from level to level.
_LEAPS = 0.25
# Of a JPEG: the side of a block, the fewest columns with edges that tell, and their share of edges.
_BLOCK, _SEAMS, _SEAMED = 8, 5, 0.35
_LEAST_PIXELS = 256  # that tell anything
_LOOKED_AT = 8  # pictures
_ROWS = 64
_IGNORED = 255


def look_like_classes(truths: Sequence[Raster], predictions: Sequence[Raster]) -> bool | None:
    """Says whether ground truths that are taken for images look like class ids.

    They do where all have one channel, few small values, and large areas of one value without the
    gradients and noise of photographs; floats only where they are just 0 and 1, and the prediction
    is floats as well, be it probabilities or a score for each class.

    Returns:
      None where nothing can be said, as all is black, or too small.
    """
    seen = False
    pairs = list(zip(truths, predictions, strict=True))[:_LOOKED_AT]
    if any(truth.values.size < _LEAST_PIXELS for truth, _ in pairs):
        return None
    for truth, prediction in pairs:
        ids = _ids(truth.values, prediction.values)
        if ids is None or not _is_flat(ids):
            return False
        seen |= bool((ids != ids.flat[0]).any())
    return True if seen else None


def look_like_scores(truth: Raster, prediction: Raster) -> bool:
    """Says whether a prediction looks like scores of the classes of a ground truth of one channel.

    They are floats of several channels, which no intensities of an image could be. A ground truth
    of floats, which may be an image on the same scale, has classes only where it is just 0 and 1.
    """
    values = prediction.values
    if truth.values.shape[2] > 1 or values.shape[2] < 2 or values.dtype.kind != "f":
        return False
    if truth.values.dtype.kind == "f" and not _is_binary(truth.values):
        return False
    finite = values[np.isfinite(values)]
    return bool(finite.size and (finite.min() < -0.5 or finite.max() > 1.5))


def _ids(truth: Array, prediction: Array) -> Array | None:
    """Returns some rows of possible class ids, without those to ignore, or None."""
    height, _, channels = truth.shape
    if channels != 1:
        return None
    rows = truth[:: max(1, height // _ROWS), :, 0]
    if truth.dtype.kind == "f":
        is_binary = prediction.dtype.kind == "f" and _is_binary(rows)
        return rows.astype(np.uint8) if is_binary else None
    if truth.dtype.kind not in "iu":
        return None
    ids = np.where(rows == _IGNORED, 0, rows).astype(np.int64)
    return ids if ids.max() <= _LARGEST_ID else None


def _is_binary(values: Array) -> bool:
    return bool(((values == 0) | (values == 1)).all())


def are_whole(values: Array) -> bool:
    """Says whether floats are what class ids would be: whole numbers, and small ones."""
    return bool(((values >= 0) & (values <= _LARGEST_ID) & (values == np.floor(values))).all())


def _is_flat(ids: Array) -> bool:
    present, ranks = np.unique(ids, return_inverse=True)
    steps = np.abs(np.diff(ranks.reshape(ids.shape), axis=1))
    edges = np.count_nonzero(steps)
    if edges > (1 - _FLAT) * steps.size or _is_of_blocks(steps):
        return False
    return bool(len(present) <= _FEW or np.count_nonzero(steps > 1) >= _LEAPS * edges)


def _is_of_blocks(steps: Array) -> bool:
    """Says whether edges lie where the blocks of a JPEG meet, as those of a dark photograph do."""
    by_column = np.count_nonzero(steps, axis=0)
    for first in range(_BLOCK):
        between = by_column[first::_BLOCK]
        if np.count_nonzero(between) >= _SEAMS and between.sum() > _SEAMED * by_column.sum():
            return True
    return False
