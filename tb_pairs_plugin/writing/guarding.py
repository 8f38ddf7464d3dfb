# SPDX-License-Identifier: Apache-2.0
"""What keeps the callbacks, hooks and handlers of toolkits from ending a training."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.training import Training
from tb_pairs_plugin.writing.warn import NotWrittenWarning, PairsWarning, warn_once


class Guarded:
    """Base of whatever a toolkit calls: in a training, errors of its public methods are warnings.

    A direct subclass need do nothing for it but have a `_training`, or say by `_is_training` when
    one is under way. Of a subclass of that, the program's own, only overrides are guarded: its
    other methods no toolkit calls. The constructor is not guarded: a wrong argument is an error.

    Attributes:
      _name: The tag.
      _training: The training, where it is a call of the toolkit's.
      _control_flow: Exceptions by which the toolkit is told to do something, which are no faults.
    """

    _name: str
    _training: Training
    _control_flow: tuple[type[Exception], ...] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        """Guards the public methods of a subclass."""
        super().__init_subclass__(**options)
        known = [base for base in cls.__mro__[1:] if Guarded in base.__bases__]
        for name, method in list(vars(cls).items()):
            if not isinstance(method, FunctionType) or name.startswith("_"):
                continue
            if Guarded in cls.__bases__ or any(hasattr(base, name) for base in known):
                setattr(cls, name, _guard(method))

    def _is_training(self, *args: Any, **named: Any) -> bool:
        """Says whether a training is under way.

        Args:
          args: Those of the method that the toolkit calls.
          named: See there.
        """
        return self._training.is_running


def _guard(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Guarded, *args: Any, **named: Any) -> Any:
        try:
            return method(self, *args, **named)
        except self._control_flow:
            raise
        except Exception as error:
            # Asked only now, as the answer may take a look at the whole stack.
            try:
                is_training = self._is_training(*args, **named)
            except Exception:
                raise error from None
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
