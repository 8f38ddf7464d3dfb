# SPDX-License-Identifier: Apache-2.0
"""The model and the data that `migration_before.py` and `migration_after.py` share."""

import numpy as np
import tensorflow as tf
from scenes import DIGIT_CLASSES, digit_scenes
from tensorflow.keras import layers

EPOCHS = 14


def load():
    """Returns pictures, float32 [n, 64, 64, 1], and class ids, uint8 [n, 64, 64]."""
    return map(np.stack, digit_scenes(408, seed=1))


def build():
    """Returns a compiled model that gives class scores [k, 64, 64, classes]."""
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 1)),
            layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(32, 3, padding="same", dilation_rate=2, activation="relu"),
            layers.Conv2DTranspose(16, 4, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(len(DIGIT_CLASSES), 4, strides=2, padding="same"),
        ]
    )
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.Adam(5e-3), loss)
    return model
