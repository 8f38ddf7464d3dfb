# SPDX-License-Identifier: Apache-2.0
"""How well a prediction matches its ground truth, one number per sample.

A metric is None ("not measured") where the two pictures differ in size or channels, and where no
pixel counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from tb_pairs_plugin.writing import counts
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.counts import Counts
from tb_pairs_plugin.writing.kinds import Heatmap, Image, Kind, Mask
from tb_pairs_plugin.writing.pictures import quantize
from tb_pairs_plugin.writing.types import Array

_CACHED = 65_536  # values worked on at a time, so that they stay in the processor's cache

Metrics = Mapping[str, "float | None"]


@dataclass(frozen=True)
class Measured:
    """What is measured of one sample; `counts` only of masks of one size with few classes."""

    metrics: dict[str, float | None]
    counts: Counts | None = None


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
        "rel",
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


def measure(kind: Kind, ground_truth: Raster, prediction: Raster) -> Measured:
    """Returns the kind's own metrics of one sample, and for masks the counts they come from."""
    if ground_truth.values.shape != prediction.values.shape:
        return Measured(dict.fromkeys(own_names(kind)))
    if isinstance(kind, Mask):
        found = counts.count(ground_truth.values, prediction.values, kind.ignored)
        return Measured(mask(found, kind.ignored), found if found.is_of_use else None)
    # A prediction may hold anything; what comes of it is in the result.
    with np.errstate(all="ignore"):
        if isinstance(kind, Heatmap):
            return Measured(heatmap(ground_truth.values, prediction.values))
        return Measured(image(ground_truth, prediction, kind.bits))


def image(ground_truth: Raster, prediction: Raster, bits: int) -> dict[str, float | None]:
    """Returns the errors of a picture, over all channels, on the scale 0 (black) to 1 (white).

    They are of what is stored and shown. With t and p the stored integers of the two pictures, each
    divided by the white of its own bits, 2^bits - 1:

    - `mae` = mean |p - t|
    - `psnr` = 10 log10(1 / mean (p - t)^2) in dB, infinite for equal pictures
      (https://en.wikipedia.org/wiki/Peak_signal-to-noise_ratio)

    Args:
      ground_truth: `[h, w, c]`; floats count as rounded to 1/(2^bits - 1), and what is below black
        or above white as clipped.
      prediction: The same shape; its dtype may differ.
      bits: Of the kind.
    """
    truth, guess = (quantize.of_image(one, bits) for one in (ground_truth, prediction))
    if truth.bits == guess.bits == 8:
        white, apart = 255, _bytes_apart
    else:
        white, apart = 65535, _words_apart
    total, squares = _sums(truth.values, guess.values, apart)
    mse = squares / (white**2 * truth.values.size)
    return {
        "mae": total / (white * truth.values.size),
        "psnr": float("inf") if mse == 0 else float(-10 * np.log10(mse)),
    }


def mask(found: Counts, ignore: Collection[int] = ()) -> dict[str, float | None]:
    """Returns how well class ids agree, without the pixels whose ground truth is ignored.

    With TP, FP and FN the numbers of pixels rightly, wrongly and not given to a class:

    - `iou` = the mean of TP / (TP + FP + FN) over the classes that are in the ground truth or in
      the prediction, less the ignored ones (Jaccard, https://en.wikipedia.org/wiki/Jaccard_index)
    - `accuracy` = right pixels / pixels

    Args:
      found: The counts of the sample.
      ignore: Ids that do not count.
    """
    pixels = found.truths.sum()
    if not pixels:
        return {"iou": None, "accuracy": None}
    scored = ~np.isin(found.ids, list(ignore))
    hits = found.hits[scored]
    union = found.truths[scored] + found.guesses[scored] - hits
    iou = float(np.mean(hits / union)) if union.size else None
    return {"iou": iou, "accuracy": float(found.hits.sum() / pixels)}


def heatmap(ground_truth: Array, prediction: Array) -> dict[str, float | None]:
    """Returns the errors of one number per pixel, over the pixels where both are finite.

    - `mae` = mean |prediction - ground truth|
    - `rmse` = the square root of mean (prediction - ground truth)^2
      (https://en.wikipedia.org/wiki/Root_mean_square_deviation)

    Args:
      ground_truth: `[h, w, 1]`.
      prediction: The same shape.
    """
    total, squares = _sums(ground_truth, prediction, _numbers_apart)
    if np.isfinite(total) and np.isfinite(squares):
        return {
            "mae": total / ground_truth.size,
            "rmse": float(np.sqrt(squares / ground_truth.size)),
        }
    with np.errstate(invalid="ignore", over="ignore"):
        error = np.abs(prediction.astype(np.float64) - ground_truth)
    error = error[np.isfinite(error)]
    if not error.size:
        return {"mae": None, "rmse": None}
    # Scaled, so that large errors don't overflow when squared or summed up.
    largest = float(error.max()) or 1.0
    error /= largest
    return {
        "mae": largest * float(error.mean()),
        "rmse": largest * float(np.sqrt(np.square(error).mean())),
    }


def _sums(
    truth: Array, guess: Array, apart: Callable[[Array, Array], Array]
) -> tuple[float, float]:
    """Returns the sum over all values of how far they are `apart`, and that of its squares."""
    truth, guess = truth.ravel(), guess.ravel()
    total = squares = 0.0
    with np.errstate(invalid="ignore", over="ignore"):
        for start in range(0, truth.size, _CACHED):
            part = slice(start, start + _CACHED)
            error = apart(truth[part], guess[part])
            wide = np.uint32 if error.dtype == np.uint16 else np.float64
            total += float(error.sum(dtype=wide))
            np.multiply(error, error, out=error)
            squares += float(error.sum(dtype=wide))
    return total, squares


def _bytes_apart(truth: Array, guess: Array) -> Array:
    # The square of a byte fits in 16 bits, and the sum of _CACHED of these in 32.
    error = np.maximum(truth, guess)
    error -= np.minimum(truth, guess)
    return error.astype(np.uint16)


def _words_apart(truth: Array, guess: Array) -> Array:
    truth, guess = _as_words(truth), _as_words(guess)
    return (np.maximum(truth, guess) - np.minimum(truth, guess)).astype(np.float64)


def _as_words(values: Array) -> Array:
    # White of 8 bits becomes white of 16: 255 * 257 = 65535.
    return values if values.dtype == np.uint16 else values * np.uint16(257)


def _numbers_apart(truth: Array, guess: Array) -> Array:
    error: Array = np.subtract(guess, truth, dtype=np.float64)
    return np.abs(error, out=error)
