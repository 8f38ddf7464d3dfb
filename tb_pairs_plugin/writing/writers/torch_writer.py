# SPDX-License-Identifier: Apache-2.0
"""`torch.utils.tensorboard.SummaryWriter`, as Lightning and accelerate use it too."""

from __future__ import annotations

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.writers.file_writer import FileWriter


class TorchWriter(FileWriter):
    """What `SummaryWriter._get_file_writer()` returned: another one after a close and reopening."""

    def _find_path(self) -> object:
        # No public API names the file.
        return getattr(getattr(self._writer, "event_writer", None), "_file_name", None)

    def _queue(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        self._writer.add_summary(summary, step, wall_time)
