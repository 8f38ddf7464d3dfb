# SPDX-License-Identifier: Apache-2.0
"""The errors of this package, and what becomes of each; those below are of writing.

Writing. Callers of the public names see `ValueError`s and warnings, nothing else:

    ValueError           what types, ranks, dtypes, counts and options decide: raised always
    ├── UnreadableError  one of them: a value is not an array of numbers
    ├── RecordError      (record.codec) one of them: a text is not Unicode
    └── DataError        what values decide: raised until a first call of the tag was accepted, then
                         a warning, once per tag and fault, and the call returns False
    Exception
    └── WriteError       the writer failed, with the reason as `__cause__`: always a warning, once
                         per writer, and the call returns False
    OSError
    └── FileLost         the event file is gone, and the record is made again for a new one; a
                         WriteError where the new one is lost too

Anything else that leaves `pairs.summary` was raised by the caller's own code, such as a predicate.

Reading. A browser sees a status and a sentence:

    ValueError
    ├── RecordError      (record.codec) a record is damaged: said in its place; others are served
    ├── PngError         (reading.png) a PNG has no header that can be read: said in its place
    └── EncodedError     (reading.existing.encoded) a picture of the Images dashboard can't be shown
    Exception
    ├── SourceError      (reading.source) TensorBoard can't give the data: its status, mostly 400
    └── HttpError        (reading.requests) the request is wrong, 400, or the thing is missing, 404

Anything else is a fault of ours and a 500: docs/decisions/0004.

Importing. The report names what is left out, and the import goes on:

    ValueError
    ├── EventError       (importing.events) the rest of an event file is damaged
    ├── DecodeError      (importing.decoding) a picture can't be decoded, or Pillow is not installed
    ├── CutError         (importing.cutting) a strip or a grid can't be cut as asked
    ├── MakeError        (importing.making) a step gives no samples
    └── PatternError     (pairing.patterns) a pattern in `pairs.json` can't be used
    Exception
    └── ImportingError   (importing.importer) nothing can be written: the command ends
"""

from __future__ import annotations


class DataError(ValueError):
    """Values that can't be stored as the kind that the caller gave.

    Attributes:
      fault: The kind of fault in a few words, without any value: one is warned of once per tag.
    """

    def __init__(self, message: str, fault: str) -> None:
        """States what was got, what is wanted, and the way out.

        Args:
          message: The sentence.
          fault: The kind of fault.
        """
        super().__init__(message)
        self.fault = fault


class UnreadableError(ValueError):
    """A value is not an array of numbers, or its library can't give its values."""


class WriteError(Exception):
    """The writer failed; `__cause__` says how."""


class FileLost(OSError):
    """The event file is gone, and what records would refer to; the next write begins another."""
