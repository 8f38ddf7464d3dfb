# SPDX-License-Identifier: Apache-2.0
"""Small data sets for the examples, made from pictures that scikit-learn and scikit-image carry.

Replace these with your own data: the examples use nothing else of this file.
"""

import numpy as np
import skimage
from sklearn.datasets import load_digits

DIGIT_CLASSES = {0: "background", 1: "zero", 2: "one", 3: "two", 4: "three"}
"""Class ids of `digit_scenes` masks, with their names."""


def digits():
    """Returns 1,797 handwritten digits: float32 in [0, 1], shape [1797, 32, 32, 1]."""
    small = load_digits().images.astype(np.float32) / 16
    return np.stack([skimage.transform.resize(picture, (32, 32)) for picture in small])[..., None]


def digit_scenes(count, seed, sizes=((64, 64),)):
    """Makes pictures with a few digits on a noisy slope, and which digit each pixel belongs to.

    Args:
        count: how many.
        seed: of the random numbers; the same seed gives the same scenes.
        sizes: (height, width) to choose from, in pixels.

    Returns:
        A list of `count` pictures, float32 in [0, 1], shape [h, w, 1], and a list of `count`
        masks, uint8 ids of `DIGIT_CLASSES`, shape [h, w].
    """
    rng = np.random.default_rng(seed)
    data = load_digits(n_class=4)
    strokes = np.kron(data.images / 16, np.ones((1, 3, 3))).astype(np.float32)
    side = strokes.shape[1]
    pictures, masks = [], []
    for _ in range(count):
        height, width = sizes[rng.integers(len(sizes))]
        slope = np.linspace(0, 0.3, width) * rng.random() + rng.normal(0, 0.05, (height, width))
        picture = slope.astype(np.float32)
        mask = np.zeros((height, width), np.uint8)
        for _ in range(height * width // 500):
            pick = rng.integers(len(strokes))
            top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
            if mask[top : top + side, left : left + side].any():
                continue
            stroke = strokes[pick]
            picture[top : top + side, left : left + side] += 0.7 * stroke
            mask[top : top + side, left : left + side][stroke > 0.4] = data.target[pick] + 1
        pictures.append(picture.clip(0, 1)[..., None])
        masks.append(mask)
    return pictures, masks


def photo_crops(names, side, stride):
    """Cuts bundled photographs into squares.

    Args:
        names: of functions of `skimage.data`, such as "astronaut".
        side: of a square, in pixels.
        stride: from one square to the next, in pixels.

    Returns:
        float32 in [0, 1], shape [n, side, side, c].
    """
    crops = []
    for name in names:
        photo = skimage.util.img_as_float32(getattr(skimage.data, name)())
        photo = photo.reshape(*photo.shape[:2], -1)
        crops += [
            photo[top : top + side, left : left + side]
            for top in range(0, photo.shape[0] - side + 1, stride)
            for left in range(0, photo.shape[1] - side + 1, stride)
        ]
    return np.stack(crops)
