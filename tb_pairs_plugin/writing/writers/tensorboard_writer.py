# SPDX-License-Identifier: Apache-2.0
"""TensorBoard's `EventFileWriter`."""

from __future__ import annotations

from typing import Any

from tensorboard.compat.proto import event_pb2, summary_pb2

from tb_pairs_plugin.writing.writers import presence


class TensorBoardWriter:
    """An `EventFileWriter`."""

    def __init__(self, writer: Any) -> None:
        """Wraps it."""
        self._writer = writer

    @property
    def file(self) -> object:
        """The writer: it has one event file."""
        return self._writer

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Queues one event.

        Raises:
          OSError: If the writer is closed, or could not write what was queued before, or its file
            is gone.
        """
        presence.check(
            self._writer, lambda: getattr(self._writer, "_file_name", None), "make another writer"
        )
        event = event_pb2.Event(wall_time=wall_time, step=step, summary=summary)
        self._writer.add_event(event)

    def flush(self) -> None:
        """Waits until what is queued is written."""
        self._writer.flush()
