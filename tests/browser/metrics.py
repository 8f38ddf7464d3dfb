# SPDX-License-Identifier: Apache-2.0
"""The metrics of kinds, worked out with NumPy: from ground truth, prediction and ids to ignore."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

Array = NDArray[Any]
# What a metric's name says of which end is the good one.
SMALL_IS_GOOD = {"mae", "rmse", "epe", "ae", "instability"}


def ratio(part: Array, whole: Array) -> float | None:
    """The share of true elements; None of nothing."""
    return float(part.sum() / whole.sum()) if whole.any() else None


def iou(truth: Array, prediction: Array, skipped: list[int]) -> float | None:
    judged = ~np.isin(truth, skipped)
    scores = []
    for one in set(np.unique(truth[judged])) | set(np.unique(prediction[judged])):
        if one not in skipped:
            was, got = (truth == one) & judged, (prediction == one) & judged
            scores.append((was & got).sum() / (was | got).sum())
    return float(np.mean(scores)) if scores else None


def accuracy(truth: Array, prediction: Array, skipped: list[int]) -> float | None:
    judged = ~np.isin(truth, skipped)
    return ratio((truth == prediction) & judged, judged)


def mae(truth: Array, prediction: Array, _: list[int]) -> float:
    return float(np.abs(prediction - truth).mean())


def rmse(truth: Array, prediction: Array, _: list[int]) -> float:
    return float(np.sqrt(((prediction - truth) ** 2).mean()))


def psnr(truth: Array, prediction: Array, _: list[int]) -> float:
    mse = ((prediction - truth) ** 2).mean()
    return math.inf if mse == 0 else float(-10 * np.log10(mse))


def epe(truth: Array, prediction: Array, _: list[int]) -> float:
    return float(np.linalg.norm(prediction - truth, axis=2).mean())


def ae(truth: Array, prediction: Array, _: list[int]) -> float:
    ends = [np.dstack([one, np.ones(one.shape[:2])]) for one in (truth, prediction)]
    units = [one / np.linalg.norm(one, axis=2, keepdims=True) for one in ends]
    cosine = np.clip((units[0] * units[1]).sum(2), -1, 1)
    return float(np.degrees(np.arccos(cosine)).mean())


def ssim(truth: Array, prediction: Array) -> float:
    """Returns the mean SSIM of the luma, as scikit-image has it."""
    luma = np.array([0.299, 0.587, 0.114])
    pair = (one @ luma if one.ndim == 3 else one for one in (truth, prediction))
    window = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
    return float(structural_similarity(*pair, data_range=1, **window))


def changed_classes(before: Array, now: Array, skipped: list[int]) -> float | None:
    judged = ~np.isin(before, skipped)
    return ratio((before != now) & judged, judged)


def changed_colors(before: Array, now: Array) -> float:
    """Intensities that differ by a twentieth of full scale."""
    apart = np.abs(now - before) >= 0.05
    return float((apart.any(-1) if apart.ndim == 3 else apart).mean())


def changed_numbers(before: Array, now: Array, shown: tuple[float, float]) -> float | None:
    """Numbers that differ by a twentieth of the range of the colours; all are finite here."""
    return float((np.abs(now - before) >= 0.05 * (shown[1] - shown[0])).mean())


def changed_flow(before: Array, now: Array) -> float:
    """Vectors that end a pixel or more from where they ended."""
    return float((np.linalg.norm(now - before, axis=2) >= 1).mean())


METRICS: dict[str, Callable[[Array, Array, list[int]], float | None]] = {
    one.__name__: one for one in (iou, accuracy, mae, rmse, psnr, epe, ae)
}
