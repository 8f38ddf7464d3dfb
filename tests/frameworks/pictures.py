# SPDX-License-Identifier: Apache-2.0
"""What all cases write, and what must therefore be read. Needs nothing but NumPy."""

import numpy as np

STEPS = (0, 7)
CLASSES = 5


def photos(step):
    """RGB: ground truth and prediction, uint8 `[3, 6, 5, 3]`, and inputs of half the size."""
    truth = np.random.default_rng(1).integers(0, 256, (3, 6, 5, 3), np.uint8)
    return truth, np.roll(truth, step + 1, axis=1), truth[:, ::2, ::2]


def masks(step):
    """Class ids: two ground truths of unequal sizes, and scores that are highest for `wanted`."""
    rng = np.random.default_rng(2)
    truth = [rng.integers(0, CLASSES, size, np.uint8) for size in ((4, 7), (6, 3))]
    wanted = [(ids + step + 1) % CLASSES for ids in truth]
    scores = [np.eye(CLASSES, dtype=np.float32)[ids] for ids in wanted]
    return truth, scores, wanted


def depths(step):
    """Numbers in [0, 4]: ground truth with a NaN, and prediction, float32 `[2, 5, 6]`."""
    truth = np.random.default_rng(3).uniform(0, 4, (2, 5, 6)).astype(np.float32)
    truth[0, 0, 0] = np.nan
    return truth, np.flip(truth, 1) * np.float32(0.5 + step / 20)


# Of models: the picture of sample i, and the negative that the model makes of it.


def data_set():
    """Grey pictures, float32 in [0, 1] `[20, 6, 5, 1]`, and as the bytes that must be stored."""
    grey = np.random.default_rng(4).integers(0, 100, (20, 6, 5, 1), np.uint8)
    return (grey / np.float32(255)).astype(np.float32), grey


# Every second sample has a target that is not its negative, by an error that grows with its index.
SELECTED = (3, 17, 11)
WORST = (19, 17)


def targets():
    """What the model is to give, float32 `[20, 6, 5, 1]`, and as the bytes that must be stored."""
    grey = data_set()[1]
    wrong = np.arange(20) * (np.arange(20) % 2)
    stored = 254 - grey.astype(int) - 8 * wrong[:, None, None, None]
    return (stored / np.float32(255)).astype(np.float32), stored.astype(np.uint8)
