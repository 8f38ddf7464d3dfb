# SPDX-License-Identifier: Apache-2.0
"""An Estimator that shows pictures on conditions: a tensor's, a function's, a number of steps."""

import os
import sys

import tensorflow as tf
from denoising import denoise, load

from tb_pairs_plugin.session_hook import PairsHook

v1 = tf.compat.v1

STEPS = 200


def is_helped_little(fetched):
    """Says which samples of a batch the model helped less than the others."""
    gain = fetched["metrics"]["gain"]
    return gain < 0.9 * gain.mean()


def model_fn(features, labels, mode, config):
    noisy, index = features["noisy"], features["index"]
    restored = denoise(noisy)
    error = tf.reduce_mean((restored - labels) ** 2, axis=[1, 2, 3])
    before = tf.reduce_mean((noisy - labels) ** 2, axis=[1, 2, 3])
    loss = tf.reduce_mean(error)
    train = v1.train.AdamOptimizer(3e-3).minimize(loss, v1.train.get_global_step())

    place = os.path.join(config.model_dir, "eval")
    bad = PairsHook("bad", labels, restored, place, image=noisy, ids=index, when=error > 1.5 * loss)
    helped_little = PairsHook(
        "helped_little",
        labels,
        restored,
        place,
        image=noisy,
        ids=index,
        metrics={"gain": before - error},
        when=is_helped_little,
    )
    while_training = PairsHook("training", labels, restored, config.model_dir, every_steps=50)
    return tf.estimator.EstimatorSpec(
        mode,
        loss=loss,
        train_op=train,
        training_hooks=[while_training],
        evaluation_hooks=[bad, helped_little],
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
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/estimator_conditional"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
