# SPDX-License-Identifier: Apache-2.0
"""The stored values of a picture, read by Pillow and the rules of `docs/format.md` alone."""

import io
from typing import Any

import numpy as np
from PIL import Image


def stored_values(blob: bytes, entry: dict[str, Any]) -> np.ndarray:
    """Returns the values `[h, w, c]` of a blob; `entry` is what the manifest says of it."""
    pixels = np.asarray(Image.open(io.BytesIO(blob)))
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    height, width, channels = entry["height"], entry["width"], entry["channels"]
    if entry["layout"] == "split":
        count = entry["bits"] // 8
        assert count in (2, 4)
        assert pixels.shape == (count * height, width, channels)
        planes = pixels.reshape(count, height, width, channels)
        steps = np.zeros((height, width, channels), f"u{count}")
        for plane in planes:
            steps = steps * 256 + plane
        return np.cumsum(steps, axis=0, dtype=steps.dtype)
    assert entry["bits"] == 8
    if entry["layout"] == "neighbors":
        assert channels == 1
        return _told_by_neighbors(pixels[..., 0], height, width, entry["literals"])[..., None]
    assert pixels.shape == (height, width, channels)
    return pixels


def _told_by_neighbors(pixels: np.ndarray, height: int, width: int, count: int) -> np.ndarray:
    rows, columns = -(-height // 2), -(-width // 2)
    assert pixels.shape == (rows - (-count // columns), columns)
    codes = np.zeros((2 * rows, 2 * columns), np.uint8)
    for y, x in np.ndindex(2, 2):
        codes[y::2, x::2] = pixels[:rows] >> 4 * y + 2 * x & 3
    assert not codes[height:].any()
    assert not codes[:, width:].any()
    rest = pixels[rows:].ravel()
    assert not rest[count:].any()
    assert np.count_nonzero(codes == 3) == count
    left = iter(rest.tolist())
    values = np.zeros((1 + height, 1 + width), np.uint8)
    for y, x in np.ndindex(height, width):
        # Of the value itself, which is right of and below the zeros around it.
        neighbors = values[y, x + 1], values[y + 1, x], values[y, x]
        code = codes[y, x]
        values[y + 1, x + 1] = next(left) if code == 3 else neighbors[code]
    return values[1:, 1:]
