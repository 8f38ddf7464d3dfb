# SPDX-License-Identifier: Apache-2.0
"""Ground truth and prediction side by side in TensorBoard.

    import tb_pairs_plugin as pairs

    pairs.summary("val/segmentation", masks, predicted, step=step, image=photos, writer="logs/run")

Importing this package imports nothing heavy: neither NumPy nor a framework, until first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from tb_pairs_plugin._version import __version__

if TYPE_CHECKING:
    from tb_pairs_plugin.writing.arrays.feature_maps import channel_grid, normalize
    from tb_pairs_plugin.writing.background import background
    from tb_pairs_plugin.writing.collector import Collector
    from tb_pairs_plugin.writing.kinds import Flow, Heatmap, Image, Mask
    from tb_pairs_plugin.writing.selection import best, every, worst
    from tb_pairs_plugin.writing.summary import summary, summary_pb
    from tb_pairs_plugin.writing.warn import NotWrittenWarning, PairsWarning

__all__ = [
    "Collector",
    "Flow",
    "Heatmap",
    "Image",
    "Mask",
    "NotWrittenWarning",
    "PairsWarning",
    "__version__",
    "background",
    "best",
    "channel_grid",
    "every",
    "normalize",
    "summary",
    "summary_pb",
    "worst",
]

_HOMES = {
    "Collector": "collector",
    "Flow": "kinds",
    "Heatmap": "kinds",
    "Image": "kinds",
    "Mask": "kinds",
    "NotWrittenWarning": "warn",
    "PairsWarning": "warn",
    "background": "background",
    "best": "selection",
    "channel_grid": "arrays.feature_maps",
    "every": "selection",
    "normalize": "arrays.feature_maps",
    "summary": "summary",
    "summary_pb": "summary",
    "worst": "selection",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.writing.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
