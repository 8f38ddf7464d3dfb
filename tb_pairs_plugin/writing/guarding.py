# SPDX-License-Identifier: Apache-2.0
"""What keeps the callbacks, hooks and handlers of toolkits from ending a training."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.warn import NotWrittenWarning, PairsWarning, warn_once


class Guarded:
    """Base of whatever a toolkit calls: in a training, errors of its public methods are warnings.

    A subclass need do nothing for it but say when a training is under way. The constructor is not
    guarded: a wrong argument is an error.

    Attributes:
      _name: The tag.
    """

    _name: str

    def __init_subclass__(cls, **options: Any) -> None:
        """Guards the public methods of a subclass."""
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("_"):
                setattr(cls, name, _guard(method))

    def _is_training(self, *args: Any, **named: Any) -> bool:
        """Says whether a training is under way.

        Args:
          args: Those of the method that the toolkit calls.
          named: See there.
        """
        raise NotImplementedError


def _guard(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Guarded, *args: Any, **named: Any) -> Any:
        try:
            return method(self, *args, **named)
        except Exception as error:
            # Asked only now, as the answer may take a look at the whole stack.
            is_training = self._is_training(*args, **named)
            _warn_of(error, self._name, is_training, f"{method.__name__}()")
            return None

    return guarded


@contextmanager
def warn_on_errors(name: str, is_running: bool, what: str) -> Iterator[None]:
    """Makes a warning, once, of the errors of a block, where a training is under way.

    Args:
      name: The tag.
      is_running: Whether it is.
      what: What goes missing.
    """
    try:
        yield
    except Exception as error:
        _warn_of(error, name, is_running, what)


def _warn_of(error: Exception, name: str, is_running: bool, what: str) -> None:
    """Issues a warning, called where an error is handled; raises it again without a training."""
    # Of a warning of ours the program asked for an error.
    if not is_running or isinstance(error, PairsWarning):
        raise error
    fault = error.fault if isinstance(error, DataError) else None
    warn_once(
        ("evaluation", name, what, type(error), fault),
        f"pairs goes on without {what} of {name!r}: {type(error).__name__}: {error}; said once "
        "for this tag and kind of error",
        NotWrittenWarning,
    )
