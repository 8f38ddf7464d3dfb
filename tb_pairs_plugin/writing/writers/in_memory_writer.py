# SPDX-License-Identifier: Apache-2.0
"""One summary, kept instead of written, or to be written by other means."""

from __future__ import annotations

from tensorboard.compat.proto import summary_pb2


class InMemoryWriter:
    """Keeps the summary that it is given; an empty one before that."""

    def __init__(self, file: object | None = None) -> None:
        """Holds nothing.

        Args:
          file: What stands for the file that the summary goes to; None if it is not known, and the
            summary must hold all its pictures.
        """
        self.summary = summary_pb2.Summary()
        self._file = file or self

    @property
    def file(self) -> object:
        """The file."""
        return self._file

    def is_recording(self) -> bool:
        """Says that it always takes summaries."""
        return True

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Keeps it."""
        self.summary = summary
