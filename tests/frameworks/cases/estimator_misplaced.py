# SPDX-License-Identifier: Apache-2.0
"""An Estimator whose EVAL spec has a hook as `estimator_misplaced LOGDIR PLACE`."""

import sys

import tensorflow as tf

from tb_pairs_plugin.session_hook import PairsHook
from tests.frameworks import pictures

v1 = tf.compat.v1
x, _ = pictures.data_set()


def read():
    return tf.data.Dataset.from_tensor_slices((x, x)).batch(6)


def model_fn(features, labels, mode, config):
    outputs = v1.get_variable("scale", initializer=1.0) * features
    loss = tf.reduce_mean(outputs)
    train = v1.train.GradientDescentOptimizer(0.0).minimize(loss, v1.train.get_global_step())
    # Metrics in all modes, as many write them: these alone don't make an evaluation.
    metrics = {"mean": v1.metrics.mean(outputs)}
    hook = PairsHook("a", labels, outputs, f"{config.model_dir}/eval")
    place = sys.argv[2] if mode == tf.estimator.ModeKeys.EVAL else "evaluation_hooks"
    return tf.estimator.EstimatorSpec(
        mode, loss=loss, train_op=train, eval_metric_ops=metrics, **{place: [hook]}
    )


estimator = tf.estimator.Estimator(model_fn, sys.argv[1])
tf.estimator.train_and_evaluate(
    estimator,
    tf.estimator.TrainSpec(read, max_steps=2),
    tf.estimator.EvalSpec(read, steps=None, throttle_secs=0),
)
