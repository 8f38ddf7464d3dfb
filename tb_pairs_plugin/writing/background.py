# SPDX-License-Identifier: Apache-2.0
"""Writing on another thread than the training's; why so is in docs/decisions/0020.

The thread is not a daemon: Python waits for it at exit, however the program ends. It ends when the
queue is empty and the main thread has ended.
"""

from __future__ import annotations

import contextlib
import numbers
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from types import TracebackType
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from tb_pairs_plugin.writing import reentry, sigterm, tolerance
from tb_pairs_plugin.writing.arrays.rasters import Copy
from tb_pairs_plugin.writing.buffers import Buffers
from tb_pairs_plugin.writing.errors import DataError
from tb_pairs_plugin.writing.types import Array
from tb_pairs_plugin.writing.warn import NotWrittenWarning, Place, on_behalf_of, warn_caller
from tb_pairs_plugin.writing.writers.writer import QueueingWriter, Writer

_IDLE_SECONDS = 0.2  # between looks at whether the main thread has ended
_AMID_SECONDS = 5.0  # how long the handler of a signal waits for what may wait for it


class Work(Protocol):
    """A call or a record that is yet to be written."""

    @property
    def tag(self) -> str:
        """Of the record."""

    @property
    def writer(self) -> Writer:
        """Where to write."""

    @property
    def arrays(self) -> Iterable[Array]:
        """The values of all pictures."""

    @property
    def place(self) -> Place | None:
        """The line that called."""

    def detach(self, copy: Copy) -> Work:
        """Returns the same work with copies of the pictures."""


W = TypeVar("W", bound=Work)
# Writes some work; returns whether a record was written.
Write: TypeAlias = Callable[[Any], bool]


def background(queue: int = 8, when_full: Literal["block", "drop_oldest"] = "block") -> Background:
    """Lets `pairs.summary` return at once; choosing, measuring and encoding go on behind it.

        with pairs.background():
            for step, batch in enumerate(batches):
                train(batch)
                pairs.summary("val/masks", masks, model(photos), step, writer="logs/run")

    It begins when called and ends with the `with` block or `close()`, or with the program: what
    was logged is written before Python exits, be it at the end of the program, by an exception or
    by SIGTERM. It holds for all threads of the process, and for every writer. A call still checks
    its arguments and raises `ValueError`, then copies the pictures; it returns True when they are
    in the queue. What fails later, or shows only when a picture is encoded (too many class ids),
    is a warning, the first time.

    Args:
      queue: The most calls that wait to be written; they hold copies of their pictures.
      when_full: What a call does when so many wait. `"block"`: it waits for the oldest to be
        written, nothing is lost. `"drop_oldest"`: the oldest is forgotten and counted in
        `dropped`.

    Returns:
      The queue, to `flush()` and `close()`.

    Raises:
      ValueError: If an argument is not as described.
    """
    return Background(queue, when_full)


class Background:
    """A queue of calls and the thread that writes them; made by `pairs.background`."""

    def __init__(self, queue: Any, when_full: Any) -> None:
        """Begins; see `background`."""
        if isinstance(queue, bool) or not isinstance(queue, numbers.Integral) or queue < 1:
            raise ValueError(f"queue is {queue!r}, want an integer of at least 1")
        if when_full not in ("block", "drop_oldest"):
            raise ValueError(f"when_full is {when_full!r}, want 'block' or 'drop_oldest'")
        self._limit = int(queue)
        self._drops = when_full == "drop_oldest"
        self._closed = False
        self._clear()
        _begin(self)

    def _clear(self) -> None:
        # Reentrant, as the handler of SIGTERM may interrupt a thread that has the lock.
        self._changed = threading.Condition(threading.RLock())
        self._waiting: deque[tuple[Work, Write]] = deque()
        self._buffers = Buffers()
        self._unflushed: dict[int, QueueingWriter] = {}
        # The numbers of the threads that write: this one's and, while the interpreter exits, the
        # callers'.
        self._writing_threads: list[int] = []
        self._thread: threading.Thread | None = None
        self._dropped = 0
        self._failed = False
        self._pending_warning: Warning | None = None

    def __enter__(self) -> Background:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def dropped(self) -> int:
        """How many calls were forgotten because the queue was full."""
        return self._dropped

    def flush(self) -> None:
        """Returns when all that was logged so far is written, and the writers are flushed.

        In the handler of a signal that interrupts a call of this package it may return before, and
        is done once more when that call ends: the thread that writes may wait for what it holds.
        """
        self._do_or_put_off(self._flush)

    def _flush(self) -> None:
        self._drain(None)
        self._flush_writers()
        self._raise_pending_warning()

    def close(self) -> None:
        """Writes all that was logged, and ends: later calls are written at once again.

        In the handler of a signal that interrupts a call of this package it ends with that call.
        """
        self._do_or_put_off(self._close)

    def _close(self) -> None:
        if self._closed:
            return
        self._drain(None)
        _end(self)
        # Of another thread, meanwhile.
        self._drain(None)
        with self._changed:
            self._closed = True
            self._buffers = Buffers()
            self._changed.notify_all()
        if self._dropped:
            warn_caller(
                f"pairs.background dropped {self._dropped} records, as the queue of {self._limit} "
                "was full; log less often, or use when_full='block'",
                NotWrittenWarning,
            )
        self._raise_pending_warning()

    def put(self, work: W, write: Callable[[W], bool]) -> bool:
        """Queues work and returns True; False where no memory is left to copy it."""
        if threading.get_ident() in self._writing_threads:
            # A predicate that logs: it would wait for room that only its own end can make.
            return write(work)
        try:
            detached = work.detach(self._buffers.copy)
        except MemoryError as error:
            self._report(f"{work.tag!r} could not be queued", error)
            self._raise_pending_warning()
            return False
        with self._changed:
            while len(self._waiting) >= self._limit:
                if self._drops:
                    # The handler of a signal may have waited until there were none.
                    with contextlib.suppress(IndexError):
                        self._waiting.popleft()
                        self._dropped += 1
                elif self._start():
                    # The handler of a signal may hear what was meant for this.
                    self._changed.wait(_IDLE_SECONDS)
                else:
                    self._write_all()
            self._waiting.append((detached, write))
            self._changed.notify_all()
            if not self._start():
                self._write_all()
        self._raise_pending_warning()
        return True

    def _start(self) -> bool:
        """Returns whether there is a thread; at the exit of the interpreter none is waited for."""
        if self._thread is not None and self._thread.is_alive():
            return True
        if not threading.main_thread().is_alive():
            # Older Pythons would start one, and end before its work is done.
            return False
        self._thread = threading.Thread(target=self._work, name="pairs-background", daemon=False)
        try:
            self._thread.start()
        except RuntimeError:
            self._thread = None
            return False
        return True

    def _work(self) -> None:
        main = threading.main_thread()
        while True:
            with self._changed:
                while not self._waiting:
                    if self._closed or not main.is_alive():
                        self._thread = None
                        return
                    self._changed.wait(_IDLE_SECONDS)
            self._write_all()

    def _write_all(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    return
                work, write = self._waiting.popleft()
                self._writing_threads.append(threading.get_ident())
                self._changed.notify_all()
            try:
                with on_behalf_of(work.place):
                    self._write(work, write)
            finally:
                self._end_work(work)
                del work

    def _end_work(self, work: Work) -> None:
        try:
            # Before whoever closes the queue hears that all is written.
            self._buffers.give_back(work.arrays)
        except MemoryError:
            # A buffer that is not kept is lost to nobody.
            pass
        finally:
            with self._changed:
                if isinstance(work.writer, QueueingWriter):
                    self._unflushed[id(work.writer.file)] = work.writer
                self._writing_threads.remove(threading.get_ident())
                self._changed.notify_all()

    def _write(self, work: Work, write: Write) -> None:
        try:
            write(work)
        except DataError as error:
            # The call has returned: its values can't raise any more.
            self._warn_or_keep(partial(tolerance.warn_of, work.writer, work.tag, error))
        except BaseException as error:
            # Whatever a predicate raises, such as SystemExit: without this thread, callers that
            # wait for room would never return.
            if not isinstance(error, Exception) and not self._is_on_thread():
                raise
            self._report(f"{work.tag!r} could not be written", error)

    def _is_on_thread(self) -> bool:
        return threading.current_thread() is self._thread

    def _drain(self, seconds: float | None) -> None:
        """Returns when nothing waits, or after so many seconds."""
        deadline = None if seconds is None else time.monotonic() + seconds
        me = threading.get_ident()
        with self._changed:
            while self._waiting or any(one != me for one in self._writing_threads):
                if self._waiting and (me in self._writing_threads or not self._start()):
                    self._write_all()
                if deadline is not None and time.monotonic() > deadline:
                    return
                self._changed.wait(_IDLE_SECONDS)

    def _do_or_put_off(self, what: Callable[[], None]) -> None:
        if reentry.is_amid():
            self._wait_a_little()
            reentry.put_off(what)
            return
        with reentry.amid():
            what()

    def _wait_a_little(self) -> None:
        """Returns when nothing waits, or can, or after some seconds; starts no thread."""
        deadline = time.monotonic() + _AMID_SECONDS
        with self._changed:
            while self._waiting or self._writing_threads:
                is_running = self._thread is not None and self._thread.is_alive()
                if not is_running or time.monotonic() > deadline:
                    return
                self._changed.wait(_IDLE_SECONDS)

    def _flush_writers(self) -> None:
        with self._changed:
            unflushed, self._unflushed = self._unflushed, {}
        for writer in unflushed.values():
            try:
                writer.flush()
            except Exception as error:
                self._report(f"a {type(writer).__name__} could not be flushed", error)

    def _report(self, what: str, error: BaseException) -> None:
        if self._failed:
            return
        self._failed = True

        def warn() -> None:
            if isinstance(error, Warning):
                raise error
            warn_caller(
                f"pairs.background goes on, but {what} ({type(error).__name__}: {error}); said "
                "once",
                NotWrittenWarning,
            )

        self._warn_or_keep(warn)

    def _warn_or_keep(self, warn: Callable[[], None]) -> None:
        """Warns; where warnings are errors in this program, that is for the thread that logs."""
        try:
            warn()
        except Warning as raised:
            self._pending_warning = raised

    def _raise_pending_warning(self) -> None:
        pending, self._pending_warning = self._pending_warning, None
        if pending is not None:
            raise pending


def write(work: W, how: Callable[[W], bool]) -> bool:
    """Does `how(work)`: in the background where there is one, else at once."""
    current = _current()
    return how(work) if current is None else current.put(work, how)


def is_active() -> bool:
    """Says whether calls are written in the background now."""
    return _current() is not None


_active: list[Background] = []


def _current() -> Background | None:
    return _active[-1] if _active else None


def _begin(one: Background) -> None:
    outer = _current()
    if outer is not None:
        # Its queue is written before anything enters the new one.
        if reentry.is_amid():
            outer._wait_a_little()
        else:
            outer._drain(None)
    _active.append(one)
    sigterm.listen(_write_before)


def _end(one: Background) -> None:
    if one in _active:
        _active.remove(one)
    if not _active:
        sigterm.stop_listening()


def _write_before(deadline: float) -> None:
    """Writes all queues as far as there is time."""
    for one in list(_active):
        one._drain(deadline - time.monotonic())
        # On a thread that may be left behind: the interrupted code may hold the writer's lock.
        flusher = threading.Thread(target=one._flush_writers, daemon=True)
        flusher.start()
        flusher.join(max(0.0, deadline - time.monotonic()))


def _after_fork() -> None:
    # The parent writes the queue. The child has no thread, until it logs.
    for one in _active:
        one._clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
