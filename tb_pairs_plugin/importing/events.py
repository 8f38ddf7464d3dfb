# SPDX-License-Identifier: Apache-2.0
"""Event files as a stream: one event in memory at a time, and any event again by its place.

An event file is a row of records: the length (8 bytes), its masked CRC-32C (4), the event, and the
masked CRC-32C of that (4), little-endian.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from google.protobuf.message import DecodeError
from tensorboard.compat.proto import event_pb2

from tb_pairs_plugin.writing.writers import crc32c

# No writer makes larger ones: protobuf's limit is twice that.
MAX_EVENT_BYTES = 2**30
_HEADER = struct.Struct("<QI")
_FOOTER = struct.Struct("<I")
_LENGTH_BYTES = 8


class EventError(ValueError):
    """An event that can't be read; the message says why."""


class _HalfError(EventError):
    """The file ends within the event."""

    def __init__(self) -> None:
        super().__init__("half an event is there")


@dataclass
class End:
    """How the reading of a file ended.

    Attributes:
      problem: Why before its end; None where it was read to its end.
    """

    problem: str | None = None


def read(path: Path, end: End) -> Iterator[tuple[int, event_pb2.Event]]:
    """Yields each event with its place in bytes.

    What follows half an event, as the end of a file that is still written to, is not read, nor what
    is written meanwhile: a log may grow as quickly as it is read.

    Args:
      path: Of the file.
      end: Is told why the reading ended.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        # To open a pipe waits for one who writes to it, perhaps for ever.
        end.problem = "is not a regular file, and not read"
        return
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        place = 0
        while place < size:
            try:
                data = _data(stream, size)
                stream.seek(_FOOTER.size, os.SEEK_CUR)
                event = event_pb2.Event.FromString(data)
            except _HalfError as error:
                end.problem = f"ends at byte {place} of {size}: {error}"
                return
            except (EventError, DecodeError):
                end.problem = f"is damaged at byte {place} of {size}, and not read from there on"
                return
            yield place, event
            place = stream.tell()


def read_at(path: Path, place: int) -> event_pb2.Event:
    """Returns the event at a place, its checksum checked.

    Raises:
      EventError: If it is damaged.
      OSError: If the file can't be read.
    """
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        stream.seek(place)
        data = _data(stream, size)
        footer = stream.read(_FOOTER.size)
    if footer != _FOOTER.pack(crc32c.compute_masked(data)):
        raise EventError("its checksum is wrong")
    return event_pb2.Event.FromString(data)


def frame(event: event_pb2.Event) -> bytes:
    """Returns an event as a record of a file."""
    return crc32c.frame(event.SerializeToString())


def _data(stream: BinaryIO, size: int) -> bytes:
    """Returns the bytes of the event that the stream stands at; then it stands at its footer."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise _HalfError
    length, checksum = _HEADER.unpack(header)
    if length > size - stream.tell() - _FOOTER.size:
        # Only here, as for each of many small events it would take long.
        if checksum != crc32c.compute_masked(header[:_LENGTH_BYTES]):
            raise EventError("the checksum of its length is wrong")
        raise _HalfError
    if length > MAX_EVENT_BYTES:
        raise EventError(f"an event of {length} bytes, want at most {MAX_EVENT_BYTES}")
    data = stream.read(length)
    if len(data) < length:
        # The file was cut since.
        raise _HalfError
    return data
