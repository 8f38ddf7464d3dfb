# SPDX-License-Identifier: Apache-2.0
"""A `MonitoredTrainingSession` of TensorFlow 1 with a hook."""

import sys

import tensorflow as tf

import tb_pairs_plugin as pairs
from tb_pairs_plugin.session_hook import PairsHook
from tests.frameworks import pictures

v1 = tf.compat.v1
x, _ = pictures.data_set()
y, _ = pictures.targets()

with tf.Graph().as_default():
    data = tf.data.Dataset.from_tensor_slices((tf.range(20), x, y)).batch(6).repeat()
    index, inputs, wanted = v1.data.make_one_shot_iterator(data).get_next()
    outputs = 1 - inputs
    step = v1.train.get_or_create_global_step()
    train = v1.assign_add(step, 1)
    hooks = [
        # Four batches are one pass; a record at the first and every third batch.
        PairsHook("model", wanted, outputs, sys.argv[1], image=inputs, ids=index, every_steps=3),
        PairsHook("subset", wanted, outputs, sys.argv[1], ids=index, select=pictures.SELECTED),
        PairsHook("worst", wanted, outputs, sys.argv[1], ids=index, select=pairs.worst(2)),
    ]
    with v1.train.MonitoredTrainingSession(hooks=hooks) as session:
        for _ in range(4):
            session.run(train)
