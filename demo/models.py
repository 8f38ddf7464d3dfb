# SPDX-License-Identifier: Apache-2.0
"""A small U-Net for each task, for pictures of any size that 8 divides."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers


def segmenter(classes: int, width: int, seed: int) -> keras.Model:
    """Builds a network that tells to which class each pixel belongs.

    Args:
        classes: How many there are.
        width: Channels of the finest level; the others are multiples.
        seed: Of the initial weights.

    Returns:
        A model from [k, h, w, 3] in [0, 1] to scores, [k, h, w, classes].
    """
    seeds = iter(range(1000 * seed, 1000 * (seed + 1)))

    def convolution(x: Any, channels: int, size: int = 3) -> Any:
        start = keras.initializers.HeNormal(next(seeds))
        convolve = layers.Conv2D(
            channels, size, padding="same", use_bias=False, kernel_initializer=start
        )
        return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(convolve(x)))

    picture = layers.Input((None, None, 3))
    # Working on blocks of 2 × 2 pixels costs a quarter of working on pixels.
    blocks = layers.Conv2D(width, 2, strides=2, kernel_initializer=_linear(next(seeds)))(picture)
    fine = convolution(blocks, width)
    middle = convolution(convolution(layers.MaxPool2D()(fine), 2 * width), 3 * width)
    # 5 × 5 cells of 8 × 8 pixels hold a whole digit.
    coarse = convolution(convolution(layers.MaxPool2D()(middle), 8 * width, size=5), 6 * width, 1)
    x = convolution(layers.Concatenate()([layers.UpSampling2D()(coarse), middle]), 2 * width)
    x = convolution(layers.Concatenate()([layers.UpSampling2D()(x), fine]), 2 * width)
    details = layers.Conv2DTranspose(
        classes, 4, strides=2, padding="same", kernel_initializer=_linear(next(seeds))
    )(x)
    # The way round the decoder: with it, digits are told apart after seconds and not minutes.
    outline = layers.Conv2D(classes, 1, kernel_initializer=_linear(next(seeds)))(coarse)
    outline = layers.UpSampling2D(8, interpolation="bilinear")(outline)
    return keras.Model(picture, layers.Add()([details, outline]))


def denoiser(width: int, seed: int) -> keras.Model:
    """Builds a network that finds the noise in a picture and takes it away.

    Args:
        width: Channels of the finest level; the others are multiples.
        seed: Of the initial weights.

    Returns:
        A model from [k, h, w, 3] in [0, 1] to the same.
    """
    seeds = iter(range(1000 * seed, 1000 * (seed + 1)))

    def convolution(x: Any, channels: int) -> Any:
        start = keras.initializers.HeNormal(next(seeds))
        convolve = layers.Conv2D(
            channels, 3, padding="same", activation="relu", kernel_initializer=start
        )
        return convolve(x)

    picture = layers.Input((None, None, 3))
    fine = convolution(convolution(picture, width), width)
    middle = convolution(convolution(layers.AveragePooling2D(2)(fine), 2 * width), 2 * width)
    coarse = convolution(convolution(layers.AveragePooling2D(2)(middle), 3 * width), 2 * width)
    x = convolution(layers.Concatenate()([layers.UpSampling2D()(coarse), middle]), 2 * width)
    x = convolution(layers.Concatenate()([layers.UpSampling2D()(x), fine]), width)
    # Next to no noise at first, so that training begins at the picture as it is.
    start = keras.initializers.RandomNormal(0, 1e-3, seed=next(seeds))
    noise = layers.Conv2D(3, 3, padding="same", kernel_initializer=start)(x)
    return keras.Model(picture, layers.Subtract()([picture, noise]))


def _linear(seed: int) -> keras.Initializer:
    return keras.initializers.GlorotUniform(seed)
