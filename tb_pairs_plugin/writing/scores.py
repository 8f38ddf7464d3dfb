# SPDX-License-Identifier: Apache-2.0
"""How well a prediction matches its ground truth, one number per sample.

A metric is None ("not measured") where the two pictures differ in size or channels, and where no
pixel counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import numpy as np

from tb_pairs_plugin.writing.arrays import Raster
from tb_pairs_plugin.writing.kinds import Heatmap, Image, Kind, Mask
from tb_pairs_plugin.writing.types import Array

Metrics = Mapping[str, "float | None"]

# A part of a metric's name, split at what is neither a letter nor a digit, that says small is good.
LOWER_IS_BETTER = frozenset(
    {
        "absrel",
        "bce",
        "ce",
        "cost",
        "deltae",
        "dist",
        "distance",
        "distortion",
        "divergence",
        "epe",
        "err",
        "error",
        "fid",
        "hausdorff",
        "hd",
        "hd95",
        "kl",
        "l1",
        "l2",
        "lpips",
        "loss",
        "mae",
        "mape",
        "mse",
        "msle",
        "nll",
        "perplexity",
        "rmse",
        "rmsle",
        "silog",
        "sqrel",
        "xent",
    }
)


def own_names(kind: Kind) -> tuple[str, str]:
    """Returns the names of the metrics that a kind measures by itself, the one to sort by first."""
    if isinstance(kind, Mask):
        return "iou", "accuracy"
    return ("mae", "psnr") if isinstance(kind, Image) else ("mae", "rmse")


def lower_is_better(name: str) -> bool:
    """Says whether a small value of the metric `name` is a good one.

    It is where a word of the name is one of `LOWER_IS_BETTER`: `loss`, `val_mae`, `l1`, but not
    `iou`.
    """
    return not LOWER_IS_BETTER.isdisjoint(re.split(r"[\W_]+", name.lower()))


def measure(kind: Kind, ground_truth: Raster, prediction: Raster) -> dict[str, float | None]:
    """Returns the kind's own metrics of one sample."""
    if ground_truth.values.shape != prediction.values.shape:
        return dict.fromkeys(own_names(kind))
    if isinstance(kind, Mask):
        return mask(ground_truth.values, prediction.values, kind.ignored)
    # A prediction may hold anything; what comes of it is in the result.
    with np.errstate(all="ignore"):
        if isinstance(kind, Heatmap):
            return heatmap(ground_truth.values, prediction.values)
        return image(ground_truth.values, prediction.values)


def image(ground_truth: Array, prediction: Array) -> dict[str, float | None]:
    """Returns the errors of a picture, over all channels, on the scale 0 (black) to 1 (white).

    - `mae` = mean |prediction - ground truth|
    - `psnr` = 10 log10(1 / mean (prediction - ground truth)^2) in dB, infinite for equal pictures
      (https://en.wikipedia.org/wiki/Peak_signal-to-noise_ratio)

    Args:
      ground_truth: `[h, w, c]`; integers are divided by the largest number of 8 or 16 bits.
      prediction: The same shape; its dtype may differ.
    """
    if ground_truth.dtype == np.uint8 and prediction.dtype == np.uint8:
        # Exact sums of integers, without a float copy of the pictures.
        difference = np.maximum(ground_truth, prediction) - np.minimum(ground_truth, prediction)
        counts = np.bincount(difference.ravel(), minlength=256)
        steps = np.arange(256, dtype=np.float64) / 255
        mae, mse = (
            float(counts @ steps) / difference.size,
            float(counts @ steps**2) / difference.size,
        )
    else:
        error = np.abs(_intensity(prediction) - _intensity(ground_truth))
        mae = float(error.mean(dtype=np.float64))
        mse = float(np.square(error, out=error).mean(dtype=np.float64))
    return {"mae": mae, "psnr": float("inf") if mse == 0 else float(-10 * np.log10(mse))}


def mask(
    ground_truth: Array, prediction: Array, ignore: Collection[int] = ()
) -> dict[str, float | None]:
    """Returns how well class ids agree, without the pixels whose ground truth is ignored.

    With TP, FP and FN the numbers of pixels rightly, wrongly and not given to a class:

    - `iou` = the mean of TP / (TP + FP + FN) over the classes that are in the ground truth or in
      the prediction, less the ignored ones (Jaccard, https://en.wikipedia.org/wiki/Jaccard_index)
    - `accuracy` = right pixels / pixels

    Args:
      ground_truth: `[h, w, 1]` class ids.
      prediction: The same shape.
      ignore: Ids that do not count.
    """
    truth, guess = ground_truth.ravel(), prediction.ravel()
    if len(ignore):
        counted = ~np.isin(truth, list(ignore))
        truth, guess = truth[counted], guess[counted]
    if not truth.size:
        return {"iou": None, "accuracy": None}
    right = truth == guess
    ids, truths, guesses, hits = _areas(truth, guess, right)
    union = truths + guesses - hits
    scored = (union > 0) & ~np.isin(ids, list(ignore))
    iou = float(np.mean(hits[scored] / union[scored])) if scored.any() else None
    return {"iou": iou, "accuracy": float(np.count_nonzero(right) / right.size)}


def heatmap(ground_truth: Array, prediction: Array) -> dict[str, float | None]:
    """Returns the errors of one number per pixel, over the pixels where both are finite.

    - `mae` = mean |prediction - ground truth|
    - `rmse` = the square root of mean (prediction - ground truth)^2
      (https://en.wikipedia.org/wiki/Root_mean_square_deviation)

    Args:
      ground_truth: `[h, w, 1]`.
      prediction: The same shape.
    """
    error = prediction.astype(np.float64) - ground_truth
    finite = np.isfinite(error)
    if not finite.all():
        error = error[finite]
    if not error.size:
        return {"mae": None, "rmse": None}
    mae = float(np.abs(error).mean())
    # Scaled, so that large errors don't overflow when squared.
    largest = float(np.abs(error).max()) or 1.0
    return {"mae": mae, "rmse": largest * float(np.sqrt(np.square(error / largest).mean()))}


def _intensity(values: Array) -> Array:
    if values.dtype.kind == "f":
        return values if values.dtype.itemsize > 2 else values.astype(np.float32)
    white = 1 if values.dtype == np.bool_ else 65535 if values.dtype == np.uint16 else 255
    scaled: Array = values.astype(np.float32) / np.float32(white)
    return scaled


def _areas(truth: Array, guess: Array, right: Array) -> tuple[Array, Array, Array, Array]:
    low, high = min(truth.min(), guess.min()), max(truth.max(), guess.max())
    if low >= 0 and high <= 65535:
        size = int(high) + 1
        counts = [np.bincount(ids, minlength=size) for ids in (truth, guess, truth[right])]
        return np.arange(size), counts[0], counts[1], counts[2]
    both = np.concatenate([truth.astype(np.int64), guess.astype(np.int64)])
    ids, index = np.unique(both, return_inverse=True)
    truth, guess = index[: truth.size], index[truth.size :]
    counts = [np.bincount(one, minlength=len(ids)) for one in (truth, guess, truth[right])]
    return ids, counts[0], counts[1], counts[2]
