# SPDX-License-Identifier: Apache-2.0
"""What cases check by themselves, where pytest is not installed."""

import warnings
from contextlib import contextmanager

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
