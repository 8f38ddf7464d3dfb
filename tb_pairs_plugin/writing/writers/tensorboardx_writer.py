# SPDX-License-Identifier: Apache-2.0
"""`tensorboardX.SummaryWriter`."""

from __future__ import annotations

import importlib
from typing import Any

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.writers import presence


class TensorboardXWriter:
    """The file of a tensorboardX writer."""

    def __init__(self, file_writer: Any) -> None:
        """Wraps what `SummaryWriter._get_file_writer()` returned."""
        self._file_writer = file_writer

    @property
    def file(self) -> object:
        """The file writer."""
        return self._file_writer

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Queues one event.

        Raises:
          OSError: If the writer is closed, or could not write what was queued before, or its file
            is gone.
        """
        presence.check(
            self._file_writer,
            lambda: _path_of(self._file_writer),
            "close() the writer, and it begins another when it is used again",
        )
        theirs = importlib.import_module("tensorboardX.proto.summary_pb2")
        # Their messages lack the data class, but keep a field they don't know when read from bytes.
        self._file_writer.add_summary(
            theirs.Summary.FromString(summary.SerializeToString()), step, wall_time
        )

    def flush(self) -> None:
        """Waits until what is queued is written."""
        self._file_writer.flush()


def _path_of(file_writer: Any) -> object:
    # No public API names the file.
    events = getattr(getattr(file_writer, "event_writer", None), "_ev_writer", None)
    return getattr(events, "_file_name", None)
