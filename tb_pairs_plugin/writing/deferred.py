# SPDX-License-Identifier: Apache-2.0
"""A call in the background whose tensors are still on the GPU; why so is in docs/decisions/0020."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Protocol, TypeVar

from tb_pairs_plugin.writing import background, tolerance
from tb_pairs_plugin.writing.arrays import device
from tb_pairs_plugin.writing.arrays.rasters import Copy
from tb_pairs_plugin.writing.background import Work
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.types import Array
from tb_pairs_plugin.writing.warn import Place, find_caller
from tb_pairs_plugin.writing.writers.writer import Writer

_MOST_CHECKED = 256  # combinations of shapes and dtypes that are remembered

Given = TypeVar("Given")


class Call(Protocol):
    """A call of `pairs.summary` as it was made; a dataclass."""

    @property
    def tag(self) -> str:
        """Of the record."""

    @property
    def writer(self) -> Writer:
        """Where to write."""

    @property
    def arguments(self) -> Any:
        """A dataclass of the arguments that may be tensors."""

    def accept(self) -> Work | None:
        """Checks the arguments, and returns what is to be written."""


@dataclass(frozen=True)
class Deferred:
    """A call whose values are checked when they have arrived."""

    call: Call
    place: Place = field(default_factory=find_caller)

    @property
    def tag(self) -> str:
        """Of the record."""
        return self.call.tag

    @property
    def writer(self) -> Writer:
        """Where to write."""
        return self.call.writer

    @property
    def arrays(self) -> tuple[Array, ...]:
        """None of its copies is in memory of the queue."""
        return ()

    def detach(self, copy: Copy) -> Deferred:
        """Returns the same call with copies of all arguments, some of them on their way."""
        arguments = _each(self.call.arguments, device.detach)
        return replace(self, call=_with(self.call, arguments))

    def write(self) -> bool:
        """Waits for the copies, checks them and writes; returns whether a record was written.

        Raises:
          ValueError: As `Call.accept`, and `Work.write`.
        """
        arguments = _each(self.call.arguments, device.resolve)
        accepted = _with(self.call, arguments).accept()
        return accepted is not None and accepted.write()


def is_worth_it(call: Call) -> bool:
    """Says whether a call can leave the look at its values to the thread behind it.

    It can while there is one, and an earlier call of the tag was accepted: then wrong values are a
    warning whenever they are found.
    """
    return (
        background.is_active()
        and tolerance.was_accepted(call.writer, call.tag)
        and any(device.has_gpu_tensor(value) for value in _values(call.arguments))
    )


def check(call: Call) -> None:
    """Checks all of a call but the values of what is on the GPU.

    Raises:
      ValueError: If types, ranks, dtypes or counts are not as `pairs.summary` documents.
    """
    key = _key(call)
    if key in _checked:
        _checked.move_to_end(key)
        return
    arguments = _each(call.arguments, device.zero_out)
    # Any id on the GPU would be zero, as would all others.
    arguments = (
        replace(arguments, ids=None) if device.has_gpu_tensor(call.arguments.ids) else arguments
    )
    try:
        _with(call, arguments).accept()
    except DataError:
        # Of zeros, or found again with the values.
        return
    _checked[key] = None
    while len(_checked) > _MOST_CHECKED:
        _checked.popitem(last=False)


_checked: OrderedDict[Hashable, None] = OrderedDict()


def _key(call: Call) -> Hashable:
    options = [
        str(getattr(call, one.name))
        for one in fields(call)  # type: ignore[arg-type]  # a dataclass, which no protocol can say
        if one.name not in ("arguments", "writer")
    ]
    return tuple(options), tuple(device.make_signature(one) for one in _values(call.arguments))


def _values(arguments: Any) -> list[Any]:
    return [getattr(arguments, one.name) for one in fields(arguments)]


def _each(arguments: Given, change: Any) -> Given:
    changed = {one.name: change(getattr(arguments, one.name)) for one in fields(arguments)}  # type: ignore[arg-type]
    return replace(arguments, **changed)  # type: ignore[type-var]


def _with(call: Call, arguments: Any) -> Call:
    return replace(call, arguments=arguments)  # type: ignore[type-var]
