# SPDX-License-Identifier: Apache-2.0
"""What cases check by themselves, where pytest is not installed."""

import inspect
import warnings
from contextlib import contextmanager
from types import FunctionType

import tb_pairs_plugin as pairs


def refused(says, function, *arguments, **options):
    """Checks that a call raises a `ValueError` that says something."""
    said = "no error"
    try:
        function(*arguments, **options)
    except ValueError as error:
        said = str(error)
    assert says in said, said


def interrupted(function, *arguments, **options):
    """Checks that a call is ended by a `KeyboardInterrupt`, as Ctrl-C raises it."""
    try:
        function(*arguments, **options)
    except KeyboardInterrupt:
        return
    raise AssertionError("it came to its end")


@contextmanager
def warned_once(says, filename):
    """Checks that a block issues one warning of ours, attributed to a line of a file."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        yield
    (one,) = [one for one in said if issubclass(one.category, pairs.PairsWarning)]
    assert says in str(one.message), one.message
    assert one.filename == filename, one.filename


class Broken:
    """An object that fails at whatever is asked of it."""

    def __getattr__(self, name):
        raise LookupError(f"no {name}")

    def __bool__(self):
        raise LookupError("neither true nor false")

    __len__ = __iter__ = __call__ = __bool__


def guarded(callback):
    """Checks that no public method of ours ends a training, whatever is broken, and each is so."""
    methods = {
        name: method
        for base in type(callback).__mro__
        if base.__module__.startswith("tb_pairs_plugin.")
        for name, method in vars(base).items()
        if isinstance(method, FunctionType) and not name.startswith("_")
    }
    assert methods
    for name in set(vars(callback)) - {"_name"}:
        vars(callback)[name] = Broken()
    fails = []
    for name, method in methods.items():
        wants = [
            one
            for one in list(inspect.signature(method).parameters.values())[1:]
            if one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty
        ]
        for is_training in (True, False):
            vars(callback)["_is_training"] = lambda *args, is_training=is_training, **named: (
                is_training
            )
            try:
                getattr(callback, name)(*(Broken() for _ in wants))
            except Exception:
                assert not is_training, f"{type(callback)}.{name}"
                fails.append(name)
    # Without a training they do fail, so this can.
    assert fails, callback
