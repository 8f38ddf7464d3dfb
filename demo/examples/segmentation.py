# SPDX-License-Identifier: Apache-2.0
"""Segmentation over epochs with TensorFlow: validation pictures of many sizes, read in batches.

Each batch is padded to its largest picture, as the model needs it, and cut back before it is
logged: so no padding is mistaken for class 0. The record of a pass holds its worst pairs.
"""

import sys

import numpy as np
import tensorflow as tf
from scenes import DIGIT_CLASSES, digit_scenes
from tensorflow.keras import layers

import tb_pairs_plugin as pairs

EPOCHS = 12
BATCH = 8
SIZES = [(64, 96), (96, 64), (80, 80)]


def build():
    picture = tf.keras.Input((None, None, 1))
    fine = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(picture)
    coarse = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(fine)
    coarse = layers.Conv2D(32, 3, dilation_rate=2, padding="same", activation="relu")(coarse)
    both = layers.concatenate([fine, layers.UpSampling2D()(coarse)])
    both = layers.Conv2D(24, 3, padding="same", activation="relu")(both)
    return tf.keras.Model(
        picture, layers.UpSampling2D()(layers.Conv2D(len(DIGIT_CLASSES), 1)(both))
    )


def padded(pictures):
    height, width = np.max([picture.shape[:2] for picture in pictures], axis=0)
    return np.stack(
        [
            np.pad(picture, [(0, height - picture.shape[0]), (0, width - picture.shape[1]), (0, 0)])
            for picture in pictures
        ]
    )


def main(log_dir):
    tf.keras.utils.set_random_seed(0)
    train_pictures, train_masks = map(np.stack, digit_scenes(600, seed=1))
    val_pictures, val_masks = digit_scenes(60, seed=2, sizes=SIZES)
    model = build()
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.Adam(5e-3), loss)

    collector = pairs.Collector(
        "val/worst", pairs.worst(6, by="iou"), kind=pairs.Mask(classes=DIGIT_CLASSES)
    )
    with tf.summary.create_file_writer(log_dir).as_default():
        for epoch in range(EPOCHS):
            model.fit(
                train_pictures,
                train_masks,
                sample_weight=np.where(train_masks > 0, 3.0, 1.0),
                batch_size=20,
                initial_epoch=epoch,
                epochs=epoch + 1,
                verbose=2,
            )
            for first in range(0, len(val_pictures), BATCH):
                pictures = val_pictures[first : first + BATCH]
                masks = val_masks[first : first + BATCH]
                scores = model.predict_on_batch(padded(pictures))
                cut = [
                    one[: mask.shape[0], : mask.shape[1]]
                    for one, mask in zip(scores, masks, strict=True)
                ]
                collector.add(masks, cut, image=pictures)
            collector.write(epoch)


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
