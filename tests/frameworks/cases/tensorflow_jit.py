# SPDX-License-Identifier: Apache-2.0
"""A function for XLA that calls `pairs.summary`; prints the error that its user gets."""

import sys

import tensorflow as tf

import tb_pairs_plugin as pairs
from tests.frameworks import pictures


@tf.function(jit_compile=True)
def step(x):
    pairs.summary("photo", x, x, 0)
    return x


with tf.summary.create_file_writer(sys.argv[1]).as_default():
    try:
        step(tf.constant(pictures.photos(0)[0]))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
