# SPDX-License-Identifier: Apache-2.0
"""Warnings, which tell the caller without ending a training; listed in `docs/writing.md`.

    PairsWarning          all warnings of this package; each text begins with "pairs"
    └── NotWrittenWarning a record, or a part of it, was not written

Python's filters silence them, or make errors of them:

    warnings.filterwarnings("ignore", category=pairs.PairsWarning)
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

_PACKAGE = __name__.partition(".")[0]
# Packages that call this one for a line of the user's, such as `model.fit(...)`.
_CALLERS_OF_CALLBACKS = frozenset(
    {
        "accelerate",
        "concurrent",
        "contextlib",
        "fastai",
        "fastcore",
        "ignite",
        "keras",
        "lightning",
        "lightning_fabric",
        "mmengine",
        "monai",
        "pytorch_lightning",
        "tensorflow",
        "tensorflow_estimator",
        "tf_keras",
        "threading",
        "torch",
        "transformers",
    }
)
# Names that differ at each call must not flood the output, nor the memory.
_MOST_SAID = 1000


class PairsWarning(RuntimeWarning):
    """Any warning of this package."""


class NotWrittenWarning(PairsWarning):
    """A record, or a part of it, was not written; the call returned False."""


@dataclass(frozen=True)
class Place:
    """A line of the caller's program, to which a warning is attributed."""

    filename: str
    line: int
    module: str | None = None
    # By which Python's default filter shows a warning once per line.
    registry: dict[Any, Any] | None = field(default=None, repr=False, compare=False)


def find_caller() -> Place:
    """Returns the line that called this package, looking past frameworks that called for it."""
    frame: FrameType | None = sys._getframe(1)
    outside: FrameType | None = None
    last = frame
    while frame is not None:
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package != _PACKAGE:
            if package not in _CALLERS_OF_CALLBACKS:
                return _place(frame)
            outside = outside or frame
        last = frame
        frame = frame.f_back
    found = outside or last
    assert found is not None
    return _place(found)


@contextmanager
def on_behalf_of(place: Place | None) -> Iterator[None]:
    """Attributes the warnings of a block, on this thread, to a line; None is whichever calls."""
    token = _behalf.set(place)
    try:
        yield
    finally:
        _behalf.reset(token)


def warn_caller(text: str, category: type[PairsWarning] = PairsWarning) -> None:
    """Issues a warning, attributed to the line that called this package.

    Args:
      text: Begins with "pairs", and says what happened and the way out.
      category: What kind of warning.

    Raises:
      PairsWarning: If warnings are errors in this program. Nothing else: a program whose standard
        error is closed, such as a daemon, goes on without having read it.
    """
    place = _behalf.get() or find_caller()
    try:
        warnings.warn_explicit(
            text,
            category,
            place.filename,
            place.line,
            # Of a module None, Python says nothing at all.
            module=place.module or place.filename.removesuffix(".py"),
            registry=place.registry,
        )
    except PairsWarning:
        raise
    except Exception:
        pass


def warn_once(key: Hashable, text: str, category: type[PairsWarning] = PairsWarning) -> None:
    """Issues a warning, the first time in this process that there is one of this key.

    Args:
      key: What it is about, such as `("scale", tag)`.
      text: As in `warn_caller`.
      category: As in `warn_caller`.

    Raises:
      PairsWarning: If warnings are errors in this program.
    """
    if len(_said) >= _MOST_SAID:
        return
    mine = object()
    if _said.setdefault(key, mine) is mine:
        warn_caller(text, category)


def forget() -> None:
    """Forgets which warnings were issued."""
    _said.clear()


_behalf: ContextVar[Place | None] = ContextVar("pairs_warn_on_behalf_of", default=None)
_said: dict[Hashable, object] = {}


def _place(frame: FrameType) -> Place:
    return Place(
        frame.f_code.co_filename,
        frame.f_lineno,
        frame.f_globals.get("__name__"),
        frame.f_globals.setdefault("__warningregistry__", {}),
    )
