# SPDX-License-Identifier: Apache-2.0
"""An Estimator (TensorFlow 2.12 to 2.15): pairs of each evaluation, beside its metrics."""

import os
import sys

import tensorflow as tf
from denoising import NOISE, denoise, load

from tb_pairs_plugin.session_hook import PairsHook

v1 = tf.compat.v1

STEPS = 200


def model_fn(features, labels, mode, config):
    restored = denoise(features["noisy"])
    loss = tf.reduce_mean((restored - labels) ** 2)
    train = v1.train.AdamOptimizer(3e-3).minimize(loss, v1.train.get_global_step())
    pictures = PairsHook(
        "digits",
        labels,
        restored,
        output_dir=os.path.join(config.model_dir, "eval"),
        image=features["noisy"],
        description=f"Digits under noise of standard deviation {NOISE}",
    )
    return tf.estimator.EstimatorSpec(
        mode,
        loss=loss,
        train_op=train,
        evaluation_hooks=[pictures],  # not training_hooks: no evaluation calls those
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
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/estimator_basic"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
