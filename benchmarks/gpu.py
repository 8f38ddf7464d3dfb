# SPDX-License-Identifier: Apache-2.0
"""What a call with tensors on a GPU adds to a training step there. Needs a GPU.

A step queues matrix products and returns before the GPU has done them, as trainings do; every step
logs four pairs of photographs that are on the GPU. A call that waits for the GPU keeps the program
from queueing the next step. The contenders run one after another, twenty steps each. The first
call of a tag waits for its values, and is made before the clock starts.

Command: `python -m benchmarks.gpu`; `--help` lists its options.
"""

from __future__ import annotations

import contextlib
import pathlib
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import tb_pairs_plugin as pairs
from benchmarks import options, tables
from tb_pairs_plugin.writing import deferred

_SIDE = 4096  # of the matrices
# So that a step takes longer than four pairs take to encode: else the queue is full, and waits.
_PRODUCTS = 400
_STEPS = 20


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table.

    Raises:
      SystemExit: If there is no GPU.
    """
    import torch

    if not torch.cuda.is_available():
        sys.exit("benchmarks.gpu needs a CUDA device, and torch finds none")
    steps = 8 if asked.short else _STEPS
    contenders: dict[str, Callable[[], contextlib.AbstractContextManager[Any]]] = {
        "no logging": contextlib.nullcontext,
        "in the call": contextlib.nullcontext,
        "background, waiting for the GPU": _waiting,
        "background": pairs.background,
    }
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    blocked: dict[str, list[float]] = {name: [] for name in contenders}
    with options.scratch() as folder:
        for turn in range(asked.repeat + 1):
            for name, manager in contenders.items():
                logs = None if name == "no logging" else folder / f"{turn}-{name.replace(' ', '-')}"
                with manager():
                    step, call = _train(torch, steps, logs)
                if turn:  # the first one warms up
                    seconds[name].append(step)
                    blocked[name].append(call)
    plain = seconds["no logging"]
    rows: list[list[str | tables.Ratio]] = [
        [
            name,
            tables.milliseconds(statistics.median(seconds[name])),
            tables.milliseconds(statistics.median(blocked[name])),
            tables.Ratio(tuple(a / b for a, b in zip(seconds[name], plain, strict=True))),
        ]
        for name in contenders
    ]
    title = f"Training steps with 4 pairs of 512x512 photographs each, {_device(torch)}"
    head = ["", "step, ms", "blocked in the call, ms", "step, as a ratio to no logging"]
    return [tables.Table("gpu", title, head, rows)]


def _train(torch: Any, steps: int, logs: pathlib.Path | None) -> tuple[float, float]:
    """Returns the seconds of a step, and the median of those that its call was blocked for."""
    rng = np.random.default_rng(0)
    photos = torch.as_tensor(rng.integers(0, 256, (4, 512, 512, 3), dtype=np.uint8), device="cuda")
    weights = torch.randn(_SIDE, _SIDE, device="cuda", dtype=torch.bfloat16)
    calls = []

    def log(step: int) -> None:
        if logs is not None:
            prediction = photos // 2 + step
            pairs.summary("photo", photos, prediction, step, writer=logs)

    log(0)  # its values are looked at in any case
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for step in range(1, 1 + steps):
        for _ in range(_PRODUCTS):
            weights = (weights @ weights).tanh()
        before = time.perf_counter()
        log(step)
        calls.append(time.perf_counter() - before)
    torch.cuda.synchronize()
    return (time.perf_counter() - begin) / steps, statistics.median(calls)


@contextlib.contextmanager
def _waiting() -> Iterator[None]:
    """A background whose calls copy from the GPU themselves."""
    found = deferred.is_worth_it
    deferred.is_worth_it = lambda call: False
    try:
        with pairs.background():
            yield
    finally:
        deferred.is_worth_it = found


def _device(torch: Any) -> str:
    return str(torch.cuda.get_device_name())


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.gpu", main(given), given)
