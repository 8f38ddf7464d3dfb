# SPDX-License-Identifier: Apache-2.0
"""One call's work in two parts: accepting its arguments, and writing what they ask for."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.writing import (
    background,
    deferred,
    hints,
    preparing,
    request,
    selection,
    tolerance,
)
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.arrays.rasters import Copy
from tb_pairs_plugin.writing.deferred import Deferred
from tb_pairs_plugin.writing.errors import DataError, WriteError
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.recording import recorder
from tb_pairs_plugin.writing.request import Options, Pair
from tb_pairs_plugin.writing.types import Array
from tb_pairs_plugin.writing.warn import NotWrittenWarning, Place, find_caller, warn_once
from tb_pairs_plugin.writing.writers.writer import Writer

# TensorFlow's and protobuf's steps are int64.
_MOST_STEP = 2**63 - 1


@dataclass(frozen=True)
class Arguments:
    """The arguments of `pairs.summary` that may be tensors, as given."""

    ground_truth: Any
    prediction: Any
    step: Any = None
    max_outputs: Any = None
    image: Any = None
    ids: Any = None
    captions: Any = None
    metrics: Any = None

    def batch(self, options: Options, first: int = 0) -> tuple[Kind, list[Pair]]:
        """Returns the kind and the pairs; see `request.read_pairs`.

        Raises:
          ValueError: If an argument is not what `pairs.summary` documents.
        """
        with np.errstate(all="ignore"):
            return request.read_pairs(
                options,
                self.ground_truth,
                self.prediction,
                self.image,
                self.ids,
                self.captions,
                self.metrics,
                first,
            )


@dataclass(frozen=True)
class Job:
    """A call of `pairs.summary`: where to write, and what it was given."""

    tag: str
    writer: Writer
    arguments: Arguments
    kind: Any = None
    description: Any = None
    select: Any = None
    data_format: Any = "channels_last"
    preparation: Preparation = preparing.NOTHING

    def run(self, *, now: bool = False) -> bool:
        """Does the whole work, in the background where there is one.

        Args:
          now: Not in the background, as the caller waits for what the writer gets.

        Returns:
          Whether a record was written, or will be.

        Raises:
          ValueError: If an argument is not what `pairs.summary` documents.
        """
        try:
            if not now and deferred.is_worth_it(self):
                deferred.check(self)
                return background.write(Deferred(self))
            accepted = self.accept()
        except MemoryError as error:
            _warn_once(self.writer, self.tag, error)
            return False
        except DataError as error:
            tolerance.excuse(self.writer, self.tag, error)
            return False
        return accepted is not None and accepted.finish(now=now)

    def accept(self) -> Accepted | None:
        """Returns the checked work, or None where nothing is to be written at this step.

        Raises:
          ValueError: If an argument is not what `pairs.summary` documents.
        """
        given = self.arguments
        options = request.check_options(
            self.kind,
            given.max_outputs,
            self.description,
            self.select,
            given.metrics,
            self.data_format,
            self.preparation,
        )
        step = to_step(given.step)
        if not selection.is_due(options.select, step):
            return None
        kind, pairs = given.batch(options)
        request.check_select(options, kind, pairs)
        if options.kind is None and not request.list_dtypes(given.ground_truth):
            # An empty list has no dtype to infer the kind from, and a tag keeps its first kind.
            return None
        return Accepted(self.tag, self.writer, step, time.time(), options, kind, pairs)


@dataclass(frozen=True)
class Accepted:
    """Checked pairs on their way to a writer."""

    tag: str
    writer: Writer
    step: int
    wall_time: float
    options: Options
    kind: Kind
    pairs: Sequence[Pair]
    place: Place = field(default_factory=find_caller)

    @property
    def arrays(self) -> list[Array]:
        """The values of all pictures."""
        return [raster.values for pair in self.pairs for raster in pair.rasters]

    def detach(self, copy: Copy) -> Accepted:
        """Returns the same work with copies of the pictures, to be written later."""
        return replace(self, pairs=[pair.detach(copy) for pair in self.pairs])

    def finish(self, *, now: bool = False) -> bool:
        """Writes, in the background where there is one.

        Args:
          now: Not in the background.

        Returns:
          Whether a record was written, or will be.

        Raises:
          ValueError: As `write`, but of values only where no call of the tag was accepted before.
        """
        try:
            written = self.write() if now else background.write(self)
        except DataError as error:
            tolerance.excuse(self.writer, self.tag, error)
            return False
        tolerance.accept(self.writer, self.tag)
        return written

    def write(self) -> bool:
        """Selects, measures, encodes and writes; returns whether a record was written.

        A failure of the writer, or a lack of memory, is a warning, the first time.

        Raises:
          ValueError: If too many pairs are selected.
          DataError: If a picture or a text can't be stored.
        """
        try:
            with np.errstate(all="ignore"):
                return self._write()
        except WriteError as error:
            _warn_once(self.writer, self.tag, error.__cause__ or error)
        except MemoryError as error:
            _warn_once(self.writer, self.tag, error)
        return False

    def _write(self) -> bool:
        chosen = request.select_pairs(self.options, self.kind, self.pairs)
        hints.warn_about_call(self.tag, self.options.select, [pair.id for pair in self.pairs])
        if chosen is None:
            return False
        recorder.write(self.writer, self.tag, chosen, self.step, self.wall_time)
        hints.warn_about_record(self.tag, self.options, chosen)
        return True


def to_step(value: Any) -> int:
    """Returns a step, given as an integer or as a variable or tensor of one.

    Raises:
      ValueError: If it is missing, or neither an integer nor a float.
      DataError: If it is a float that is no integer, or beyond int64.
    """
    if value is None:
        raise ValueError("step is None and there is no default step, want an integer")
    step = conversion.to_integer(value)
    if step is None:
        raise conversion.make_integer_error(value, f"step is {value!r}, want an integer", "step")
    if not -_MOST_STEP <= step <= _MOST_STEP:
        raise DataError(
            f"step is {step}, want an integer of more than -2^63 and less than 2^63", "step"
        )
    return step


def _warn_once(writer: Writer, tag: str, cause: BaseException) -> None:
    place = f"{type(writer).__name__} {getattr(writer, 'path', '')}".strip()
    warn_once(
        ("not written", place),
        f"pairs.summary could not write {codec.text(tag, 'tag')!r} and goes on without "
        f"({type(cause).__name__}: {cause}); said once for this kind of writer or directory",
        NotWrittenWarning,
    )
