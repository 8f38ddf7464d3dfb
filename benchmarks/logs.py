# SPDX-License-Identifier: Apache-2.0
"""Log directories that hold the same pictures, logged by today's idiom and by ours."""

from __future__ import annotations

import pathlib
import shutil
from dataclasses import dataclass

from benchmarks import contenders, content
from benchmarks.processes import Processes

OURS = "pairs"


@dataclass(frozen=True)
class Logs:
    """Log directories with the same runs, tag and steps.

    Args:
        today: strips, by `tf.summary.image`.
        ours: by `pairs.summary`.
        tag: the tag of both.
        runs: the runs of both.
        steps: how many steps each run has, from 0.
        pairs: how many pairs each step has.
    """

    today: pathlib.Path
    ours: pathlib.Path
    tag: str
    runs: tuple[str, ...]
    steps: int
    pairs: int


def make(folder: pathlib.Path, spec: content.Spec, steps: int, runs: int) -> Logs:
    """Logs the steps of one run, ground truth unchanged, and copies it to as many runs."""
    store = content.Store(folder / "content")
    store.make(spec, steps)
    with Processes([contenders.REFERENCE, OURS], folder / "content", folder / "one") as processes:
        processes.run(spec, range(steps))
        processes.close()
    tag = store.load(spec, 0).tag
    store.clear()
    names = tuple(f"run-{index:02}" for index in range(runs))
    made = Logs(folder / "today", folder / "ours", tag, names, steps, spec.pairs)
    for source, target in ((contenders.REFERENCE, made.today), (OURS, made.ours)):
        for name in names:
            shutil.copytree(folder / "one" / source, target / name)
    return made
