# SPDX-License-Identifier: Apache-2.0
"""Contenders in a process each, that log in turns: the machine's noise falls on all alike."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pathlib
import statistics
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from benchmarks import contenders, content, tables

_REST_SECONDS = 0.05
_PRODUCTS_PER_STEP = 4  # of 1024 x 1024 matrices: a training step of some tens of milliseconds


@dataclass(frozen=True)
class Cost:
    """What one call cost, in s: until it returned, and of all threads' processor time in that."""

    blocked: float
    processor: float


def medians(costs: Sequence[Cost], repeat: int, clock: str = "processor") -> list[float]:
    """Returns the median of each of `repeat` rounds, which follow one another, in s.

    Args:
        costs: of the calls of all rounds; those that only warmed up are left out.
        repeat: how many rounds.
        clock: which member of a cost.
    """
    values = [getattr(cost, clock) for cost in costs]
    return [statistics.median(one) for one in tables.rounds(values, repeat)]


class Processes:
    """One process per contender; a context manager.

    Args:
        names: keys of `contenders.CONTENDERS`.
        store: where the batches are.
        logs: each contender gets a log directory of its own under it.
    """

    def __init__(self, names: Sequence[str], store: pathlib.Path, logs: pathlib.Path) -> None:
        self._members = {
            name: _Member(name, store, logs / name.replace(", ", "-")) for name in names
        }

    def __enter__(self) -> Processes:
        for member in self._members.values():
            member.ask("open")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for member in self._members.values():
            member.end()

    def run(
        self, spec: content.Spec, steps: Iterable[int], *, fresh: bool = False
    ) -> dict[str, list[Cost]]:
        """Lets all contenders log each step, each time another one first.

        Returns:
            The costs by name, in the order of the steps.
        """
        costs: dict[str, list[Cost]] = {name: [] for name in self._members}
        for step in steps:
            for name in tables.rotated(self._members, step):
                costs[name].append(self._members[name].ask("log", spec, step, fresh))
        return costs

    def train(self, spec: content.Spec, steps: Sequence[int], *, every: int) -> dict[str, Cost]:
        """Lets each contender train over all steps and log at each `every`th (0: at none).

        Returns:
            The cost of the whole loop by name, until all that was logged is written.
        """
        return {
            name: member.ask("train", spec, steps, every) for name, member in self._members.items()
        }

    def close(self) -> dict[str, int]:
        """Lets all contenders close their writers; returns the bytes on disk by name."""
        return {name: member.close() for name, member in self._members.items()}


class _Member:
    def __init__(self, name: str, store: pathlib.Path, logdir: pathlib.Path) -> None:
        self._name = name
        self._logdir = logdir
        logdir.mkdir(parents=True)
        context = multiprocessing.get_context("spawn")
        self._line, line = context.Pipe()
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        self._process = context.Process(
            target=_work, args=(line, name, store, str(logdir)), daemon=True
        )
        self._process.start()
        line.close()

    def ask(self, verb: str, *arguments: object) -> Any:
        self._line.send((verb, *arguments))
        answer = self._line.recv()
        if isinstance(answer, str):
            raise RuntimeError(f"{self._name}: {answer}")
        return answer

    def close(self) -> int:
        self.ask("close")
        return sum(path.stat().st_size for path in self._logdir.rglob("*") if path.is_file())

    def end(self) -> None:
        self._line.close()
        self._process.join(timeout=10)
        if self._process.is_alive():
            self._process.kill()


def _work(line: Connection, name: str, store: pathlib.Path, logdir: str) -> None:
    contender = contenders.CONTENDERS[name]()
    batches = content.Store(store)
    while True:
        try:
            verb, *arguments = line.recv()
        except EOFError:
            return
        try:
            if verb == "open":
                contender.open(logdir)
                # What was imported is not looked through at every collection before a call.
                gc.freeze()
                line.send(True)
            elif verb == "log":
                line.send(_log(contender, batches, *arguments))
            elif verb == "train":
                line.send(_train(contender, batches, *arguments))
            else:
                contender.close()
                line.send(True)
        except Exception:
            line.send(traceback.format_exc())


def _log(
    contender: contenders.Contender,
    batches: content.Store,
    spec: content.Spec,
    step: int,
    fresh: bool,
) -> Cost:
    batch = batches.load(spec, step, fresh=fresh)
    gc.collect()
    stop = _start()
    contender.log(step, batch)
    cost = stop()
    contender.flush()
    # Threads and processes of its own may have more to do, which is not to be the next one's cost.
    time.sleep(_REST_SECONDS)
    return cost


def _train(
    contender: contenders.Contender,
    batches: content.Store,
    spec: content.Spec,
    steps: Sequence[int],
    every: int,
) -> Cost:
    import numpy as np

    logged = {step: batches.load(spec, step) for step in steps if every and step % every == 0}
    weights = np.random.default_rng(0).normal(size=(1024, 1024)).astype(np.float32)
    product = np.empty_like(weights)
    gc.collect()
    stop = _start()
    for step in steps:
        for _ in range(_PRODUCTS_PER_STEP):
            np.matmul(weights, weights, out=product)
        if step in logged:
            contender.log(step, logged[step])
    contender.flush()
    return stop()


def _start() -> Callable[[], Cost]:
    processor = time.process_time()
    wall = time.perf_counter()

    def stop() -> Cost:
        blocked = time.perf_counter() - wall
        return Cost(blocked, time.process_time() - processor)

    return stop
