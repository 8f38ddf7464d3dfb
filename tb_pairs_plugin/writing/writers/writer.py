# SPDX-License-Identifier: Apache-2.0
"""The interface of all writers."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from tensorboard.compat.proto import summary_pb2


class Writer(Protocol):
    """A place for summaries."""

    @property
    def file(self) -> object | None:
        """The object that lives as long as the event file does; None where it can't be known."""

    def is_recording(self) -> bool:
        """Says whether it takes summaries now; only TensorFlow's can be told not to."""

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Writes one event.

        Args:
          summary: Its summary.
          step: Its step.
          wall_time: In seconds since 1970; a writer that sets its own ignores it.

        Raises:
          Exception: Whatever the writer raises.
        """


@runtime_checkable
class QueueingWriter(Writer, Protocol):
    """A writer that holds events in a queue of its own before they go to disk."""

    def flush(self) -> None:
        """Returns when all events are on their way to disk."""


def name_place(writer: Writer) -> str:
    """Returns the class of a writer and, where it has one, its directory: one text per place."""
    return f"{type(writer).__name__} {getattr(writer, 'path', '')}".strip()
