# SPDX-License-Identifier: Apache-2.0
"""Pictures for the tests of importing, and the grids that training code makes of them."""

import io
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image


def photo(seed: int, height: int = 24, width: int = 32, channels: int = 3) -> np.ndarray:
    """Returns a picture `[h, w, c]` that looks like nothing else but another of the same seed."""
    rng = np.random.default_rng(seed)
    small = rng.integers(20, 230, (6, 8, channels)).astype(np.uint8)
    return np.kron(small, np.ones((height // 6, width // 8, 1), np.uint8))


def noisy(picture: np.ndarray, seed: int = 0, levels: int = 12) -> np.ndarray:
    """Returns a prediction of a picture: the same with noise."""
    noise = np.random.default_rng(seed).integers(-levels, levels + 1, picture.shape)
    return np.clip(picture.astype(int) + noise, 1, 254).astype(np.uint8)


def grid(samples: Sequence[np.ndarray], columns: int = 8, padding: int = 2) -> np.ndarray:
    """Returns the picture that `torchvision.utils.make_grid` makes of samples of one size."""
    height, width, channels = samples[0].shape
    columns = min(columns, len(samples))
    rows = math.ceil(len(samples) / columns)
    whole = np.zeros(
        (rows * (height + padding) + padding, columns * (width + padding) + padding, channels),
        samples[0].dtype,
    )
    for i, sample in enumerate(samples):
        top = padding + i // columns * (height + padding)
        left = padding + i % columns * (width + padding)
        whole[top : top + height, left : left + width] = sample
    return whole


def encoded(picture: np.ndarray, form: str = "PNG", **options: object) -> bytes:
    """Returns a picture as a file."""
    stream = io.BytesIO()
    pixels = picture[..., 0] if picture.shape[-1] == 1 else picture
    Image.fromarray(pixels).save(stream, form, **options)
    return stream.getvalue()
