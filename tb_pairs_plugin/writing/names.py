# SPDX-License-Identifier: Apache-2.0
"""Which texts can name something: a tag, a sample, a metric, an attribute, a class."""

from __future__ import annotations

import os
import unicodedata
from typing import Any

from tb_pairs_plugin.writing.arrays import conversion

# Spaces and line ends, control characters, and characters that only say how others are written.
_UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf")


def find_flaw(name: str) -> str | None:
    """Returns what is wanted instead of a name that can't be seen or typed; None for others."""
    # Most names are of this kind, and it is quick to say.
    if name.isprintable() and name.strip():
        return None
    if is_blank(name):
        return "a text that is not blank"
    if any(unicodedata.category(one) == "Cc" for one in name):
        return "a text without control characters"
    return None


def check_name(name: object, argument: str, kind: str = "a text") -> None:
    """Checks a name in an argument.

    Raises:
      ValueError: If it is no text that can be seen and typed; `kind` says what is.
    """
    want = find_flaw(name) if isinstance(name, str) else kind
    if want is not None:
        raise ValueError(f"{argument} has the name {name!r}, want {want}")


def is_blank(name: str) -> bool:
    """Says whether a text has nothing to see."""
    return all(unicodedata.category(one) in _UNSEEN for one in name)


def to_id(value: Any, name: str) -> str:
    """Returns a sample id as text; an integer is its decimal digits.

    Raises:
      ValueError: If it is neither a text nor an integer nor a float.
      DataError: If it is a float with a fraction.
    """
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return str(value)
    number = conversion.to_integer(value)
    if number is None:
        message = f"{name} has {value!r}, want texts or integers, such as str(x)"
        raise conversion.make_integer_error(value, message, "ids")
    return str(number)
