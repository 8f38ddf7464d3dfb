# SPDX-License-Identifier: Apache-2.0
"""`tf.compat.v1.summary.FileWriter`, as sessions and Estimators use it."""

from __future__ import annotations

import os
from typing import Any

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.errors import FileLost
from tb_pairs_plugin.writing.writers import presence


class SessionWriter:
    """A `FileWriter` of TensorFlow 1."""

    def __init__(self, writer: Any) -> None:
        """Wraps it."""
        self._writer = writer

    @property
    def file(self) -> object:
        """The writer; once reopened it has another file."""
        return getattr(self._writer, "event_writer", self._writer)

    def is_recording(self) -> bool:
        """Says that it always takes summaries."""
        return True

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Queues one event; the writer stamps the time itself.

        Raises:
          OSError: If the writer is closed: it would drop the event, and only warn. If its file is
            gone.
          FileLost: If its file is gone, and it was reopened since.
        """
        if getattr(self._writer, "_closed", False):
            raise OSError("the FileWriter is closed")
        try:
            presence.check(self.file, self._path, "make another writer")
        except FileLost:
            # It writes the metadata of a tag only once, and has yet to write it to this file.
            getattr(self._writer, "_seen_summary_tags", set()).clear()
            raise
        self._writer.add_summary(summary.SerializeToString(), step)

    def _path(self) -> str | None:
        events = getattr(self.file, "_ev_writer", None)
        if events is None or not hasattr(events, "FileName"):
            return None
        return os.fsdecode(events.FileName())

    def flush(self) -> None:
        """Waits until all queued events are written."""
        self._writer.flush()
