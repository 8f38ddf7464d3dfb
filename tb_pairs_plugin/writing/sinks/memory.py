# SPDX-License-Identifier: Apache-2.0
"""One summary, kept instead of written."""

from __future__ import annotations

from tensorboard.compat.proto import summary_pb2


class Memory:
    """Keeps the last summary that it is given; one per record."""

    def __init__(self) -> None:
        """Holds an empty summary."""
        self.summary = summary_pb2.Summary()

    @property
    def file(self) -> object:
        """A new object: no two records share content."""
        return self

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Keeps it."""
        self.summary = summary
