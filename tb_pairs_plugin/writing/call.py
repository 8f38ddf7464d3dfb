# SPDX-License-Identifier: Apache-2.0
"""A call of `pairs.summary` as it was made, and its arguments checked.

`run` carries it out; `deferred` puts off the check where its tensors are on a GPU.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tb_pairs_plugin.writing import pairs, preparing, selection
from tb_pairs_plugin.writing.arrays import conversion, device
from tb_pairs_plugin.writing.arrays.rasters import Copy
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.options import check_options
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.recording.record import Record
from tb_pairs_plugin.writing.types import Array
from tb_pairs_plugin.writing.warn import Place, find_caller
from tb_pairs_plugin.writing.writers.writer import Writer

# TensorFlow's and protobuf's steps are int64.
_MOST_STEP = 2**63 - 1

# The arguments that may be tensors, or hold some.
_TENSORS = (
    "ground_truth",
    "prediction",
    "step",
    "max_outputs",
    "image",
    "ids",
    "captions",
    "metrics",
    "attributes",
)


class Call(NamedTuple):
    """What a call of `pairs.summary` was given, under the names that it has there."""

    tag: str
    writer: Writer
    ground_truth: Any
    prediction: Any
    step: Any = None
    max_outputs: Any = None
    image: Any = None
    ids: Any = None
    captions: Any = None
    metrics: Any = None
    attributes: Any = None
    kind: Any = None
    description: Any = None
    select: Any = None
    data_format: Any = "channels_last"
    preparation: Preparation = preparing.NOTHING
    # The line that called and when, once the call waits to be carried out.
    place: Place | None = None
    wall_time: float | None = None

    @property
    def tensors(self) -> Mapping[str, Any]:
        """The arguments that may be tensors, by name."""
        return {name: getattr(self, name) for name in _TENSORS}

    @property
    def arrays(self) -> tuple[Array, ...]:
        """None: no copy of an argument is in memory of the queue."""
        return ()

    def convert(self, change: Callable[[Any], Any]) -> Call:
        """Returns the call with each argument that may be a tensor as `change` makes it."""
        return self._replace(**{name: change(value) for name, value in self.tensors.items()})

    def detach(self, copy: Copy) -> Call:
        """Returns the call with copies of all arguments, those on a GPU still on their way."""
        del copy
        detached = self.convert(device.detach)
        return detached._replace(place=find_caller(), wall_time=time.time())

    def check(self) -> Record | None:
        """Returns the record of the call, or None where nothing is to be written at this step.

        Raises:
          ValueError: If an argument is not what `pairs.summary` documents.
        """
        options = check_options(
            self.kind,
            self.max_outputs,
            self.description,
            self.select,
            self.metrics,
            self.data_format,
            self.preparation,
        )
        step = to_step(self.step)
        if not selection.is_due(options.select, step):
            return None
        kind, found = pairs.read_pairs(
            options,
            self.ground_truth,
            self.prediction,
            self.image,
            self.ids,
            self.captions,
            self.metrics,
            self.attributes,
        )
        pairs.check_select(options, kind, found)
        if options.kind is None and not pairs.list_dtypes(self.ground_truth):
            # An empty list has no dtype to infer the kind from, and a tag keeps its first kind.
            return None
        place = self.place or find_caller()
        when = time.time() if self.wall_time is None else self.wall_time
        return Record(self.tag, self.writer, step, when, options, kind, found, place)


def to_step(value: Any) -> int:
    """Returns a step, given as an integer or as a variable or tensor of one.

    Raises:
      ValueError: If it is missing, or neither an integer nor a float.
      DataError: If it is a float with a fraction, or beyond int64.
    """
    if value is None:
        raise ValueError("step is None and there is no default step, want an integer")
    step = conversion.to_integer(value)
    if step is None:
        raise conversion.make_integer_error(
            value, f"step is {conversion.show(value)}, want an integer", "step"
        )
    if not -_MOST_STEP <= step <= _MOST_STEP:
        raise DataError(
            f"step is {step}, want an integer of more than -2^63 and less than 2^63", "step"
        )
    return step
