# SPDX-License-Identifier: Apache-2.0
"""Pixels of existing pictures in an answer of `frames`."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from tests.reading.answers import Bundle


def pixels(bundle: Bundle, sample: dict[str, Any], role: str, frame: int = 0) -> np.ndarray:
    """Decodes a picture of a sample, of an animation its first frame, to `[h, w, c]`."""
    picture = bundle.frames[frame]["pictures"][sample[role]]
    assert picture["layout"] == "encoded"
    with Image.open(io.BytesIO(bundle.blobs[picture["digest"]])) as opened:
        assert opened.size == (picture["width"], picture["height"])
        decoded = np.asarray(opened)
    return decoded[..., None] if decoded.ndim == 2 else decoded
