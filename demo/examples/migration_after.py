# SPDX-License-Identifier: Apache-2.0
"""`migration_before.py` with `pairs.summary`: ids, scores and pictures go in as they are."""

import sys

import tensorflow as tf
from migration_model import EPOCHS, build, load
from scenes import DIGIT_CLASSES

import tb_pairs_plugin as pairs


def main(log_dir):
    pictures, masks = load()
    model = build()

    with tf.summary.create_file_writer(log_dir).as_default():
        for epoch in range(EPOCHS):
            model.fit(pictures[8:], masks[8:], batch_size=20, verbose=2)
            scores = model.predict(pictures[:8], verbose=0)
            pairs.summary(
                "val/segmentation",
                masks[:8],
                scores,
                step=epoch,
                image=pictures[:8],
                kind=pairs.Mask(classes=DIGIT_CLASSES),
            )


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/migration_after"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
