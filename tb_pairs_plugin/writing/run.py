# SPDX-License-Identifier: Apache-2.0
"""Carries out calls: at once, or in the background where there is one.

Whatever the writer does is a warning here, and never an error: the training goes on.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.writing import (
    background,
    deferred,
    hints,
    reentry,
    selection,
    tolerance,
)
from tb_pairs_plugin.writing.arrays import device
from tb_pairs_plugin.writing.call import Call
from tb_pairs_plugin.writing.errors import DataError, WriteError
from tb_pairs_plugin.writing.recording import recorder
from tb_pairs_plugin.writing.recording.record import Record
from tb_pairs_plugin.writing.warn import NotWrittenWarning, on_behalf_of, warn_once
from tb_pairs_plugin.writing.writers.writer import Writer, name_place


def run_call(call: Call, *, now: bool = False) -> bool:
    """Checks a call and writes its record.

    Args:
      call: The call.
      now: Not in the background, as the caller waits for the summary.

    Returns:
      Whether a record was written, or will be.

    Raises:
      ValueError: If an argument is not what `pairs.summary` documents.
    """
    is_late = reentry.is_amid() and not now
    with reentry.amid():
        try:
            if not now and not is_late and deferred.is_worth_it(call):
                # It is read twice: now without the values of tensors, and later with them.
                call = call.convert(device.list_iterators)
                call = call._replace(select=selection.check(call.select))
                return deferred.check(call) and background.write(call, _write_call)
            record = call.check()
        except MemoryError as error:
            _warn_once(call.writer, call.tag, error)
            return False
        except DataError as error:
            tolerance.excuse(call.writer, call.tag, error)
            return False
        if record is None:
            return False
        return _put_off(record) if is_late else _write(record, now=now)


def write_record(record: Record) -> bool:
    """Writes a record.

    Args:
      record: With all pairs that the caller gave.

    Returns:
      Whether a record was written, or will be.

    Raises:
      ValueError: If too many pairs are selected.
      DataError: If a picture or a text can't be stored, where no call of the tag was accepted
        before; later that is a warning.
    """
    if reentry.is_amid():
        return _put_off(record)
    with reentry.amid():
        return _write(record)


def _write(record: Record, *, now: bool = False) -> bool:
    try:
        written = write_now(record) if now else background.write(record, write_now)
    except DataError as error:
        tolerance.excuse(record.writer, record.tag, error)
        return False
    tolerance.accept(record.writer, record.tag)
    return written


def write_now(record: Record) -> bool:
    """Selects, measures, encodes and writes; returns whether a record was written.

    A failure of the writer, or a lack of memory, is a warning, the first time.

    Raises:
      ValueError: If too many pairs are selected.
      DataError: If a picture or a text can't be stored.
    """
    try:
        with np.errstate(all="ignore"):
            chosen = record.choose()
            hints.warn_about_call(record)
            if chosen is None:
                return False
            recorder.write(chosen)
            hints.warn_about_record(chosen)
            return True
    except WriteError as error:
        _warn_once(record.writer, record.tag, error.__cause__ or error)
    except MemoryError as error:
        _warn_once(record.writer, record.tag, error)
    return False


def _put_off(record: Record) -> bool:
    """Copies a record that comes amid another call, to be written once that has ended."""
    try:
        record = record.detach(np.array)
    except MemoryError as error:
        _warn_once(record.writer, record.tag, error)
        return False
    reentry.put_off(partial(_write_late, record))
    return True


def _write_late(record: Record) -> None:
    # Its call has returned, and what it interrupted is not to blame.
    with on_behalf_of(record.place):
        try:
            _write(record)
        except DataError as error:
            tolerance.warn_of(record.writer, record.tag, error)
        except ValueError as error:
            _warn_once(record.writer, record.tag, error)


def _write_call(call: Call) -> bool:
    """Waits for the tensors of a call that was put off, checks them and writes the record."""
    record = call.convert(device.resolve).check()
    return record is not None and write_now(record)


def _warn_once(writer: Writer, tag: str, cause: BaseException) -> None:
    warn_once(
        ("not written", name_place(writer)),
        f"pairs.summary could not write {codec.text(tag, 'tag')!r} and goes on without "
        f"({type(cause).__name__}: {cause}); said once for this kind of writer or directory",
        NotWrittenWarning,
    )
