# SPDX-License-Identifier: Apache-2.0
"""A log directory, written to without any framework."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import socket
import struct
import threading
import time
from typing import BinaryIO

from tensorboard.compat.proto import event_pb2, summary_pb2

from tb_pairs_plugin.writing.sinks import crc32c

_counter = itertools.count()


class EventFile:
    """One event file; each event is on its way to disk when `write` returns."""

    def __init__(self, directory: str) -> None:
        """Creates the file, and the directory where needed."""
        self._lock = threading.Lock()
        name = (
            f"events.out.tfevents.{int(time.time()):010d}.{socket.gethostname()}"
            f".{os.getpid()}.pairs{next(_counter)}"
        )
        self._stream = _open(directory, name)
        first = event_pb2.Event(wall_time=time.time(), file_version="brain.Event:2")
        first.source_metadata.writer = "tb_pairs_plugin"
        self._append(first.SerializeToString())

    @property
    def file(self) -> object:
        """This very object."""
        return self

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Appends one event.

        Raises:
          OSError: If it can't be written.
        """
        event = event_pb2.Event(wall_time=wall_time, step=step, summary=summary)
        self._append(event.SerializeToString())

    def close(self) -> None:
        """Ends the file."""
        with self._lock:
            self._stream.close()

    def _append(self, data: bytes) -> None:
        length = struct.pack("<Q", len(data))
        record = b"".join(
            (
                length,
                struct.pack("<I", crc32c.masked(length)),
                data,
                struct.pack("<I", crc32c.masked(data)),
            )
        )
        with self._lock:
            self._stream.write(record)
            self._stream.flush()


class LogDirectory:
    """A directory; the event file in it is made when first written to, and once per process."""

    def __init__(self, path: str) -> None:
        """Names the directory."""
        self.path = path

    @property
    def file(self) -> object:
        """The event file of this process."""
        return _file_in(self.path)

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Appends one event.

        Raises:
          OSError: If it can't be written; the next event then goes to a new file.
        """
        event_file = _file_in(self.path)
        try:
            event_file.write(summary, step, wall_time)
        except OSError:
            # What follows half a record in a file is never read.
            _drop(self.path, event_file)
            raise


_lock = threading.Lock()
_files: dict[str, EventFile] = {}


def _file_in(directory: str) -> EventFile:
    with _lock:
        if directory not in _files:
            _files[directory] = EventFile(directory)
        return _files[directory]


def _drop(directory: str, event_file: EventFile) -> None:
    with _lock:
        if _files.get(directory) is event_file:
            del _files[directory]
    with contextlib.suppress(OSError):
        event_file.close()


def _open(directory: str, name: str) -> BinaryIO:
    if "://" in directory:
        # TensorBoard's own way to buckets; its TensorFlow-free part may import TensorFlow if there.
        from tensorboard.compat import tf

        tf.io.gfile.makedirs(directory)
        stream: BinaryIO = tf.io.gfile.GFile(f"{directory.rstrip('/')}/{name}", "wb")
        return stream
    os.makedirs(directory, exist_ok=True)
    return open(os.path.join(directory, name), "wb")


def _close_all() -> None:
    for event_file in _files.values():
        with contextlib.suppress(OSError):
            event_file.close()


def _after_fork() -> None:
    # The child begins files of its own. Nothing is buffered in those of the parent.
    global _files, _lock
    _files = {}
    _lock = threading.Lock()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
