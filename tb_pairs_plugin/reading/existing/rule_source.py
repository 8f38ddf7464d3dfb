# SPDX-License-Identifier: Apache-2.0
"""Where rules come from: the file of the log directory, and what the page asks for."""

from __future__ import annotations

import threading
from pathlib import Path

from tensorboard.plugins import base_plugin

from tb_pairs_plugin.pairing import rule_file
from tb_pairs_plugin.pairing.rule_file import RuleFile

FLAG = "pairs_rules"
_NONE = RuleFile()


class RuleSource:
    """The rules that hold. Threads may share it."""

    def __init__(self, path: Path | None, must_exist: bool = False) -> None:
        """Reads a file whenever it has changed.

        Args:
          path: Of the file; None where there can be none, as with logs on another machine.
          must_exist: Whether it is a problem that there is none.
        """
        self._path = path
        self._must_exist = must_exist
        self._lock = threading.Lock()
        self._stamp: object = None
        self._file = _NONE

    def read(self, asked: str = "") -> RuleFile:
        """Returns the rules, those that are asked for before those of the file; never raises."""
        file = self._read_file()
        if not asked:
            return file
        first = rule_file.parse(asked.encode("utf-8", "replace"))
        return RuleFile(
            (*first.rules, *file.rules),
            (*first.ignore, *file.ignore),
            (*first.problems, *file.problems),
        )

    def _read_file(self) -> RuleFile:
        if self._path is None:
            return _NONE
        try:
            status = self._path.stat()
        except OSError as error:
            if self._must_exist or not isinstance(error, FileNotFoundError):
                return RuleFile(problems=(f"{self._path} can't be read: {error.strerror}",))
            return _NONE
        with self._lock:
            stamp = status.st_mtime_ns, status.st_size
            if stamp != self._stamp:
                self._file, self._stamp = _parse(self._path), stamp
            return self._file


def find(context: base_plugin.TBContext) -> RuleSource:
    """Returns where the rules of this TensorBoard are."""
    named = getattr(context.flags, FLAG, "")
    if named:
        return RuleSource(Path(named), must_exist=True)
    logdir = context.logdir or ""
    # Such as gs://bucket/logs, which TensorBoard reads and this does not.
    if not logdir or "://" in logdir:
        return RuleSource(None)
    return RuleSource(Path(logdir) / rule_file.NAME)


def _parse(path: Path) -> RuleFile:
    try:
        data = rule_file.read(path)
    except OSError as error:
        return RuleFile(problems=(f"{path} can't be read: {error.strerror}",))
    file = rule_file.parse(data)
    return RuleFile(
        file.rules, file.ignore, tuple(f"{path.name}: {problem}" for problem in file.problems)
    )
