# SPDX-License-Identifier: Apache-2.0
"""Tensors that hold one string, without the NumPy array that TensorBoard makes of each.

Why: docs/decisions/0005-strings-without-arrays.md
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from tensorboard.data import provider as data

logger = logging.getLogger(__name__)

# Providers are asked for everything they kept; 0 would mean nothing.
EVERYTHING = 2**31 - 1

# Numbers of `summary.proto` and `types.proto`, whose modules may import TensorFlow.
_DATA_CLASS_TENSOR = 2
_DT_STRING = 7


class String(NamedTuple):
    """A step's string and when it was written, in seconds; empty if its tensor is another."""

    step: int
    wall_time: float
    value: bytes


@dataclass(frozen=True)
class Query:
    """Which series are read: of a plugin's tag, in some runs."""

    context: Any
    experiment: str
    plugin_name: str
    runs: Sequence[str]
    tag: str


Strings: TypeAlias = "dict[str, list[String]]"


def read(provider: data.DataProvider, query: Query) -> Strings:
    """Returns the kept steps by run."""
    shortcut = _find_shortcut(provider)
    if shortcut is not None:
        try:
            return shortcut(provider, query)
        except Exception:
            # The public way finds the same fault and says it, or can do without.
            logger.debug("Pairs: no strings without arrays", exc_info=True)
    return _read_arrays(provider, query)


def _read_arrays(provider: data.DataProvider, query: Query) -> Strings:
    found = provider.read_tensors(
        query.context,
        experiment_id=query.experiment,
        plugin_name=query.plugin_name,
        downsample=EVERYTHING,
        run_tag_filter=data.RunTagFilter(runs=query.runs, tags=[query.tag]),
    )
    return {
        run: [
            String(int(datum.step), datum.wall_time, _read_array(datum.numpy))
            for datum in by_tag.get(query.tag, ())
        ]
        for run, by_tag in (found or {}).items()
    }


def _read_array(array: object) -> bytes:
    """Returns the string of an array, in whichever form the provider has it."""
    item = getattr(array, "item", None)
    if getattr(array, "size", None) != 1 or item is None:
        return b""
    value = item()
    return value if isinstance(value, bytes) else b""


def _read_messages(provider: Any, query: Query) -> Strings:
    """Asks the data server as its provider does."""
    from tensorboard.data.proto import data_provider_pb2

    request = data_provider_pb2.ReadTensorsRequest(experiment_id=query.experiment)
    request.plugin_filter.plugin_name = query.plugin_name
    request.downsample.num_points = EVERYTHING
    request.run_tag_filter.runs.names.extend(sorted(query.runs))
    request.run_tag_filter.tags.names.append(query.tag)
    answer = provider._stub.ReadTensors(request)
    return {run.run_name: _pair_up(tag.data) for run in answer.runs for tag in run.tags}


def _pair_up(series: Any) -> list[String]:
    steps = zip(series.step, series.wall_time, series.value, strict=True)
    return [String(step, wall_time, _read_tensor(tensor)) for step, wall_time, tensor in steps]


def _read_events(provider: Any, query: Query) -> Strings:
    """Takes them from where the in-process loader keeps them."""
    multiplexer = provider._multiplexer
    found = {}
    for run in query.runs:
        try:
            described = multiplexer.SummaryMetadata(run, query.tag)
        except KeyError:
            continue
        if (
            described.data_class == _DATA_CLASS_TENSOR
            and described.plugin_data.plugin_name == query.plugin_name
        ):
            found[run] = [
                String(event.step, event.wall_time, _read_tensor(event.tensor_proto))
                for event in multiplexer.Tensors(run, query.tag)
            ]
    return found


def _read_tensor(tensor: Any) -> bytes:
    values, sizes = tensor.string_val, tensor.tensor_shape.dim
    if tensor.dtype != _DT_STRING or len(values) != 1:
        return b""
    if sizes and any(one.size != 1 for one in sizes):
        return b""
    value: bytes = values[0]
    return value


_SHORTCUTS: Mapping[str, Callable[[Any, Query], Strings]] = {
    "tensorboard.data.grpc_provider.GrpcDataProvider": _read_messages,
    "tensorboard.backend.event_processing.data_provider.MultiplexerDataProvider": _read_events,
}


def _find_shortcut(provider: data.DataProvider) -> Callable[[Any, Query], Strings] | None:
    """Returns how to read from just this class; one derived from it may read otherwise."""
    kind = type(provider)
    return _SHORTCUTS.get(f"{kind.__module__}.{kind.__qualname__}")
