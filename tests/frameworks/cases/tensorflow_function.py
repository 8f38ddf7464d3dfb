# SPDX-License-Identifier: Apache-2.0
"""TensorFlow, inside a `tf.function` that is traced once."""

import sys

import tensorflow as tf

import tb_pairs_plugin as pairs
from tests.frameworks import pictures


@tf.function
def write(step, photos, masks, depths):
    truth, prediction, image = photos
    ids, scores = masks
    depth, predicted = depths
    return (
        pairs.summary("photo", truth, prediction, step, image=image)
        & pairs.summary("mask", ids, scores, step, kind=pairs.Mask())
        & pairs.summary("depth", depth, predicted, step, kind=pairs.Heatmap(range=(0, 4)))
    )


def constants(arrays):
    return tf.nest.map_structure(tf.constant, arrays)


with tf.summary.create_file_writer(sys.argv[1]).as_default():
    for step in pictures.STEPS:
        assert write(
            tf.constant(step, tf.int64),
            constants(pictures.photos(step)),
            constants(pictures.masks(step)[:2]),
            constants(pictures.depths(step)),
        )
assert write.experimental_get_tracing_count() == 1
