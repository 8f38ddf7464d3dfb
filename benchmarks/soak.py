# SPDX-License-Identifier: Apache-2.0
"""A training that logs and four browsers that look, for a long time: does anything break or grow?

    python -m benchmarks.soak --minutes 30

It needs playwright and a Chromium, as the browser tests do, and Linux, for the memory of processes.
It ends with status 1 where there was an error, or a record that was logged can't be seen.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright import sync_api

from benchmarks import tables
from tests import servers
from tests.browser import chromium
from tests.browser.board import Board
from tests.reading import answers

_TAG = "val/masks"
_RUN = "run"
_RATE = 5.0  # records a second
_PAGES = 4
_PERIOD = 5.0  # seconds between looks at the memory
_PARTS = 6  # of the time, in the table
_KEYS = ("ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "3", "2", "1", "o", "r")
_AT = 64  # steps asked for at once, when all are counted
_WRITER = """
import sys, time
import numpy as np
import tb_pairs_plugin as pairs
logdir, tag = sys.argv[1:3]
rate, seconds, block = float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
generator = np.random.default_rng(0)
truth = np.kron(generator.integers(0, 19, (4, 16, 32)), np.ones((block, block), int))
photo = generator.integers(0, 256, (4, 16, 32, 3), np.uint8).repeat(block, 1).repeat(block, 2)
start, step, written = time.monotonic(), 0, 0
while time.monotonic() - start < seconds:
    noise = generator.integers(0, 19, truth.shape)
    prediction = np.where(generator.random(truth.shape) < 0.1, noise, truth)
    written += pairs.summary(tag, truth, prediction, step, image=photo, writer=logdir)
    step += 1
    time.sleep(max(0.0, start + step / rate - time.monotonic()))
print(written)
"""


@dataclass
class Watch:
    """How much memory was taken, by who took it, with the times of the looks."""

    seconds: list[float] = field(default_factory=list)
    taken: dict[str, list[int]] = field(
        default_factory=lambda: {
            "training": [],
            "TensorBoard": [],
            "Chromium, pages": [],
            "Chromium, all else": [],
        }
    )

    def look(self, seconds: float) -> None:
        """Looks at all processes that this one has started."""
        self.seconds.append(seconds)
        now = dict.fromkeys(self.taken, 0)
        for command, held in _family():
            if "pairs.summary" in command:
                now["training"] += held
            elif "tensorboard" in command:
                now["TensorBoard"] += held
            elif "--type=renderer" in command:
                now["Chromium, pages"] += held
            elif "chrom" in command:
                now["Chromium, all else"] += held
        for name, held in now.items():
            self.taken[name].append(held)

    def rows(self) -> list[list[str | tables.Ratio]]:
        """Returns for each who took memory how much, in each part of the time and at most."""
        edges = [len(self.seconds) * part // _PARTS for part in range(_PARTS + 1)]
        return [
            [
                name,
                *(
                    _megabytes(_mean(held[start:end])) if end > start else "-"
                    for start, end in itertools.pairwise(edges)
                ),
                _megabytes(max(held)),
            ]
            for name, held in self.taken.items()
        ]


def soak(minutes: float, block: int, folder: pathlib.Path) -> tuple[tables.Table, list[str]]:
    """Soaks; returns the figures, and what went wrong."""
    logdir = folder / "logs"
    (logdir / _RUN).mkdir(parents=True)
    seconds = 60 * minutes
    watch, wrong = Watch(), []
    with (
        servers.tensorboard(logdir, load_fast=True, reload_interval=5) as server,
        _browser() as one,
    ):
        training = subprocess.Popen(
            [
                *(sys.executable, "-c", _WRITER, str(logdir / _RUN), _TAG),
                *(str(_RATE), str(seconds), str(block)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _wait_for_data(server)
            boards = [Board(one.new_page(), server) for _ in range(_PAGES)]
            presses = _scrub(boards, training, watch)
            output, complaints = training.communicate(timeout=60)
        finally:
            training.kill()
            training.wait()
        for board in boards:
            try:
                board.check_console()
            except AssertionError as error:
                wrong.append(f"a page complained: {str(error)[:500]}")
        if complaints or training.returncode:
            wrong.append(f"the training complained: {complaints[-500:]}")
        if "unexpected error" in server.log or "Traceback" in server.log:
            wrong.append("the server logged an error")
        requests = sum(len(board.requests) for board in boards)
    logged = int(output)
    seen = _count_whole(logdir)
    if seen != logged:
        wrong.append(f"{seen} records are whole, want {logged}")
    table = tables.Table(
        "soak",
        f"{minutes:g} minutes of {_RATE:g} records a second and {_PAGES} pages that scrub, "
        f"masks of {16 * block}x{32 * block}",
        [
            "memory, MB; mean of minutes",
            *(f"to {minutes * (part + 1) / _PARTS:.3g}" for part in range(_PARTS)),
            "at most",
        ],
        watch.rows(),
        [
            f"{logged} records of 4 mask pairs were logged, {seen} are there and whole; "
            f"{presses} keys were pressed, {requests} requests made, {len(wrong)} errors seen."
        ],
    )
    return table, wrong


def _wait_for_data(server: servers.Server) -> None:
    """Returns when the first record is loaded: an empty page waits until it is told to reload."""
    deadline = time.monotonic() + 60
    while _TAG not in server.pairs("tags").body.decode() and time.monotonic() < deadline:
        time.sleep(0.5)


def _scrub(boards: Sequence[Board], training: subprocess.Popen[str], watch: Watch) -> int:
    """Presses keys on all pages in turn until the training ends; returns how many."""
    start = time.monotonic()
    chance = random.Random(0)
    for board in boards:
        board.open()
    for board in boards:
        board.page.set_default_timeout(120_000)
        board.frame.locator("pairs-pane canvas.picture").first.wait_for()
        board.focus()
    presses, due = 0, 0.0
    while training.poll() is None:
        for board in boards:
            board.press(chance.choice(_KEYS))
            presses += 1
            board.page.wait_for_timeout(20)
        if time.monotonic() - start >= due:
            watch.look(time.monotonic() - start)
            due += _PERIOD
    return presses


def _count_whole(logdir: pathlib.Path) -> int:
    """Returns how many steps can be seen with all their pictures, where all steps are kept."""
    flags = ("--samples_per_plugin=pairs=0",)
    whole = 0
    with servers.tensorboard(logdir, load_fast=True, flags=flags) as server:
        runs = json.loads(server.pairs("series", ("tag", _TAG)).body)["runs"]
        steps = runs[_RUN]["steps"]
        while steps:
            at = [("at", f"{step}:{_RUN}") for step in steps[:_AT]]
            bundle = answers.unpack(server.pairs("frames", ("tag", _TAG), *at).body)
            for frame in bundle.frames:
                faults = [picture for picture in frame.get("pictures", ()) if "error" in picture]
                whole += "error" not in frame and not faults
            steps = steps[len(bundle.frames) :]
    return whole


@contextlib.contextmanager
def _browser() -> Iterator[sync_api.BrowserContext]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        yield browser.new_context(viewport={"width": 1440, "height": 900})
        browser.close()


def _family() -> Iterator[tuple[str, int]]:
    """Yields command and bytes (a share of what is shared) of all processes started by this one."""
    waiting = [str(pathlib.Path("/proc/self").resolve().name)]
    while waiting:
        folder = pathlib.Path("/proc") / waiting.pop()
        with contextlib.suppress(OSError):
            waiting += (folder / "task" / folder.name / "children").read_text().split()
            command = (
                (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            )
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    yield command, 1024 * int(line.split()[1])


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def _megabytes(value: float) -> str:
    return f"{value / 1e6:.0f}"


def main() -> int:
    """Soaks as the command line asks; returns the status to end with."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="default: %(default)g")
    parser.add_argument(
        "--block",
        type=int,
        default=32,
        help="masks have 16 x 32 blocks of so many pixels (default: %(default)d); with 8 the pages "
        "do not reach the bounds of their caches in half an hour",
    )
    asked: Any = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pairs-soak-") as folder:
        table, wrong = soak(asked.minutes, asked.block, pathlib.Path(folder))
    print(table.markdown())
    for one in wrong:
        print(one, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
