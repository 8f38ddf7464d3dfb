# SPDX-License-Identifier: Apache-2.0
"""Trains two networks on two tasks and logs what they predict for a fixed validation set."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf
from tqdm import tqdm

import tb_pairs_plugin as pairs
from demo import data, models

WIDTHS = {"unet-wide": 12, "unet-narrow": 4}
"""The runs, and how many channels their networks begin with."""

SEGMENTATION = pairs.Mask(
    classes=data.CLASSES,
    colors={
        0: "#20242e",
        1: "#e6194b",
        2: "#f58231",
        3: "#ffd92f",
        4: "#a6d854",
        5: "#2ca25f",
        6: "#46d8e8",
        7: "#4363d8",
        8: "#8e44ad",
        9: "#f032e6",
        10: "#f7b6d2",
    },
)
PROBABILITY = pairs.Heatmap(range=(0, 1), colormap="magma")

Batch = npt.NDArray[np.float32]
Log = Callable[[int, Batch], None]


@dataclass(frozen=True)
class Plan:
    """How much to train.

    Attributes:
        steps: Batches per network and task.
        log_every: Steps from one record to the next.
        examples: Training examples per task.
        batch: Examples per batch.
        scene_side: Of a scene to be segmented in training, in pixels.
        photo_side: Of a photograph to be denoised in training, in pixels.
        height: Of a validation picture, in pixels.
        width: Of a validation picture, in pixels.
    """

    steps: int = 300
    log_every: int = 10
    examples: int = 1200
    batch: int = 12
    scene_side: int = 96
    photo_side: int = 64
    height: int = 160
    width: int = 256


FULL = Plan()
QUICK = Plan(
    steps=4, log_every=2, examples=16, batch=4, scene_side=64, photo_side=48, height=64, width=96
)


def train(directory: Path, plan: Plan) -> None:
    """Trains every network on both tasks, one run directory per network.

    Args:
        directory: The log directory.
        plan: How much to train.
    """
    scenes = data.training_scenes(plan.examples, plan.scene_side, seed=1)
    photos = data.training_photos(plan.examples, plan.photo_side, seed=2)
    validation_scenes = data.validation_scenes(plan.height, plan.width, seed=3)
    validation_photos = data.validation_photos(plan.height, plan.width, seed=4)
    with tqdm(
        total=2 * len(WIDTHS) * plan.steps,
        unit="step",
        mininterval=0.2 if sys.stderr.isatty() else 10,
    ) as bar:
        for run, width in WIDTHS.items():
            with tf.summary.create_file_writer(str(directory / run)).as_default():
                bar.set_description(f"{run}, digits")
                _fit(
                    models.segmenter(len(data.CLASSES), width, seed=1),
                    _class_loss,
                    _batches(scenes.images, scenes.masks, plan),
                    _as_floats(validation_scenes.images),
                    lambda step, scores: _log_segmentation(step, scores, validation_scenes),
                    plan,
                    bar,
                )
                bar.set_description(f"{run}, photos")
                _fit(
                    models.denoiser(width, seed=2),
                    keras.losses.MeanSquaredError(),
                    _batches(photos.noisy, _as_floats(photos.clean), plan),
                    _as_floats(validation_photos.noisy),
                    lambda step, denoised: _log_denoising(step, denoised, validation_photos),
                    plan,
                    bar,
                )


def _log_segmentation(step: int, scores: Batch, scenes: data.Scenes) -> None:
    pairs.summary(
        "digits/classes",
        scenes.masks,
        scores,
        step=step,
        description="Handwritten digits on photographs, one class per digit.",
        image=scenes.images,
        kind=SEGMENTATION,
        ids=scenes.ids,
        captions=scenes.captions,
    )
    chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
    pairs.summary(
        "digits/probability",
        (scenes.masks > 0).astype(np.float32),
        1 - chances[..., 0] / chances.sum(axis=-1),
        step=step,
        description="How sure the network is that a pixel belongs to a digit, whichever it is.",
        image=scenes.images,
        kind=PROBABILITY,
        ids=scenes.ids,
        captions=scenes.captions,
        max_outputs=len(data.VALIDATION_PHOTOS),
    )


def _log_denoising(step: int, denoised: Batch, photos: data.NoisyPhotos) -> None:
    pairs.summary(
        "photos/denoised",
        photos.clean,
        denoised.clip(0, 1),
        step=step,
        description=f"Photographs with Gaussian noise (σ = {data.NOISE:g} of white) taken away.",
        image=photos.noisy,
        kind=pairs.Image(),
        ids=photos.ids,
    )


def _fit(
    model: keras.Model,
    loss: Any,
    batches: tf.data.Dataset,
    inputs: Batch,
    log: Log,
    plan: Plan,
    bar: Any,
) -> None:
    rate = keras.optimizers.schedules.CosineDecay(4e-3, plan.steps)
    # Compiling for XLA takes longer than it saves in so short a training.
    model.compile(keras.optimizers.Adam(rate), loss, jit_compile=False)

    def end_batch(index: int, logs: dict[str, float]) -> None:
        step = index + 1
        bar.update()
        if step % plan.log_every == 0:
            tf.summary.scalar("loss", logs["loss"], step=step)
            log(step, model.predict_on_batch(inputs))

    log(0, model.predict_on_batch(inputs))
    model.fit(
        batches,
        steps_per_epoch=plan.steps,
        shuffle=False,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_train_batch_end=end_batch)],
    )


def _class_loss(masks: tf.Tensor, scores: tf.Tensor) -> tf.Tensor:
    """Cross-entropy in which the background, most of every picture, counts for a tenth."""
    masks = tf.cast(masks, tf.int32)
    weights = tf.where(masks > 0, 1.0, 0.1)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(masks, scores)
    return tf.reduce_sum(weights * losses) / tf.reduce_sum(weights)


def _as_floats(pictures: data.Bytes) -> Batch:
    return np.divide(pictures, 255, dtype=np.float32)


def _batches(inputs: data.Bytes, targets: data.Bytes | Batch, plan: Plan) -> tf.data.Dataset:
    examples = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return (
        examples.shuffle(plan.examples, seed=5)
        .repeat()
        .batch(plan.batch)
        .map(lambda images, wanted: (tf.cast(images, tf.float32) / 255, wanted))
        .prefetch(2)
    )
