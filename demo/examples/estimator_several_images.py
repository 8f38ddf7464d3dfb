# SPDX-License-Identifier: Apache-2.0
"""An Estimator that shows several things of each evaluation: one hook for each tag.

- a fixed choice of the validation set, by index, whatever the batches;
- the worst of the whole pass;
- what the model took away, as a heatmap beside the noise that was there.
"""

import os
import sys

import tensorflow as tf
from denoising import denoise, load

import tb_pairs_plugin as pairs
from tb_pairs_plugin.session_hook import PairsHook

v1 = tf.compat.v1

STEPS = 200


def model_fn(features, labels, mode, config):
    noisy, index = features["noisy"], features["index"]
    restored = denoise(noisy)
    loss = tf.reduce_mean((restored - labels) ** 2)
    train = v1.train.AdamOptimizer(3e-3).minimize(loss, v1.train.get_global_step())

    place = os.path.join(config.model_dir, "eval")
    chosen = PairsHook(
        "chosen", labels, restored, place, image=noisy, ids=index, select=[3, 14, 159, 265]
    )
    worst = PairsHook(
        "worst", labels, restored, place, image=noisy, ids=index, select=pairs.worst(6, by="psnr")
    )
    noise = PairsHook(
        "noise",
        noisy - labels,
        noisy - restored,
        place,
        ids=index,
        select=[3, 14, 159, 265],
        kind=pairs.Heatmap(range=(-1, 1), colormap="RdBu"),
    )
    return tf.estimator.EstimatorSpec(
        mode, loss=loss, train_op=train, evaluation_hooks=[chosen, worst, noise]
    )


def main(log_dir):
    train, val = load()
    estimator = tf.estimator.Estimator(
        model_fn, log_dir, tf.estimator.RunConfig(tf_random_seed=0, save_checkpoints_steps=40)
    )
    tf.estimator.train_and_evaluate(
        estimator,
        tf.estimator.TrainSpec(train, max_steps=STEPS),
        tf.estimator.EvalSpec(val, steps=None, throttle_secs=0),
    )


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/estimator_several_images"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
