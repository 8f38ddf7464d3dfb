# SPDX-License-Identifier: Apache-2.0
"""How well a prediction matches its ground truth, one number per sample.

A metric is None ("not measured") where the two pictures differ in size or channels, and where no
pixel counts.
"""

from __future__ import annotations

import re

import numpy as np

from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds.kind import Kind, Measured

# Words in the names of callers' metrics, split at all but letters and digits: lower is better.
LOWER_IS_BETTER = frozenset(
    {
        "absrel",
        "ae",
        "asd",
        "assd",
        "bce",
        "brier",
        "brisque",
        "ce",
        "cer",
        "chamfer",
        "cost",
        "deltae",
        "dist",
        "distance",
        "distortion",
        "dists",
        "divergence",
        "ece",
        "epe",
        "err",
        "error",
        "fid",
        "fvd",
        "hausdorff",
        "hd",
        "hd95",
        "instability",
        "kid",
        "kl",
        "l1",
        "l2",
        "loss",
        "lpips",
        "mae",
        "mape",
        "mse",
        "msle",
        "niqe",
        "nll",
        "nmse",
        "nrmse",
        "perplexity",
        "rel",
        "rmse",
        "rmsle",
        "silog",
        "smape",
        "sqrel",
        "wer",
        "xent",
    }
)


def is_lower_better(name: str, kind: Kind) -> bool:
    """Says whether a small value of a metric is a good one.

    The kind knows it of its own metrics. Of another it is so where a word of its name is one of
    `LOWER_IS_BETTER`: `loss`, `val_mae`, `l1`, but not `dice`.

    Args:
      name: Of the metric.
      kind: Of the pairs that it measures.
    """
    if name in kind.own_metrics:
        return kind.own_metrics[name] == "lower"
    return not LOWER_IS_BETTER.isdisjoint(re.split(r"[\W_]+", name.lower()))


def measure(kind: Kind, truth: Raster, prediction: Raster) -> Measured:
    """Returns the kind's own metrics of one sample; None of pictures that differ in shape."""
    if truth.values.shape != prediction.values.shape:
        return Measured(dict.fromkeys(kind.own_metrics))
    # A prediction may hold anything, also NaN; the result shows it.
    with np.errstate(all="ignore"):
        return kind.measure(truth, prediction)
