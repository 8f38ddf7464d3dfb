# SPDX-License-Identifier: Apache-2.0
"""Where the pictures of a run are: of its files, only the place of each picture is kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tensorboard.compat.proto import event_pb2, summary_pb2

from tb_pairs_plugin.importing import events

# What our own files end in, so that they are never read as a source.
SUFFIX = ".pairs_import"
_IMAGES = "images"


class EventPlace(NamedTuple):
    """Where the pictures of a tag at a step are.

    Attributes:
      file: The position of the file in the run's.
      offset: Of the event, in bytes.
      wall_time: In seconds since 1970.
    """

    file: int
    offset: int
    wall_time: float


@dataclass
class PictureIndex:
    """The pictures of a run.

    Attributes:
      files: Its event files, in the order TensorBoard reads them.
      pictures: By tag and step; a step that was logged twice counts as it was logged last.
      tags: All tags, also those without pictures.
      problems: Sentences about files that could not be read to their end.
      broken_steps: The steps at which reading broke off, or at which an event is damaged: pictures
        of them may be missing that were logged.
    """

    files: list[Path]
    pictures: dict[str, dict[int, EventPlace]] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    broken_steps: set[int] = field(default_factory=set)


def find_runs(logdir: Path, unlisted: list[OSError]) -> Iterator[tuple[str, list[Path]]]:
    """Yields the name of each run and its event files; the importer's own are left out.

    Args:
      logdir: Where to look.
      unlisted: Is given the errors of folders that can't be listed.
    """
    for folder, folders, names in os.walk(logdir, onerror=unlisted.append):
        folders.sort()
        files = [
            path
            for path in (Path(folder, name) for name in sorted(names))
            if "tfevents" in path.name and not _is_own(path)
        ]
        if files:
            yield os.path.relpath(folder, logdir), files


def is_special(path: Path) -> bool:
    """Whether it is there and neither a file nor a folder, such as a pipe: nobody's log."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _is_own(path: Path) -> bool:
    return path.name.endswith(SUFFIX) and not is_special(path)


def read(files: list[Path]) -> PictureIndex:
    """Returns where the pictures in some files are."""
    index = PictureIndex(files)
    image_tags: set[str] = set()
    for position, path in enumerate(files):
        end = events.End()
        step: int | None = None
        try:
            for offset, event in events.read(path, end):
                place = EventPlace(position, offset, event.wall_time)
                if _is_known(index, event) or _is_whole(path, offset):
                    _note(index, image_tags, event, place)
                else:
                    index.problems.append(
                        f"{path.name} is damaged at byte {offset}: an event there is left out"
                    )
                    index.broken_steps |= {event.step} if step is None else {event.step, step}
                step = event.step if event.summary.value else step
        except OSError as error:
            end.problem = f"can't be read: {error.strerror}"
        if end.problem is not None:
            index.problems.append(f"{path.name} {end.problem}")
            index.broken_steps |= set() if step is None else {step}
    return index


def _is_known(index: PictureIndex, event: event_pb2.Event) -> bool:
    """Whether there were events of the same tags before."""
    return all(value.tag in index.tags for value in event.summary.value)


def _is_whole(path: Path, offset: int) -> bool:
    """Whether the checksum of an event is right: asked where a tag is new, which damage may be."""
    try:
        events.read_at(path, offset)
    except events.EventError:
        return False
    return True


def _note(
    index: PictureIndex, image_tags: set[str], event: event_pb2.Event, place: EventPlace
) -> None:
    for value in event.summary.value:
        index.tags.add(value.tag)
        # The metadata of a tag may stand in its first event only.
        if value.metadata.plugin_data.plugin_name == _IMAGES:
            image_tags.add(value.tag)
        is_tensor = value.HasField("tensor") and value.tag in image_tags
        if value.HasField("image") or is_tensor:
            index.pictures.setdefault(value.tag, {})[event.step] = place


class Reader:
    """Reads pictures of a run; one event is kept, as one may hold the pictures of many tags."""

    def __init__(self, index: PictureIndex) -> None:
        """Begins; nothing is read yet."""
        self._files = index.files
        self._place: tuple[int, int] | None = None
        self._event = event_pb2.Event()

    def blobs(self, tag: str, place: EventPlace) -> list[bytes]:
        """Returns the encoded pictures of a tag at a place.

        Raises:
          EventError: If the event is damaged.
          OSError: If the file can't be read.
        """
        if self._place != place[:2]:
            self._place = None
            self._event = events.read_at(self._files[place.file], place.offset)
            self._place = place[:2]
        return next((_blobs(value) for value in self._event.summary.value if value.tag == tag), [])


def _blobs(value: summary_pb2.Summary.Value) -> list[bytes]:
    if value.HasField("image"):
        return [value.image.encoded_image_string]
    # The first two are width and height as texts; they may be false, and are not used.
    return list(value.tensor.string_val[2:])
