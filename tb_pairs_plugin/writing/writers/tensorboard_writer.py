# SPDX-License-Identifier: Apache-2.0
"""TensorBoard's `EventFileWriter`."""

from __future__ import annotations

from tensorboard.compat.proto import event_pb2, summary_pb2

from tb_pairs_plugin.writing.writers.file_writer import FileWriter


class TensorBoardWriter(FileWriter):
    """An `EventFileWriter`."""

    way_out = "make another writer"

    def _find_path(self) -> object:
        return getattr(self._writer, "_file_name", None)

    def _queue(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        self._writer.add_event(event_pb2.Event(wall_time=wall_time, step=step, summary=summary))
