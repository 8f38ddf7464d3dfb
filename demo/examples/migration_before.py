# SPDX-License-Identifier: Apache-2.0
"""How pairs are often logged: pasted together and given to `tf.summary.image`.

See docs/migrating.md for what gets lost on the way. `migration_after.py` is the same program with
`pairs.summary`.
"""

import sys

import numpy as np
import tensorflow as tf
from migration_model import EPOCHS, build, load

PALETTE = np.array([[0, 0, 0], [230, 75, 53], [77, 187, 213], [0, 160, 135], [60, 84, 136]])


def main(log_dir):
    pictures, masks = load()
    model = build()

    with tf.summary.create_file_writer(log_dir).as_default():
        for epoch in range(EPOCHS):
            model.fit(pictures[8:], masks[8:], batch_size=20, verbose=2)
            predicted = model.predict(pictures[:8], verbose=0).argmax(-1)
            strips = np.concatenate(
                [
                    np.repeat(pictures[:8], 3, axis=-1),
                    PALETTE[masks[:8]] / 255,
                    PALETTE[predicted] / 255,
                ],
                axis=2,
            )
            tf.summary.image("val/strips", strips, step=epoch, max_outputs=8)


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/migration_before"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
