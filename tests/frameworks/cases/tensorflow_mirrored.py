# SPDX-License-Identifier: Apache-2.0
"""Two replicas: their results are joined, and written in the cross-replica context."""

import sys

import tensorflow as tf

import tb_pairs_plugin as pairs
from tests.frameworks import pictures

(cpu,) = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])

x, _ = pictures.data_set()
y, _ = pictures.targets()
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)


@tf.function
def predict(pictures_of_replica):
    return 1 - pictures_of_replica


with tf.summary.create_file_writer(sys.argv[1]).as_default():
    for step in pictures.STEPS:
        for inputs, wanted in strategy.experimental_distribute_dataset(data):
            outputs = strategy.run(predict, [inputs])
            whole = [
                tf.concat(strategy.experimental_local_results(part), 0)
                for part in (wanted, outputs, inputs)
            ]
            assert len(strategy.experimental_local_results(outputs)) == 2
            assert pairs.summary("model", *whole[:2], step, image=whole[2])
