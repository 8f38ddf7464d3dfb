# SPDX-License-Identifier: Apache-2.0
"""Pairs of a fixed part of a data set, or of its worst samples, while Keras trains.

    from tb_pairs_plugin.keras import PairsCallback

    pictures = PairsCallback((x_val, y_val), "logs/validation", select=[3, 14, 159], image=True)
    model.fit(x, y, validation_data=(x_val, y_val), epochs=20, callbacks=[pictures])

Works on the TensorFlow, JAX and torch backends of Keras 3, whichever Keras is set to, and with the
`tf.keras` of TensorFlow 2.15. On JAX and torch nothing of TensorFlow is needed.
"""

from tb_pairs_plugin.keras.callback import PairsCallback

__all__ = ["PairsCallback"]
