# SPDX-License-Identifier: Apache-2.0
"""The errors of writing, and what becomes of each.

    ValueError            what types, ranks, dtypes, counts and options decide: raised always
    ├── UnreadableError   one of them: a value is no array of numbers
    └── DataError         what values decide: raised until a first call of the tag was accepted,
                          then a warning, once per tag and fault, and the call returns False
    WriteError            the writer failed, with the reason as `__cause__`: never raised to a
                          caller, always a warning, once per writer, and the call returns False

    FileLost              the event file is gone, and the record is made again for a new one: never
                          leaves; a WriteError where the new one is lost too

Anything else that leaves `pairs.summary` was raised by the caller's own code, such as a predicate.
"""

from __future__ import annotations


class DataError(ValueError):
    """Values that can't be stored as what they were said to be.

    Attributes:
      fault: The kind of fault in a few words, without any value: one is warned of once per tag.
    """

    def __init__(self, message: str, fault: str) -> None:
        """Says what was got, what is wanted, and the way out.

        Args:
          message: The sentence.
          fault: The kind of fault.
        """
        super().__init__(message)
        self.fault = fault


class UnreadableError(ValueError):
    """A value is no array of numbers, or its library can't give its values."""


class WriteError(Exception):
    """The writer failed; `__cause__` says how."""


class FileLost(OSError):
    """The event file is gone, and what records would refer to; the next write begins another."""
