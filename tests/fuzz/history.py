# SPDX-License-Identifier: Apache-2.0
"""A log directory with everything that may happen to it, and what must be visible of it.

The model knows nothing of how records are stored, only which calls returned True, how long the
event files were then, and where they were cut off.
"""

import contextlib
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from tensorboard.compat.proto import event_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.writers import log_directory

Array = NDArray[Any]

KINDS: dict[str, tuple[Any, type, int, int]] = {
    # By tag: the kind, the dtype, the number of values, the number of channels.
    "mask": (pairs.Mask(ignore=255), np.int64, 256, 1),
    "colour": (pairs.Image(), np.uint8, 256, 3),
    "deep": (pairs.Image(bits=16), np.uint16, 65536, 1),
}
HEIGHT, WIDTH = 3, 4


@dataclass(frozen=True)
class Sample:
    """One pair to log: `truth` and `input` number pictures that may come again."""

    id: str
    truth: int
    input: int | None = None
    caption: str | None = None
    score: float = 0.0


@dataclass(frozen=True)
class Shown:
    """A sample as a user sees it, in texts and values."""

    id: str
    caption: str | None
    score: str
    truth: bytes
    prediction: bytes
    input: bytes | None


@dataclass(frozen=True)
class Written:
    """A call that returned True, and where its event ends."""

    tag: str
    step: int
    end: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Purge:
    """A restart that takes back the steps from `step` on."""

    step: int
    end: int


@dataclass
class File:
    """An event file: what was written to it, less what was cut off."""

    path: Path
    events: list[Written | Purge] = field(default_factory=list)

    def cut(self, share: float) -> None:
        """Takes away the end of the file."""
        length = int(self.path.stat().st_size * share)
        os.truncate(self.path, length)
        self.events = [event for event in self.events if event.end <= length]


def begun_at(number: int) -> contextlib.AbstractContextManager[object]:
    """Gives files that begin meanwhile their places in the order of processes.

    Those that began within the same second would be read in any order.
    """
    return mock.patch("time.time", return_value=10.0**9 + number)


class Writer:
    """A process that logs to a run, as far as its log tells."""

    def __init__(self, run: Path, alias: Path, purge: int | None, number: int) -> None:
        """Starts it: with `purge` as torch does, by an `EventFileWriter`; else by the directory.

        Args:
          run: The run's directory.
          alias: A path for a link to it: the package knows a directory by its path, and a process
            that is started again knows nothing of the one before.
          purge: The step from which on the steps are taken back.
          number: Its number, greater than that of those before it.
        """
        run.mkdir(parents=True, exist_ok=True)
        self._run = run
        self.file: File | None = None
        if purge is None:
            alias.symlink_to(run, target_is_directory=True)
            self._target: Any = str(alias)
        else:
            before = set(run.iterdir())
            with begun_at(number):
                self._target = EventFileWriter(str(run))
            session = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
            self._target.add_event(event_pb2.Event(step=purge, session_log=session))
            self._target.flush()
            self._find_file(before)
            assert self.file is not None
            self.file.events.append(Purge(purge, self.file.path.stat().st_size))

    def write(self, tag: str, step: int, samples: Sequence[Sample], number: int) -> bool:
        """Logs pairs, predicted as in no other call; tells whether that began a file."""
        before = set(self._run.iterdir())
        kind = KINDS[tag][0]
        truths = [picture(tag, sample.truth) for sample in samples]
        predictions = [picture(tag, 1000 + 10 * number + i) for i in range(len(samples))]
        inputs = [
            np.zeros((HEIGHT, WIDTH, 1), np.uint8)
            if sample.input is None
            else picture("colour", 100 + sample.input)
            for sample in samples
        ]
        has_input = any(sample.input is not None for sample in samples)
        began = self.file is None
        with begun_at(number) if began else contextlib.nullcontext():
            done = pairs.summary(
                tag,
                truths,
                predictions,
                step,
                image=inputs if has_input else None,
                kind=kind,
                ids=[sample.id for sample in samples],
                captions=[sample.caption or "" for sample in samples],
                metrics={"score": [sample.score for sample in samples]},
                writer=self._target,
            )
        assert done is True
        if isinstance(self._target, EventFileWriter):
            self._target.flush()
        if began:
            self._find_file(before)
        assert self.file is not None
        shown = tuple(
            Shown(
                id=sample.id,
                caption=sample.caption or None,
                score=str(sample.score),
                truth=truth.tobytes(),
                prediction=prediction.tobytes(),
                input=image.tobytes() if has_input else None,
            )
            for sample, truth, prediction, image in zip(
                samples, truths, predictions, inputs, strict=True
            )
        )
        self.file.events.append(Written(tag, step, self.file.path.stat().st_size, shown))
        return began

    def end(self) -> None:
        """Ends the process; all that it wrote was written when the calls returned."""
        if isinstance(self._target, EventFileWriter):
            self._target.close()
        elif self._target in log_directory._directories:
            log_directory._directories.pop(self._target).close()

    def _find_file(self, before: set[Path]) -> None:
        (made,) = set(self._run.iterdir()) - before
        self.file = File(made)


class History:
    """A log directory with several runs."""

    def __init__(self, folder: Path) -> None:
        """Begins with nothing."""
        self.logdir = folder / "logs"
        self.logdir.mkdir(parents=True)
        self._aliases = folder / "aliases"
        self._aliases.mkdir()
        self._numbers = itertools.count()
        self.writers: dict[str, Writer] = {}
        self.files: dict[str, list[File]] = {}
        self.ever: list[tuple[str, Written]] = []

    def start(self, run: str, purge: int | None = None) -> None:
        """Starts the run's process again."""
        if run in self.writers:
            self.writers.pop(run).end()
        number = next(self._numbers)
        alias = self._aliases / str(number)
        writer = self.writers[run] = Writer(self.logdir / run, alias, purge, number)
        if writer.file is not None:
            self.files.setdefault(run, []).append(writer.file)

    def write(self, run: str, tag: str, step: int, samples: Sequence[Sample]) -> None:
        """Logs pairs."""
        if run not in self.writers:
            self.start(run)
        writer = self.writers[run]
        began = writer.write(tag, step, samples, next(self._numbers))
        assert writer.file is not None
        if began:
            self.files.setdefault(run, []).append(writer.file)
        last = writer.file.events[-1]
        assert isinstance(last, Written)
        self.ever.append((run, last))

    def cut(self, run: str, place: int, share: float) -> None:
        """Cuts a file of the run; the process that writes to it is dead."""
        file = self.files[run][place % len(self.files[run])]
        if run in self.writers and self.writers[run].file is file:
            self.writers.pop(run).end()
        file.cut(share)

    def left(self, run: str) -> list[Written | Purge]:
        """Returns what is left on disk, in the order in which TensorBoard reads it."""
        files = sorted(self.files.get(run, []), key=lambda file: file.path)
        return [event for file in files for event in file.events]

    def visible(self, run: str, tag: str) -> list[Written]:
        """Returns the records that are neither cut off nor taken back."""
        kept: list[Written] = []
        started = False
        for event in self.left(run):
            if isinstance(event, Purge):
                # TensorBoard takes the first for a start, not for a restart.
                if started:
                    kept = [one for one in kept if one.step < event.step]
                started = True
            elif event.tag == tag:
                kept.append(event)
        return kept

    def end(self) -> None:
        """Ends all processes."""
        for writer in self.writers.values():
            writer.end()


def picture(tag: str, number: int) -> Array:
    """Returns a picture that differs from that of every other number."""
    _, dtype, values, channels = KINDS[tag]
    digits = [number // 256**place % 256 for place in range(3)]
    flat = np.resize(np.array([*digits, 7, 1]), HEIGHT * WIDTH * channels)
    scale = 1 if values == 256 else 251
    return (flat * scale).astype(dtype).reshape(HEIGHT, WIDTH, channels)
