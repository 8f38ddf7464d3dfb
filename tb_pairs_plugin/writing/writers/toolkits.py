# SPDX-License-Identifier: Apache-2.0
"""The writers that objects of toolkits hold: loggers, trainers, backends, trackers.

No toolkit is imported; a row of `_HOLDERS` is one toolkit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Held:
    """What an object holds.

    Attributes:
      writers: What may be written to, the likeliest first.
      is_silent: Whether nothing is to be written, as on processes other than the first.
      way_out: What to do where none of `writers` can be written to.
    """

    writers: Sequence[Any]
    is_silent: bool = False
    way_out: str = ""


Holder: TypeAlias = Callable[[Any], Held]

SILENT = Held([], is_silent=True)


def find_holder(value: Any, libraries: Collection[str]) -> Holder | None:
    """Returns what looks into `value`; None where it is a writer itself, or nothing known.

    Args:
      value: The argument `writer`.
      libraries: The packages that its class and the bases of that are from.
    """
    if isinstance(value, (list, tuple)):
        return _of_list
    return next((holder for name, holder in _HOLDERS.items() if name in libraries), None)


def _of_list(loggers: Any) -> Held:
    of_tensorboard = [one for one in loggers if _is_for_tensorboard(one)]
    # Others are asked only where they must be: reading an experiment may open a connection.
    return Held(of_tensorboard or loggers, way_out="want one for TensorBoard among them")


def _is_for_tensorboard(logger: Any) -> bool:
    names = (base.__name__.lower() for base in type(logger).__mro__)
    return any("tensorboard" in name or name == "summarywriter" for name in names)


def _of_lightning(value: Any) -> Held:
    if hasattr(value, "loggers") and not callable(value.loggers):
        return Held(
            _of_list(value.loggers).writers,
            way_out="and has no TensorBoardLogger, want Trainer(logger=TensorBoardLogger(...)), or "
            "writer=, a log directory",
        )
    experiment = getattr(value, "experiment", None)
    if callable(experiment):
        # The dummy of a process that is not rank 0 answers any call with None.
        return SILENT
    return Held(
        [] if experiment is None else [experiment], way_out="want a TensorBoardLogger's experiment"
    )


def _of_transformers(value: Any) -> Held:
    way_out = (
        "which has no writer yet, want it inside of train() or evaluate() with "
        "report_to='tensorboard', or a log directory"
    )
    if hasattr(value, "callback_handler"):
        if not value.is_world_process_zero():
            return SILENT
        return Held(_of_list(value.callback_handler.callbacks).writers, way_out=way_out)
    if getattr(value, "tb_writer", None) is not None:
        return Held([value.tb_writer])
    # Between two trainings it has closed its writer, and makes another in the same directory.
    place = getattr(value, "logging_dir", None)
    return Held([] if place is None else [os.fspath(place)], way_out=way_out)


def _of_mmengine(value: Any) -> Held:
    distributed = sys.modules.get("mmengine.dist")
    if distributed is not None and not distributed.is_main_process():
        return SILENT
    visualizer = getattr(value, "visualizer", value)
    backends = getattr(visualizer, "_vis_backends", None)
    way_out = "want a TensorboardVisBackend among vis_backends"
    if backends is not None:
        return Held(_of_list(list(backends.values())).writers, way_out=way_out)
    is_right = _is_for_tensorboard(value)
    return Held([value.experiment] if is_right else [], way_out=way_out)


def _of_fastai(value: Any) -> Held:
    if int(os.environ.get("RANK", 0)):
        return SILENT
    # Callbacks pass on what their Learner has, so only what an object has itself counts.
    own = vars(value)
    if "cbs" in own:
        return Held(
            _of_list(list(own["cbs"])).writers,
            way_out="want fastai's TensorBoardCallback among its cbs, or a log directory",
        )
    writer = own.get("writer")
    return Held(
        [] if writer is None else [writer],
        way_out="want a TensorBoardCallback whose training has begun, or a log directory",
    )


def _of_clu(value: Any) -> Held:
    # AsyncWriter holds one, MultiWriter several, and SummaryWriter that of TensorFlow.
    found = [getattr(value, name, None) for name in ("_summary_writer", "_writer")]
    several = getattr(value, "_writers", ())
    return Held(
        [one for one in (*found, *several) if one is not None],
        way_out="want clu.metric_writers.SummaryWriter(log_dir), or the log directory",
    )


def _of_attribute(*names: str) -> Holder:
    def look(value: Any) -> Held:
        found = [getattr(value, name, None) for name in names]
        # On all but the main process a tracker is a blank one.
        return Held([one for one in found if one is not None][:1], is_silent=True)

    return look


_HOLDERS: dict[str, Holder] = {
    "lightning": _of_lightning,
    "pytorch_lightning": _of_lightning,
    "lightning_fabric": _of_lightning,
    "accelerate": _of_attribute("writer"),
    "transformers": _of_transformers,
    "mmengine": _of_mmengine,
    "fastai": _of_fastai,
    "clu": _of_clu,
    "monai": _of_attribute("_writer"),
    "ignite": _of_attribute("writer"),
}
