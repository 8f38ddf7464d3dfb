# SPDX-License-Identifier: Apache-2.0
"""The loop that most cases have in common."""

import tb_pairs_plugin as pairs
from tests.frameworks import pictures


def write_all(writer, convert=lambda array: array):
    """Writes each kind at each step; `convert` makes the library's arrays."""
    for step in pictures.STEPS:
        write(step, writer, convert)


def write(step, writer, convert=lambda array: array):
    """Writes each kind at one step."""
    truth, prediction, image = pictures.photos(step)
    assert pairs.summary(
        "photo", convert(truth), convert(prediction), step, image=convert(image), writer=writer
    )
    truth, scores, _ = pictures.masks(step)
    assert pairs.summary(
        "mask",
        [convert(ids) for ids in truth],
        [convert(one) for one in scores],
        step,
        kind=pairs.Mask(),
        writer=writer,
    )
    truth, prediction = pictures.depths(step)
    kind = pairs.Heatmap(range=(0, 4))
    assert pairs.summary(
        "depth", convert(truth), convert(prediction), step, kind=kind, writer=writer
    )
