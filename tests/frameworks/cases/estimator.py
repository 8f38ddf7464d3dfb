# SPDX-License-Identifier: Apache-2.0
"""An Estimator: `train_and_evaluate`, with hooks in both modes."""

import sys

import tensorflow as tf

import tb_pairs_plugin as pairs
from tb_pairs_plugin.session_hook import PairsHook
from tests.frameworks import pictures

v1 = tf.compat.v1
x, _ = pictures.data_set()
y, _ = pictures.targets()


def read():
    return tf.data.Dataset.from_tensor_slices(({"index": tf.range(20), "x": x}, y)).batch(6)


def model_fn(features, labels, mode, config):
    scale = v1.get_variable("scale", initializer=1.0)
    outputs = scale - features["x"]
    loss = tf.reduce_mean(abs(outputs - labels))
    optimizer = v1.train.GradientDescentOptimizer(learning_rate=0.0)
    train = optimizer.minimize(loss, v1.train.get_global_step())
    index = features["index"]
    place = f"{config.model_dir}/eval"
    evaluation = [
        PairsHook("model", labels, outputs, place, image=features["x"], max_outputs=20),
        PairsHook("subset", labels, outputs, place, ids=index, select=pictures.SELECTED),
        PairsHook("worst", labels, outputs, place, ids=index, select=pairs.worst(2)),
    ]
    training = [PairsHook("training", labels, outputs, config.model_dir, every_steps=4)]
    return tf.estimator.EstimatorSpec(
        mode, loss=loss, train_op=train, training_hooks=training, evaluation_hooks=evaluation
    )


estimator = tf.estimator.Estimator(model_fn, sys.argv[1])
tf.estimator.train_and_evaluate(
    estimator,
    tf.estimator.TrainSpec(lambda: read().repeat(), max_steps=7),
    tf.estimator.EvalSpec(read, steps=None, throttle_secs=0),
)
