# SPDX-License-Identifier: Apache-2.0
"""Collect, select, write: the shared core of the callbacks, hooks and handlers of all toolkits."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from tb_pairs_plugin.writing import names, processes
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.arrays.rasters import DataFormat
from tb_pairs_plugin.writing.batch import Batch
from tb_pairs_plugin.writing.collector import Collector, Part
from tb_pairs_plugin.writing.guarding import warn_on_errors
from tb_pairs_plugin.writing.positions import Positions
from tb_pairs_plugin.writing.preparing import Denormalize, Resize
from tb_pairs_plugin.writing.selection import Every
from tb_pairs_plugin.writing.warn import NotWrittenWarning, warn_once
from tb_pairs_plugin.writing.writers import places

Metric: TypeAlias = Callable[[Any, Any], Any]
Metrics: TypeAlias = "Mapping[str, Metric] | Literal[False] | None"

FIRST = 8  # samples, where nothing says which
_NOTHING = 0  # the checksum of no pairs


@dataclass(frozen=True)
class EvaluationOptions:
    """The arguments that the callbacks, hooks and handlers of all toolkits share.

    Attributes:
      select: As in `pairs.Collector`; None for the first samples.
      max_outputs: The most pairs of a record. None: the first 8 without a `select`, else as in
        `pairs.Collector`.
      metrics: By name, functions of ground truth and prediction of a batch that return k numbers;
        False for no metrics at all.
      kind: As in `pairs.summary`.
      description: See there.
      data_format: See there.
      resize: See there.
      denormalize: See there.
      one_hot: See there.
      writer: See there; a directory means the place of now. None: what `Evaluation.write` is given.
    """

    select: Any = None
    max_outputs: int | None = None
    metrics: Metrics = None
    kind: Any = None
    description: str | None = None
    data_format: DataFormat = "channels_last"
    resize: Resize = None
    denormalize: Denormalize = None
    one_hot: bool = False
    writer: Any = None

    def __post_init__(self) -> None:
        """Fixes the place that a directory means, wherever the program is when it writes."""
        if isinstance(self.writer, (str, bytes, os.PathLike)):
            object.__setattr__(self, "writer", places.resolve_place(self.writer))

    @property
    def limit(self) -> int | None:
        """The most pairs of a record; None where `pairs.Collector` decides by `select`."""
        return FIRST if self.max_outputs is None and self.select is None else self.max_outputs

    def make_collector(self, tag: str, writer: Any = None) -> Collector:
        """Returns a collector, whose errors of values are raised for `warn_on_errors` to see.

        Args:
          tag: Of its records.
          writer: Where to write, if the options name no writer.

        Raises:
          ValueError: If an option is not as described.
        """
        collector = Collector(
            tag,
            self.select,
            self.limit,
            self.description,
            kind=self.kind,
            metrics=False if self.metrics is False else None,
            writer=writer if self.writer is None else self.writer,
            data_format=self.data_format,
            resize=self.resize,
            denormalize=self.denormalize,
            one_hot=self.one_hot,
        )
        collector.spares = False
        return collector


class _Step(NamedTuple):
    """A step that was written, and what its pairs were, as `_sum_up` tells."""

    number: int
    content: int


class Evaluation:
    """One record per evaluation pass, which never ends a training that runs.

    Several processes of `torch.distributed` each add their share, and the first writes the pairs
    selected from all of them.
    """

    def __init__(
        self, name: str, options: EvaluationOptions | None = None, *, gathers: bool = True
    ) -> None:
        """Begins with nothing.

        Args:
          name: The tag.
          options: Which pairs are selected, and how they are shown; None for the defaults.
          gathers: Whether all processes call `write`, each with its share. False where each sees
            the whole pass, or only some evaluate: none then waits for another.

        Raises:
          ValueError: If an argument is not as described.
        """
        self._options = options or EvaluationOptions()
        self._gathers = gathers
        if isinstance(self._options.select, Every):
            raise ValueError("select is pairs.every(n), want the argument for how often to write")
        self._name = name
        self._metrics = check_metrics(self._options.metrics)
        # Of the first samples there are no others.
        self._most = self._options.limit if self._options.select is None else None
        self._last_steps: dict[str, _Step] = {}
        self._has_accepted = False
        self.begin()

    def __getstate__(self) -> dict[str, Any]:
        """Leaves out the pass: toolkits pickle their callbacks to export a model, or to spawn."""
        return {name: value for name, value in vars(self).items() if name != "_collector"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Begins a pass."""
        vars(self).update(state)
        self.begin()

    def begin_training(self) -> None:
        """Begins a training, which may come to steps that were written before."""
        self._last_steps.clear()
        self.begin()

    def begin(self) -> None:
        """Begins a pass, and drops collected pairs that were not written."""
        self._collector = self._options.make_collector(self._name)
        self._positions = Positions(is_share=self._gathers)
        self._has_begun = False
        self._has_positions = True
        self._kept = 0

    @property
    def has_begun(self) -> bool:
        """Whether this process was given a batch since `begin`, also one that was refused."""
        return self._has_begun

    @property
    def has_accepted(self) -> bool:
        """Whether a batch was ever accepted, so that the arguments are right."""
        return self._has_accepted

    @property
    def is_full(self) -> bool:
        """Whether further batches can't change the record any more."""
        return self._most is not None and self._kept >= self._most

    def check(self, batch: Batch, writer: Any = None) -> None:
        """Tries a batch without writing anything.

        Args:
          batch: Any.
          writer: Where records will go, if the options name no writer.

        Raises:
          Exception: Whatever is wrong with the batch, the functions of metrics or the writer.
        """
        self._add(self._options.make_collector(self._name, writer), batch)

    def add(
        self,
        read: Callable[[], Batch],
        *,
        is_running: bool,
        loader: Any = None,
        in_a_row: int = 1,
    ) -> None:
        """Takes one batch of the pass.

        Samples without ids have their positions in the data set. Those of a batch that can't be
        read stay free; where nothing tells how many they are, what follows in the pass is left out.

        Args:
          read: Returns the batch.
          is_running: Whether a training is under way: errors are then a warning, once.
          loader: What gives the batches, as in `Positions.take`.
          in_a_row: See there.

        Raises:
          Exception: Whatever is wrong, where no training is under way.
        """
        self._has_begun = True
        with warn_on_errors(self._name, is_running, "a batch"):
            try:
                batch = read()
                count = len(batch)
            except Exception:
                self._positions.skip(loader)
                raise
            positions = self._positions.take(count, loader, in_a_row)
            if batch.ids is None:
                batch = batch if len(positions) == count else batch.first(len(positions))
                batch = replace(batch, ids=positions)
            else:
                self._has_positions = False
            if len(batch):
                self._add(self._collector, batch)
                self._kept += len(batch)

    def write(
        self,
        step: int | Callable[[], int],
        writer: Any = None,
        *,
        is_running: bool,
        name: str | None = None,
    ) -> bool:
        """Writes the pairs selected from the pass, and starts over.

        A step that the pass before has written is not written again: a toolkit may evaluate twice
        at the end of a training. Where ids or pictures of the two differ, be it by a bit, a
        warning says so, once.

        Args:
          step: Of the record; or a function that returns it, whose errors are as any.
          writer: As in `pairs.summary`; where to write, if the options name no writer.
          is_running: As in `add`.
          name: The tag, where it is another one.

        Returns:
          Whether a record was written, or will be.

        Raises:
          Exception: As in `add`.
        """
        part = replace(self._collector.take(), is_ordered=self._has_positions)
        self.begin()
        tag = self._name if name is None else name
        with warn_on_errors(tag, is_running, "a record"):
            # First of all, as the other processes wait for it.
            parts = processes.gather(part) if self._gathers else [part]
            if parts is None:
                return False
            number = step() if callable(step) else step
            content = _sum_up(parts)
            last = self._last_steps.get(tag)
            if last is not None and last.number == number:
                if content not in (_NOTHING, last.content):
                    _tell_of_another(tag, number)
                return False
            collector = self._options.make_collector(tag, writer)
            collector.merge(parts)
            if collector.write(number):
                self._last_steps[tag] = _Step(number, content)
                return True
        return False

    def _add(self, collector: Collector, batch: Batch) -> None:
        measured = {
            name: metric(batch.ground_truth, batch.prediction)
            for name, metric in self._metrics.items()
        }
        collector.add(
            batch.ground_truth,
            batch.prediction,
            image=batch.image,
            ids=batch.ids,
            captions=batch.captions,
            metrics={**measured, **batch.metrics},
            attributes=batch.attributes,
        )
        self._has_accepted = True


def _sum_up(parts: Sequence[Part]) -> int:
    """Returns a checksum of the ids and pictures of a pass."""
    checksum = _NOTHING
    for pair in (pair for part in parts for pair in part.pairs):
        checksum = zlib.crc32(pair.id.encode(), checksum)
        for raster in pair.rasters:
            checksum = zlib.crc32(np.ascontiguousarray(raster.values).data, checksum)
    return checksum


def _tell_of_another(tag: str, step: int) -> None:
    warn_once(
        ("step", tag),
        f"pairs wrote no second record of {tag!r} at step {step}, though its pictures are not "
        "those of the first, which stays: each evaluation needs a step or a name of its own; where "
        "a toolkit's handler finds no trainer, name it with trainer=, or pass step=",
        NotWrittenWarning,
    )


def check_metrics(value: Any) -> dict[str, Metric]:
    """Returns functions of ground truth and prediction by name.

    Raises:
      ValueError: If it is neither that, nor None or False, or a name can't be read.
    """
    if value is None or value is False:
        return {}
    if not isinstance(value, Mapping) or not all(map(callable, value.values())):
        raise ValueError(
            f"metrics is {value!r}, want functions of ground truth and prediction by name, or False"
        )
    for name in value:
        names.check_name(name, "metrics")
    return dict(value)


def check_positive(value: Any, name: str) -> int:
    """Returns an integer of at least 1.

    Raises:
      ValueError: If `value` is none.
    """
    number = conversion.to_integer(value)
    if number is None or number < 1:
        raise ValueError(f"{name} is {value!r}, want an integer of at least 1")
    return number
