# SPDX-License-Identifier: Apache-2.0
"""`Model.fit` of whichever Keras and backend: `keras_fit LOGDIR BACKEND`."""

import sys

import keras

import tb_pairs_plugin as pairs
from tb_pairs_plugin.keras import PairsCallback
from tests.frameworks import pictures

logdir, backend = sys.argv[1:]
if hasattr(keras, "ops"):
    assert keras.backend.backend() == backend
x, _ = pictures.data_set()
y, _ = pictures.targets()

model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Conv2D(1, 1)])
model.set_weights([-model.get_weights()[0] * 0 - 1, model.get_weights()[1] * 0 + 1])
model.compile(keras.optimizers.SGD(0.0), "mae", jit_compile=True if backend == "jax" else None)
model.fit(
    x,
    y,
    epochs=8,
    verbose=0,
    callbacks=[
        PairsCallback((x, y), logdir, name="model", select=range(20), image=True, every=7),
        PairsCallback((x, y), logdir, name="subset", select=pictures.SELECTED, every=7),
        PairsCallback((x, y), logdir, name="worst", select=pairs.worst(2), every=7, batch_size=6),
    ],
)
if backend != "tensorflow":
    assert "tensorflow" not in sys.modules
