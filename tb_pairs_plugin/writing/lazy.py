# SPDX-License-Identifier: Apache-2.0
"""Attributes that are computed when they are first read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):
    """As `functools.cached_property`, without the lock that has before Python 3.12.

    There it is one for all objects of a class and is held while a value is computed. Threads would
    take turns, and the handler of a signal that logs would wait for a thread that waits for what
    the handler interrupted. Here two threads may compute one value twice, so use it where that
    does no harm.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        """Wraps a method that has no argument but its object."""
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, _: type) -> lazy[T]: ...

    @overload
    def __get__(self, owner: object, _: type) -> T: ...

    def __get__(self, owner: object | None, _: type) -> lazy[T] | T:
        """Returns the value, and leaves it where Python looks first the next time."""
        if owner is None:
            return self
        value = self._compute(owner)
        owner.__dict__[self._name] = value
        return value
