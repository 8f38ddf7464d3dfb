# SPDX-License-Identifier: Apache-2.0
"""TensorFlow, eagerly, through the default writer."""

import sys

import tensorflow as tf

from tests.frameworks.cases import steps

with tf.summary.create_file_writer(sys.argv[1]).as_default():
    steps.write_all(None, tf.constant)
