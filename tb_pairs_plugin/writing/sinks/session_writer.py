# SPDX-License-Identifier: Apache-2.0
"""`tf.compat.v1.summary.FileWriter`, as sessions and Estimators use it."""

from __future__ import annotations

from typing import Any

from tensorboard.compat.proto import summary_pb2


class SessionWriter:
    """A `FileWriter` of TensorFlow 1."""

    def __init__(self, writer: Any) -> None:
        """Wraps it."""
        self._writer = writer

    @property
    def file(self) -> object:
        """The writer; once reopened it has another file."""
        return getattr(self._writer, "event_writer", self._writer)

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Queues one event; the writer stamps the time itself.

        Raises:
          OSError: If the writer is closed: it would drop the event, and only warn.
        """
        if getattr(self._writer, "_closed", False):
            raise OSError("the FileWriter is closed")
        self._writer.add_summary(summary.SerializeToString(), step)

    def flush(self) -> None:
        """Waits until what is queued is written."""
        self._writer.flush()
