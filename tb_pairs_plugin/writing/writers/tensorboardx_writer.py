# SPDX-License-Identifier: Apache-2.0
"""`tensorboardX.SummaryWriter`."""

from __future__ import annotations

import importlib

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.writers.file_writer import FileWriter


class TensorboardXWriter(FileWriter):
    """What `SummaryWriter._get_file_writer()` returned."""

    def _find_path(self) -> object:
        # No public API names the file.
        events = getattr(getattr(self._writer, "event_writer", None), "_ev_writer", None)
        return getattr(events, "_file_name", None)

    def _queue(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        theirs = importlib.import_module("tensorboardX.proto.summary_pb2")
        # Their messages lack the data class, but keep a field they don't know when read from bytes.
        message = theirs.Summary.FromString(summary.SerializeToString())
        self._writer.add_summary(message, step, wall_time)
