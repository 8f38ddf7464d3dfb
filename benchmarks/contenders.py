# SPDX-License-Identifier: Apache-2.0
"""Those who log: today's idioms and ours, each behind the same three verbs.

An idiom is all that its user does on the training thread: colours for class ids, depth scaled to
[0, 1], ground truth and prediction joined along the width, and the call that logs. Libraries are
imported in `open`, one contender per process.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from benchmarks import content

_FAR = 80.0  # m; depth is shown from 0 to here


class Contender(Protocol):
    """One way to log pairs."""

    def open(self, logdir: str) -> None:
        """Imports what is needed and makes a writer."""

    def log(self, step: int, batch: content.Batch) -> None:
        """Logs one batch; this is what is timed."""

    def flush(self) -> None:
        """Returns when nothing is left to do for what was logged."""

    def close(self) -> None:
        """Ends the writer; then all is on disk."""


def side_by_side(batch: content.Batch) -> content.Array:
    """Returns one strip per pair, ground truth left of prediction, `[k, h, 2 w, c]`."""
    pictures = [_shown(batch.kind, picture) for picture in (batch.ground_truth, batch.prediction)]
    return np.concatenate(pictures, axis=2)


def _shown(kind: content.Kind, picture: content.Array) -> content.Array:
    if kind == "mask":
        picture = _PALETTE[picture]
    elif kind == "depth":
        picture = (picture / np.float32(_FAR))[..., None]
    return picture


_PALETTE = content.palette()


class TensorFlowEager:
    """`tf.summary.image` in eager mode: the idiom that all ratios refer to."""

    def open(self, logdir: str) -> None:
        import tensorflow as tf

        self._tf = tf
        self._writer = tf.summary.create_file_writer(logdir)

    def log(self, step: int, batch: content.Batch) -> None:
        with self._writer.as_default():
            self._tf.summary.image(
                batch.tag, side_by_side(batch), step=step, max_outputs=len(batch.prediction)
            )

    def flush(self) -> None:
        self._writer.flush()

    def close(self) -> None:
        self._writer.close()


class TensorFlowFunction:
    """`tf.summary.image` in a `tf.function`, with the strip made by TensorFlow's own operations."""

    def open(self, logdir: str) -> None:
        import tensorflow as tf

        self._tf = tf
        self._writer = tf.summary.create_file_writer(logdir)
        colors = tf.constant(_PALETTE)

        def shown(kind: content.Kind, picture: Any) -> Any:
            if kind == "mask":
                return tf.gather(colors, tf.cast(picture, tf.int32))
            return (picture / _FAR)[..., None] if kind == "depth" else picture

        def log(tag: str, kind: content.Kind, truth: Any, prediction: Any, step: Any) -> None:
            strip = tf.concat([shown(kind, truth), shown(kind, prediction)], axis=2)
            with self._writer.as_default():
                tf.summary.image(tag, strip, step=step, max_outputs=truth.shape[0])

        self._log = tf.function(log)

    def log(self, step: int, batch: content.Batch) -> None:
        tf = self._tf
        self._log(
            batch.tag,
            batch.kind,
            tf.constant(batch.ground_truth),
            tf.constant(batch.prediction),
            tf.constant(step, tf.int64),
        )

    def flush(self) -> None:
        self._writer.flush()

    def close(self) -> None:
        self._writer.close()


class AddImage:
    """`SummaryWriter.add_image`, one call per pair, of the torch or the tensorboardX flavour."""

    def __init__(self, module: str) -> None:
        self._module = module

    def open(self, logdir: str) -> None:
        self._writer = importlib.import_module(self._module).SummaryWriter(logdir)

    def log(self, step: int, batch: content.Batch) -> None:
        for index, strip in enumerate(side_by_side(batch)):
            self._writer.add_image(f"{batch.tag}/{index}", strip, step, dataformats="HWC")

    def flush(self) -> None:
        self._writer.flush()

    def close(self) -> None:
        self._writer.close()


class WandbOffline:
    """`wandb.log` of a list of `wandb.Image`, offline."""

    def open(self, logdir: str) -> None:
        os.environ.update(
            WANDB_MODE="offline",
            WANDB_SILENT="true",
            WANDB_ERROR_REPORTING="false",
            WANDB_DISABLE_GIT="true",
        )
        import wandb

        self._wandb = wandb
        self._run = wandb.init(dir=logdir, project="benchmark")

    def log(self, step: int, batch: content.Batch) -> None:
        strips = side_by_side(batch)
        if batch.kind == "depth":
            strips = strips[..., 0] * np.float32(255)
        self._run.log({batch.tag: [self._wandb.Image(strip) for strip in strips]}, step=step)

    def flush(self) -> None:
        # A process of its own writes the events, and does not report when it is done.
        time.sleep(0.3)

    def close(self) -> None:
        self._run.finish()


class Pairs:
    """`pairs.summary` with the default TensorFlow writer.

    Args:
        isal: use the optional encoder; False hides it, as on a machine that lacks it.
        queue: encode in the background, with that many calls waiting at most.
        bits: of a depth map, 16 as by default or 8 as every peer.
        path: write to a log directory, without TensorFlow.
    """

    def __init__(
        self,
        *,
        isal: bool = True,
        queue: int | None = None,
        bits: int = 16,
        path: bool = False,
    ) -> None:
        self._isal = isal
        self._queue = queue
        self._bits = bits
        self._path = path

    def open(self, logdir: str) -> None:
        if not self._isal:
            if "tb_pairs_plugin.writing.pictures.png" in sys.modules:
                raise RuntimeError("the fast encoder was chosen before it could be hidden")
            sys.modules["isal"] = None  # type: ignore[assignment]
        self._open = contextlib.ExitStack()
        if not self._path:
            import tensorflow as tf

            self._writer: Any = tf.summary.create_file_writer(logdir)
            self._open.callback(self._writer.close)
        else:
            self._writer = logdir

        pairs: Any = importlib.import_module("tb_pairs_plugin")
        self._pairs = pairs
        self._background: Any = None
        if self._queue is not None:
            self._background = self._open.enter_context(pairs.background(queue=self._queue))

    def log(self, step: int, batch: content.Batch) -> None:
        self._pairs.summary(
            batch.tag,
            batch.ground_truth,
            batch.prediction,
            step,
            writer=self._writer,
            kind=self._kind(batch.kind),
        )

    def _kind(self, kind: content.Kind) -> Any:
        # Made in each call, as those who log write it.
        if kind == "mask":
            return self._pairs.Mask()
        if kind == "depth":
            return self._pairs.Heatmap(range=(0.0, _FAR), bits=self._bits)
        return None

    def flush(self) -> None:
        if self._background is not None:
            self._background.flush()
        if not self._path:
            self._writer.flush()

    def close(self) -> None:
        self._open.close()


class PairsUnshared(Pairs):
    """`pairs.summary` that never looks for what is stored already."""

    def open(self, logdir: str) -> None:
        super().open(logdir)
        recorder: Any = importlib.import_module("tb_pairs_plugin.writing.recording.recorder")
        blind = recorder.Recorder(shares_content=False)
        recorder.get_recorder = lambda file: blind


class PairsBefore(Pairs):
    """`pairs.summary` of another commit; `BEFORE_VARIABLE` names the folder of its package.

    A process has this package or the one that is installed.
    """

    def open(self, logdir: str) -> None:
        if "tb_pairs_plugin" in sys.modules:
            raise RuntimeError("another package was imported before that of the other commit")
        folder = os.environ[BEFORE_VARIABLE]
        sys.path.insert(0, folder)
        super().open(logdir)
        if not self._pairs.__file__.startswith(folder):
            raise RuntimeError(f"imported {self._pairs.__file__}, want one in {folder}")


class PairsFunction:
    """`pairs.summary` in a `tf.function`."""

    def open(self, logdir: str) -> None:
        import tensorflow as tf

        pairs: Any = importlib.import_module("tb_pairs_plugin")
        self._tf = tf
        self._writer = tf.summary.create_file_writer(logdir)
        kinds = {"mask": pairs.Mask(), "depth": pairs.Heatmap(range=(0.0, _FAR))}

        def log(tag: str, kind: content.Kind, truth: Any, prediction: Any, step: Any) -> None:
            with self._writer.as_default():
                pairs.summary(tag, truth, prediction, step, kind=kinds.get(kind))

        self._log = tf.function(log)

    def log(self, step: int, batch: content.Batch) -> None:
        tf = self._tf
        self._log(
            batch.tag,
            batch.kind,
            tf.constant(batch.ground_truth),
            tf.constant(batch.prediction),
            tf.constant(step, tf.int64),
        )

    def flush(self) -> None:
        self._writer.flush()

    def close(self) -> None:
        self._writer.close()


REFERENCE = "tf eager"

# A variable of the environment, as each contender is a process.
BEFORE_VARIABLE = "PAIRS_BENCHMARK_BEFORE"

CONTENDERS: dict[str, Callable[[], Contender]] = {
    REFERENCE: TensorFlowEager,
    "tf.function": TensorFlowFunction,
    "torch": lambda: AddImage("torch.utils.tensorboard"),
    "tensorboardX": lambda: AddImage("tensorboardX"),
    "wandb": WandbOffline,
    "pairs": Pairs,
    "pairs, stdlib": lambda: Pairs(isal=False),
    "pairs, background": lambda: Pairs(queue=8),
    "pairs, background, stdlib": lambda: Pairs(queue=8, isal=False),
    "pairs, nothing shared": PairsUnshared,
    "pairs, tf.function": PairsFunction,
    "pairs, before": PairsBefore,
    "pairs, before again": PairsBefore,
    "pairs, path": lambda: Pairs(path=True),
    "pairs, 8 bit": lambda: Pairs(bits=8),
    "pairs, 8 bit, stdlib": lambda: Pairs(bits=8, isal=False),
}

_NEEDS = {"torch": "torch", "tensorboardX": "tensorboardX", "wandb": "wandb"}


def installed(names: tuple[str, ...]) -> list[str]:
    """Returns those of `names` whose library is installed."""
    return [name for name in names if importlib.util.find_spec(_NEEDS.get(name, "tensorflow"))]
