# SPDX-License-Identifier: Apache-2.0
"""The base of writers that queue events for a file of their own, and do not notice when it is gone.

One subclass per library alone knows where that library keeps the path of the file.
"""

from __future__ import annotations

import abc
from typing import Any

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.writers import presence


class FileWriter(abc.ABC):
    """A library's writer of one event file."""

    way_out = "close() the writer, and it begins another when it is used again"

    def __init__(self, writer: Any) -> None:
        """Wraps it."""
        self._writer = writer

    @property
    def file(self) -> object:
        """The writer: it has one event file."""
        return self._writer

    def is_recording(self) -> bool:
        """Says that it always takes summaries."""
        return True

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Queues one event.

        Raises:
          OSError: If the writer is closed, could not write an earlier event, or its file is gone.
        """
        presence.check(self._writer, self._find_path, self.way_out)
        self._queue(summary, step, wall_time)

    def flush(self) -> None:
        """Waits until all queued events are written."""
        self._writer.flush()

    @abc.abstractmethod
    def _find_path(self) -> object:
        """Returns the path of the event file; anything but a text where it can't be known."""

    @abc.abstractmethod
    def _queue(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Hands one event to the library."""
