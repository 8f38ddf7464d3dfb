# SPDX-License-Identifier: Apache-2.0
"""Super-resolution with Keras: pairs whose two pictures differ in size, kept as they are.

A pyramid doubles the size twice. Its second step is as large as the ground truth; its first is half
as large, and is compared with the same ground truth: nothing has to be resized to log it.
"""

import sys

import keras
from keras import layers
from scenes import photo_crops

import tb_pairs_plugin as pairs

EPOCHS = 6
SIDE = 96  # pixels of the ground truth


def double(name):
    return keras.Sequential(
        [
            layers.Conv2D(24, 3, padding="same", activation="relu"),
            layers.Conv2D(24, 3, padding="same", activation="relu"),
            layers.UpSampling2D(interpolation="bilinear"),
            layers.Conv2D(3, 3, padding="same", kernel_initializer="zeros"),
        ],
        name=f"details_{name}",
    )


def build():
    """Adds learned details to a picture that is merely enlarged, at each doubling."""
    small = keras.Input((SIDE // 4, SIDE // 4, 3))
    half = layers.add([layers.UpSampling2D(interpolation="bilinear")(small), double("half")(small)])
    full = layers.add([layers.UpSampling2D(interpolation="bilinear")(half), double("full")(half)])
    return keras.Model(small, {"half": half, "full": full})


def shrink(pictures, factor):
    return keras.ops.convert_to_numpy(keras.ops.average_pool(pictures, factor, factor))


def main(log_dir):
    keras.utils.set_random_seed(0)
    train = photo_crops(["astronaut", "coffee", "rocket"], SIDE, stride=64)
    val = photo_crops(["cat"], SIDE, stride=100)[:6]
    val_small = shrink(val, 4)
    model = build()
    model.compile(keras.optimizers.Adam(2e-3), loss={"half": "mae", "full": "mae"})

    for epoch in range(EPOCHS):
        model.fit(
            shrink(train, 4),
            {"half": shrink(train, 2), "full": train},
            batch_size=8,
            initial_epoch=epoch,
            epochs=epoch + 1,
            verbose=2,
        )
        predicted = model.predict(val_small, verbose=0)
        for name, pictures in predicted.items():
            pairs.summary(
                f"val/{name}",
                val,  # [6, 96, 96, 3]
                pictures,  # [6, 48, 48, 3] or [6, 96, 96, 3]
                step=epoch,
                image=val_small,  # [6, 24, 24, 3]
                kind=pairs.Image(),
                writer=log_dir,
            )


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/super_resolution"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
