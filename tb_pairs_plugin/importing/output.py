# SPDX-License-Identifier: Apache-2.0
"""The event files that the importer writes, and the contents of those it wrote earlier."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import BinaryIO

from tensorboard.compat.proto import event_pb2

from tb_pairs_plugin.importing import events
from tb_pairs_plugin.importing.index import SUFFIX
from tb_pairs_plugin.record import metadata


def list_imported(folder: Path, problems: dict[Path, str]) -> set[tuple[str, int]]:
    """Returns the tags and steps that were imported into a folder before.

    Half a record, as an import that was killed leaves it, does not count.

    Args:
      folder: Where they were written to.
      problems: Is given a sentence about each file that can't be read to its end.
    """
    found: set[tuple[str, int]] = set()
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        end = events.End()
        for _, event in events.read(path, end):
            found.update(
                (value.tag, event.step)
                for value in event.summary.value
                if not metadata.is_reserved(value.tag)
            )
        if end.problem is not None:
            problems[path] = f"{path.name} {end.problem}"
    return found


class ImportFile:
    """A new event file in a folder, made when first written to; a `writer` of `pairs.summary`.

    Records get the wall time of the pictures that they were made of.
    """

    def __init__(self, folder: Path) -> None:
        """Names the folder."""
        self.wall_time = 0.0
        self.error: OSError | None = None
        self._folder = folder
        self._stream: BinaryIO | None = None

    def add_event(self, event: event_pb2.Event) -> None:
        """Appends an event.

        Raises:
          OSError: If it can't be written; `error` holds it too.
        """
        event.wall_time = self.wall_time
        try:
            if self._stream is None:
                self._stream = self._open()
                first = event_pb2.Event(wall_time=self.wall_time, file_version="brain.Event:2")
                first.source_metadata.writer = "tb_pairs_plugin.importing"
                self._stream.write(events.frame(first))
            self._stream.write(events.frame(event))
            self._stream.flush()
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Does nothing: each event is on its way to disk when `add_event` returns."""

    def close(self) -> None:
        """Ends the file."""
        if self._stream is not None:
            self._stream.close()

    def _open(self) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = int(time.time())
        while True:
            name = f"events.out.tfevents.{stamp:010d}.{socket.gethostname()}.{os.getpid()}{SUFFIX}"
            try:
                return (self._folder / name).open("xb")
            except FileExistsError:
                # TensorBoard reads the files of a run in the order of their names.
                stamp += 1
