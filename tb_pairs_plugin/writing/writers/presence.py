# SPDX-License-Identifier: Apache-2.0
"""Whether the event file of another library's writer is still in place.

Log directories are cleared, renamed and made again while programs run, in notebooks above all. The
writers of TensorFlow, torch and tensorboardX then go on writing to a file without a name, and all
that they write is lost.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable

from tb_pairs_plugin.writing.errors import FileLost

# Linux lists the open files of a process there.
_OPEN_FILES = "/proc/self/fd"
_DELETED = " (deleted)"
# Where several files grow at once, the look for the right one is repeated, but not endlessly.
_MOST_TRIES = 3


class FileWatch:
    """An event file, known by its path; each look costs one `stat`."""

    def __init__(self, path: str) -> None:
        """Watches the file at `path`, from the first look on."""
        self.path = path
        self._identity: tuple[int, int] | None = None
        self._size = 0

    def is_there(self) -> bool:
        """Says whether the file is still there; True where it can't be told."""
        try:
            found = os.stat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        identity = (found.st_dev, found.st_ino)
        if found.st_size < self._size:
            return False
        # The inode alone proves nothing: some network file systems make up new ones. A
        # copy that was put in its place is told by the system's list of open files, if any.
        if self._identity not in (None, identity):
            _, gone = _open_event_files()
            if os.path.realpath(self.path) in gone:
                return False
        self._identity, self._size = identity, found.st_size
        return True


def check(writer: object, path: Callable[[], object], way_out: str) -> None:
    """Checks that the file of a writer is there.

    Args:
      writer: What lives as long as the file.
      path: Returns the path; anything but a string, and the address of a remote store, is skipped.
      way_out: What to do where it is gone.

    Raises:
      OSError: If the file is gone: all that the writer writes is lost.
      FileLost: If the writer has begun another since.
    """
    watch = _watches.get(writer)
    if watch is None:
        found = path()
        if not isinstance(found, str) or "://" in found:
            return
        watch = _watches[writer] = FileWatch(found)
    if watch.is_there():
        return
    found = path()
    if isinstance(found, str) and found != watch.path:
        _watches[writer] = FileWatch(found)
        raise FileLost(f"the event file {watch.path} is gone, and another is begun")
    raise OSError(f"its event file {watch.path} is gone, and the writer does not notice; {way_out}")


def write_and_find(writer: object, write: Callable[[], None], flush: Callable[[], None]) -> None:
    """Writes; as long as it isn't known to which file, flushes too, to see which file grows.

    Args:
      writer: What lives as long as the file.
      write: Writes to it.
      flush: Flushes the writer.

    Raises:
      OSError: If no file grows, and there are some that are gone.
    """
    tries = _tries.get(writer, 0)
    if writer in _watches or tries == _MOST_TRIES:
        write()
        return
    _tries[writer] = tries + 1
    before, _ = _open_event_files()
    write()
    flush()
    after, gone = _open_event_files()
    grown = [path for path, size in after.items() if size > before.get(path, 0)]
    if len(grown) == 1:
        _watches[writer] = FileWatch(grown[0])
    elif not grown and gone:
        raise OSError(f"its event file is gone, one of {', '.join(sorted(gone))}")


def _open_event_files() -> tuple[dict[str, int], set[str]]:
    """Returns the sizes of the event files that are open, by path, and those that were deleted."""
    there: dict[str, int] = {}
    deleted: set[str] = set()
    try:
        numbers = os.listdir(_OPEN_FILES)
    except OSError:
        return there, deleted
    for number in numbers:
        try:
            path = os.readlink(f"{_OPEN_FILES}/{number}")
            if ".tfevents." not in os.path.basename(path):
                continue
            if path.endswith(_DELETED):
                deleted.add(path.removesuffix(_DELETED))
            else:
                there[path] = os.stat(path).st_size
        except OSError:
            continue
    return there, deleted


_watches: weakref.WeakKeyDictionary[object, FileWatch] = weakref.WeakKeyDictionary()
_tries: weakref.WeakKeyDictionary[object, int] = weakref.WeakKeyDictionary()
