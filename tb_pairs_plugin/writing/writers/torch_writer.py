# SPDX-License-Identifier: Apache-2.0
"""`torch.utils.tensorboard.SummaryWriter`, as Lightning and accelerate use it too."""

from __future__ import annotations

from typing import Any

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.writers import presence


class TorchWriter:
    """The file of a torch writer."""

    def __init__(self, file_writer: Any) -> None:
        """Wraps what `SummaryWriter._get_file_writer()` returned.

        It is another one after the writer was closed and reopened.
        """
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
        self._file_writer.add_summary(summary, step, wall_time)

    def flush(self) -> None:
        """Waits until what is queued is written."""
        self._file_writer.flush()


def _path_of(file_writer: Any) -> object:
    # No public API names the file.
    return getattr(getattr(file_writer, "event_writer", None), "_file_name", None)
