# SPDX-License-Identifier: Apache-2.0
"""Opening the tab on a log of hundreds of tags of pictures that are no records.

Command: `python -m benchmarks.existing`; `--help` lists its options. It needs playwright, and a
Chromium in `PAIRS_CHROMIUM` or on the path.
"""

from __future__ import annotations

import pathlib
import statistics
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from tensorboard.compat.proto import event_pb2

from benchmarks import boards, content, options, pages, tables
from tb_pairs_plugin.importing import events

_SIDE = 64
_STEPS = 10
_TURNS = 100  # of the mouse wheel, one per frame
_TURN_PIXELS = 300


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    counts = (10,) if asked.short else (50, 500)
    rows = []
    with options.scratch() as folder, pages.chromium() as chromium:
        for count in counts:
            logdir = folder / str(count)
            write(logdir / "run", count)
            with boards.board(logdir, load_fast=True) as board:
                answers = [board.timed("data/plugin/pairs/tags") for _ in range(asked.repeat)]
                seen = [_look(chromium, f"{board.url}#pairs") for _ in range(asked.repeat)]
            rows.append(
                [
                    str(count),
                    tables.milliseconds(answers[0]),
                    tables.milliseconds(statistics.median(answers[1:] or answers)),
                    tables.milliseconds(statistics.median(one[0] for one in seen)),
                    *(tables.milliseconds(max(one[i] for one in seen)) for i in (1, 2)),
                ]
            )
    return [
        tables.Table(
            "existing",
            f"Opening a log of tags of existing pictures, {_STEPS} steps each",
            [
                "tags",
                "first tags, ms",
                "tags, ms",
                "first pair seen, ms",
                "longest task until quiet, ms",
                "longest task while scrolling, ms",
            ],
            rows,
            [
                "Of five tags two are a pair, two are strips, and the name of one says nothing. "
                "While a task runs the page takes no input; the longest are of all rounds, 0 means "
                "less than 50 ms. First tags is the first request, tags the later ones."
            ],
        )
    ]


def write(folder: pathlib.Path, count: int) -> None:
    """Writes a run of `count` tags."""
    folder.mkdir(parents=True)
    spec = content.Spec("photo", _SIDE, _SIDE, pairs=1)
    truth = content.ground_truth(spec)[0]
    with (folder / "events.out.tfevents.1.a").open("wb") as stream:
        for step in range(_STEPS):
            prediction = content.prediction(spec, step)[0]
            blobs = [_encode(one) for one in (truth, prediction, np.hstack([truth, prediction]))]
            event = event_pb2.Event(step=step, wall_time=step)
            for tag, blob in _tags(count, *blobs):
                event.summary.value.add(tag=tag).image.encoded_image_string = blob
            stream.write(events.frame(event))


def _tags(count: int, truth: bytes, prediction: bytes, strip: bytes) -> Iterator[tuple[str, bytes]]:
    for i in range(count // 5):
        yield f"pair {i}/gt", truth
        yield f"pair {i}/pred", prediction
        yield f"strip {i}/Left: GT, Right: Prediction", strip
        yield f"other strip {i}/Left: GT, Right: Prediction", strip
        yield f"nothing {i}/comparison", strip


def _encode(picture: np.ndarray) -> bytes:
    # Whoever hides the fast encoder must be there before it is chosen.
    from tb_pairs_plugin.writing.pictures import png

    return png.encode(picture, png.FAST)


def _look(chromium: Any, url: str) -> tuple[float, float, float]:
    """Returns when the first pair was seen, and the longest tasks before and while scrolling."""
    with pages.open_page(chromium) as page:
        start = time.time()
        page.goto(url, wait_until="commit")
        frame = pages.find_frame(page, "pairs")
        seen = pages.ask(frame, "firstPair()") / 1000 - start
        frame.evaluate("probe.settle()")
        before = pages.ask(frame, "longestTask()") / 1000
        page.mouse.move(700, 600)
        for _ in range(_TURNS):
            page.mouse.wheel(0, _TURN_PIXELS)
            frame.evaluate("new Promise(done => requestAnimationFrame(done))")
        frame.evaluate("probe.settle()")
        return seen, before, pages.ask(frame, "longestTask()") / 1000


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.existing", main(given), given)
