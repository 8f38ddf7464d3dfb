# SPDX-License-Identifier: Apache-2.0
"""Whether a training is under way, which no picture may end."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any


@dataclass(frozen=True)
class _Call:
    """A method of a toolkit, and a reference to the object that it is called of."""

    code: CodeType
    owner: Callable[[], Any]

    def is_of(self, frame: FrameType) -> bool:
        return frame.f_code is self.code and _owner(frame) is self.owner()


class Training:
    """A training, which is under way until the toolkit's call that does it is over.

    Toolkits tell their callbacks when a training begins, but not when Ctrl-C or an error has ended
    it. The stack of the thread that trains always does: the call is on it, or it isn't.
    """

    def __init__(self, package: str) -> None:
        """Begins with none.

        Args:
          package: The toolkit's, whose outermost call on the stack is the training.
        """
        self._package = package
        self._call: _Call | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leaves out the call, which is of this process."""
        return {**vars(self), "_call": None}

    def begin(self) -> None:
        """Notes that a training is under way, if this is called from within the toolkit."""
        calls = list(self._frames())
        self._call = _call(calls[-1]) if calls else None

    def end(self) -> None:
        """Notes that none is, until the next begins."""
        self._call = None

    @property
    def is_running(self) -> bool:
        """Whether the call that `begin` was called from, or another like it, is not over."""
        return self._call is not None and any(map(self._call.is_of, self._frames()))

    def find_owners(self, kind: type) -> Iterator[Any]:
        """Yields the objects of a class in whose calls the program is, the outermost last."""
        return (one for one in map(_owner, self._frames()) if isinstance(one, kind))

    def _frames(self) -> Iterator[FrameType]:
        """Yields the toolkit's calls that the program is in, the outermost last."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            name = str(frame.f_globals.get("__name__"))
            if name == self._package or name.startswith(self._package + "."):
                yield frame
            frame = frame.f_back


def refer(value: Any) -> Callable[[], Any]:
    """Returns what gives an object as long as it lives, and keeps it alive only if it must."""
    try:
        return weakref.ref(value)
    except TypeError:
        # Of None, lists and the like there are no weak references.
        return lambda: value


def _call(frame: FrameType) -> _Call:
    return _Call(frame.f_code, refer(_owner(frame)))


def _owner(frame: FrameType) -> Any:
    return frame.f_locals.get("self")
