# SPDX-License-Identifier: Apache-2.0
"""Whether values that can't be stored end a call by an error, or by a warning.

Until a writer has accepted a call of a tag, the error is raised: someone who has just started a
program is there to read it. From then on the training is worth more than a record. What is no
training, such as the importer, has them raised all along.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.warn import NotWrittenWarning, warn_once
from tb_pairs_plugin.writing.writers.writer import Writer, name_place


def accept(writer: Writer, tag: str) -> None:
    """Notes that a call was accepted: from now on, values of this tag only warn."""
    _accepted_by(writer).add(tag)


def was_accepted(writer: Writer, tag: str) -> bool:
    """Says whether a call of this tag was accepted before."""
    return tag in _accepted_by(writer)


@contextmanager
def excusing_nothing() -> Iterator[None]:
    """Has `excuse` raise every error of a block, on this thread."""
    token = _excuses.set(False)
    try:
        yield
    finally:
        _excuses.reset(token)


def excuse(writer: Writer, tag: str, error: DataError, what: str = "a record") -> None:
    """Warns of values that can't be stored, once per writer, tag and kind of fault.

    Args:
      writer: Where to write.
      tag: Of the record.
      error: The fault.
      what: What goes missing.

    Raises:
      DataError: `error`, where no call of this tag was accepted before, and in a block of
        `excusing_nothing`.
    """
    if not _excuses.get() or not was_accepted(writer, tag):
        raise error
    warn_of(writer, tag, error, what)


def warn_of(writer: Writer, tag: str, error: DataError, what: str = "a record") -> None:
    """Warns as `excuse` does, whether or not a call was accepted before."""
    warn_once(
        ("data", _writer_of(writer), tag, error.fault),
        f"pairs goes on without {what} of {codec.text(tag, 'tag')!r}: {error}; said once for this "
        "tag and fault",
        NotWrittenWarning,
    )


_excuses: ContextVar[bool] = ContextVar("pairs_excuses", default=True)
_by_place: dict[str, set[str]] = {}
_by_file: weakref.WeakKeyDictionary[object, set[str]] = weakref.WeakKeyDictionary()


def _accepted_by(writer: Writer) -> set[str]:
    # A log directory outlives its files: where one is deleted, the next record begins another.
    if not hasattr(writer, "path") and writer.file is not None:
        try:
            return _by_file.setdefault(writer.file, set())
        except TypeError:
            pass
    return _by_place.setdefault(name_place(writer), set())


_numbers: weakref.WeakKeyDictionary[object, int] = weakref.WeakKeyDictionary()
_next_number = itertools.count(1)


def _writer_of(writer: Writer) -> str:
    """Returns what tells a writer from all others of this process."""
    if hasattr(writer, "path") or writer.file is None:
        return name_place(writer)
    try:
        return f"{name_place(writer)} {_numbers.setdefault(writer.file, next(_next_number))}"
    except TypeError:
        return name_place(writer)
