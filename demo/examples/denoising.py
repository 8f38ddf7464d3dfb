# SPDX-License-Identifier: Apache-2.0
"""The data and the model that the three Estimator examples share: noise is taken off digits."""

import numpy as np
import tensorflow as tf
from scenes import digits

NOISE = 0.4


def load():
    """Returns input functions for training and validation.

    Features are `noisy`, float32 [k, 32, 32, 1], and `index`, int64 [k], the place in the data set.
    Labels are the clean pictures.
    """
    clean = digits()
    noise = np.random.default_rng(0).normal(0, NOISE, clean.shape)
    noisy = (clean + noise).clip(0, 1).astype(np.float32)

    def samples(part):
        features = {"noisy": noisy[part], "index": np.arange(len(clean))[part]}
        return tf.data.Dataset.from_tensor_slices((features, clean[part]))

    train, val = slice(300, None), slice(0, 300)
    return (
        lambda: samples(train).shuffle(1500, seed=0).repeat().batch(32),
        lambda: samples(val).batch(32),
    )


def denoise(noisy):
    """Returns clean pictures of noisy ones, both [k, 32, 32, 1]."""
    x = noisy
    for index, (channels, activation) in enumerate([(16, "relu"), (16, "relu"), (1, "sigmoid")]):
        layer = tf.keras.layers.Conv2D(
            channels, 5, padding="same", activation=activation, name=f"layer{index}"
        )
        x = layer(x)
    return x
