# SPDX-License-Identifier: Apache-2.0
"""A writer whose file can't be opened, such as a closed one on a disk that is full by now."""

from __future__ import annotations

from tensorboard.compat.proto import summary_pb2


class FailingWriter:
    """Fails at each write, as it is then that failing costs a record and not the training."""

    def __init__(self, error: Exception) -> None:
        """Fails with `error`."""
        self._error = error

    @property
    def file(self) -> object | None:
        """None: there is none."""
        return None

    def is_recording(self) -> bool:
        """Says that it always takes summaries."""
        return True

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Fails.

        Raises:
          Exception: What kept the file from being opened.
        """
        raise self._error
