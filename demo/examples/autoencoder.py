# SPDX-License-Identifier: Apache-2.0
"""An autoencoder with Keras: inputs, feature maps and reconstructions."""

import sys

import keras
from keras import layers
from scenes import photo_crops

import tb_pairs_plugin as pairs

EPOCHS = 8
SIDE = 64  # pixels


def build():
    picture = keras.Input((SIDE, SIDE, 1))
    x = layers.Conv2D(16, 5, strides=2, padding="same", activation="relu", name="edges")(picture)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(x)
    code = layers.Conv2D(6, 3, strides=2, padding="same", name="code")(x)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(code)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(x)
    restored = layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="sigmoid")(x)
    return keras.Model(picture, restored)


def main(log_dir):
    keras.utils.set_random_seed(0)
    train = photo_crops(["camera", "clock", "brick", "gravel", "page"], SIDE, stride=32)
    val = photo_crops(["coins"], SIDE, stride=70)[:8]
    model = build()
    model.compile(keras.optimizers.Adam(3e-3), loss="mse")
    edges = keras.Model(model.input, model.get_layer("edges").output)

    for epoch in range(EPOCHS):
        model.fit(train, train, batch_size=32, initial_epoch=epoch, epochs=epoch + 1, verbose=2)

        restored = model.predict(val, verbose=0)
        pairs.summary("val/reconstruction", val, restored, step=epoch, writer=log_dir)

        # 16 maps of each picture become one grid; each map is stretched to [0, 1] by itself.
        maps = edges.predict(val, verbose=0)  # [8, 32, 32, 16]
        grids = pairs.channel_grid(pairs.normalize(maps, per="channel"))
        pairs.summary("val/edges", val, grids, step=epoch, metrics=False, writer=log_dir)


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/autoencoder"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
