# SPDX-License-Identifier: Apache-2.0
"""A log directory, written to without any framework."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import socket
import threading
import time
from collections import OrderedDict
from typing import BinaryIO

from tensorboard.compat.proto import event_pb2, summary_pb2

from tb_pairs_plugin.writing.errors import FileLost
from tb_pairs_plugin.writing.writers import crc32c

# A program that trains hundreds of models, each with a directory, needs files for other things too.
_MOST_OPEN = 100

_counter = itertools.count()


class LogDirectory:
    """A directory; each event is on its way to disk when `write` returns."""

    def __init__(self, path: str) -> None:
        """Names the directory; it and an event file in it are made when first written to."""
        self.path = path
        self._lock = threading.Lock()
        self._stream: BinaryIO | None = None
        self._whole = 0  # bytes of the file that are whole events
        self._file = _File()

    @property
    def file(self) -> object:
        """What stands for the event file; a new one is begun after a failure all the same."""
        return self._file

    def is_recording(self) -> bool:
        """Says that it always takes summaries."""
        return True

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Appends one event.

        Raises:
          OSError: If it can't be written; the next event then goes to a new file.
          FileLost: If the file was deleted, moved away or cut; the next goes to a new file.
        """
        event = event_pb2.Event(wall_time=wall_time, step=step, summary=summary)
        record = crc32c.frame(event.SerializeToString())
        with self._lock:
            if self._stream is not None and not self._is_in_place():
                self._end()
                raise FileLost(f"the event file in {self.path} is gone")
            try:
                if self._stream is None:
                    self._whole = 0
                    self._stream = _open(self.path)
                    record = crc32c.frame(_first_event().SerializeToString()) + record
                self._stream.write(record)
                self._stream.flush()
                self._whole += len(record)
            except BaseException:
                # Also by Ctrl-C in a notebook, which goes on with the same writer: what follows
                # half an event in a file is never read.
                self._give_up()
                raise
            if not self._is_in_place():
                self._take_back(len(record))
                raise FileLost(f"the event file in {self.path} is gone")
        _note_use(self)

    def close(self) -> None:
        """Ends the file; the next event begins a new one."""
        with self._lock:
            self._end()
            # Notes about the old file are useless now.
            self._file = _File()

    def _is_in_place(self) -> bool:
        """Says whether the file is still found under its name; True where that can't be told.

        A directory may be cleared, renamed or made again at any time, in notebooks above all.
        """
        name = getattr(self._stream, "name", None)
        if not isinstance(name, str) or "://" in name:
            return True
        try:
            found = os.stat(name)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        # Not by the number of the file, as some network file systems make up new ones. A copy that
        # was put in its place is recognized once the next event is added.
        return found.st_size >= self._whole

    def _take_back(self, size: int) -> None:
        """Ends the file without its last `size` bytes, wherever it is now."""
        assert self._stream is not None
        with contextlib.suppress(OSError):
            self._stream.truncate(self._whole - size)
        self._end()

    def _give_up(self) -> None:
        """Ends the file and removes a partial event: a full disk must not fill up further."""
        stream = self._stream
        self._end()
        name = getattr(stream, "name", None)
        if not isinstance(name, str) or "://" in name:
            return
        with contextlib.suppress(OSError):
            if self._whole:
                os.truncate(name, self._whole)
            else:
                os.remove(name)

    def _end(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


class _File:
    """Stands for an event file, as a key for notes about its content."""


def open_directory(path: str) -> LogDirectory:
    """Returns the log directory at an absolute path, the same object each time."""
    # Without a lock, which the handler of a signal would keep from a thread that it waits for.
    known = _directories.get(path)
    return known or _directories.setdefault(path, LogDirectory(path))


def _note_use(directory: LogDirectory) -> None:
    """Ends the least recently used file, if more than `_MOST_OPEN` are open."""
    oldest = None
    with _lock:
        _used.pop(directory, None)
        _used[directory] = None
        if len(_used) > _MOST_OPEN:
            oldest, _ = _used.popitem(last=False)
    if oldest is not None:
        oldest.close()


# Reentrant, as the handler of a signal may log too.
_lock = threading.RLock()
_directories: dict[str, LogDirectory] = {}
_used: OrderedDict[LogDirectory, None] = OrderedDict()


def _first_event() -> event_pb2.Event:
    first = event_pb2.Event(wall_time=time.time(), file_version="brain.Event:2")
    first.source_metadata.writer = "tb_pairs_plugin"
    return first


def _open(directory: str) -> BinaryIO:
    if "://" in directory:
        # TensorBoard's own way to buckets; its TensorFlow-free part may import TensorFlow if there.
        from tensorboard.compat import tf

        tf.io.gfile.makedirs(directory)
        stream: BinaryIO = tf.io.gfile.GFile(f"{directory.rstrip('/')}/{_file_name()}", "wb")
        return stream
    if os.path.isfile(directory):
        raise NotADirectoryError(f"{directory} is a file, want a directory")
    os.makedirs(directory, exist_ok=True)
    while True:
        # Another container may have this very host name, process id and second.
        with contextlib.suppress(FileExistsError):
            return open(os.path.join(directory, _file_name()), "xb")


def _file_name() -> str:
    """Returns a name that sorts after all earlier ones: TensorBoard reads files in that order."""
    return (
        f"events.out.tfevents.{int(time.time()):010d}.{socket.gethostname()}"
        f".{os.getpid()}.pairs{next(_counter):06d}"
    )


def _close_all() -> None:
    for directory in tuple(_directories.values()):
        directory.close()


def _after_fork() -> None:
    # The child begins files of its own. Nothing is buffered in those of the parent.
    global _directories, _used, _lock
    _directories = {}
    _used = OrderedDict()
    _lock = threading.RLock()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
