# SPDX-License-Identifier: Apache-2.0
"""Keras: the same few validation samples after every epoch, and the worst of all of them."""

import sys

import keras
import numpy as np
from keras import layers
from scenes import digits

import tb_pairs_plugin as pairs
from tb_pairs_plugin.keras import PairsCallback

EPOCHS = 6


def build():
    return keras.Sequential(
        [
            keras.Input((32, 32, 1)),
            layers.Conv2D(16, 5, padding="same", activation="relu"),
            layers.Conv2D(16, 5, padding="same", activation="relu"),
            layers.Conv2D(1, 5, padding="same", activation="sigmoid"),
        ]
    )


def main(log_dir):
    keras.utils.set_random_seed(0)
    clean = digits()
    noise = np.random.default_rng(0).normal(0, 0.4, clean.shape)
    noisy = (clean + noise).clip(0, 1).astype(np.float32)
    train, val = slice(0, 1500), slice(1500, None)

    model = build()
    model.compile(keras.optimizers.Adam(3e-3), loss="mse")
    validation = (noisy[val], clean[val])
    model.fit(
        noisy[train],
        clean[train],
        batch_size=64,
        epochs=EPOCHS,
        validation_data=validation,
        verbose=2,
        callbacks=[
            PairsCallback(validation, log_dir, name="chosen", select=[3, 14, 159, 265], image=True),
            PairsCallback(
                validation, log_dir, name="worst", select=pairs.worst(8, by="psnr"), image=True
            ),
        ],
    )


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/validation_subset"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
