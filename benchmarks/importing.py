# SPDX-License-Identifier: Apache-2.0
"""Importing logs that exist already: time and memory, by the length of the log.

Command: `python -m benchmarks.importing`; `--help` lists its options. Memory is read from `/proc`.
"""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
from tensorboard.compat.proto import event_pb2

from benchmarks import content, options, tables
from tb_pairs_plugin.importing import events

_SIDE = 512
_MIB = 2**20
# Not `ru_maxrss`, which counts what the process that started this one had.
_IMPORT = """
import json, pathlib, sys, time
from tb_pairs_plugin.importing.__main__ import main
begun = time.perf_counter()
status = main(sys.argv[1:])
took = time.perf_counter() - begun
memory = pathlib.Path("/proc/self/status").read_text()
peak = int(memory.partition("VmHWM:")[2].split()[0]) * 1024
print(json.dumps({"status": status, "seconds": took, "peak": peak}))
"""


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    sizes = (2, 8) if asked.short else (64, 512, 2048)
    rows = []
    with options.scratch() as folder:
        for size in sizes:
            logdir = folder / str(size)
            written = write(logdir / "run", size * _MIB)
            row = [f"{written / _MIB:.0f}"]
            for arguments in (["--dry-run"], []):
                measured = _measure([str(logdir), *arguments])
                row += [f"{measured['seconds']:.1f}", f"{measured['peak'] / _MIB:.0f}"]
            rows.append(row)
    return [
        tables.Table(
            "importing",
            f"Importing pairs of {_SIDE} px photographs from a log",
            ["log, MiB", "dry run, s", "its peak memory, MiB", "import, s", "its peak memory, MiB"],
            rows,
            [
                "Two tags, a ground truth that changes at each step, and its prediction. Measured "
                "once."
            ],
        )
    ]


def write(folder: pathlib.Path, size: int) -> int:
    """Writes an event file of at least `size` bytes with two tags; returns how many it has."""
    folder.mkdir(parents=True)
    spec = content.Spec("photo", _SIDE, _SIDE, pairs=1)
    truth, prediction = content.ground_truth(spec)[0], content.prediction(spec, 0)[0]
    written = step = 0
    with (folder / "events.out.tfevents.1.a").open("wb") as stream:
        while written < size:
            for tag, picture in (("val/gt", truth), ("val/pred", prediction)):
                # So that no picture comes again.
                moved = np.roll(picture, (step, step // _SIDE), axis=(0, 1))
                written += stream.write(events.frame(_event(tag, moved, step)))
            step += 1
    return written


def _event(tag: str, picture: np.ndarray, step: int) -> event_pb2.Event:
    event = event_pb2.Event(step=step, wall_time=step)
    image = event.summary.value.add(tag=tag).image
    # Whoever hides the fast encoder must be there before it is chosen.
    from tb_pairs_plugin.writing.pictures import png

    image.encoded_image_string = png.encode(picture, png.FAST)
    image.width = image.height = _SIDE
    return event


def _measure(arguments: Sequence[str]) -> dict[str, float]:
    ended = subprocess.run(
        [sys.executable, "-c", _IMPORT, *arguments], capture_output=True, text=True, check=True
    )
    measured: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    if measured["status"]:
        raise RuntimeError(f"the import failed: {ended.stderr}")
    return measured


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.importing", main(given), given)
