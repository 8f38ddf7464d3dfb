# SPDX-License-Identifier: Apache-2.0
"""Many pictures at once: the matrix one step on, the sheet opened and scrolled, and their memory.

Command: `python -m benchmarks.dashboard`; `--help` lists its options. It needs playwright, and a
Chromium in `PAIRS_CHROMIUM` or on the path. Memory is read from `/proc`. Processor time is that
of all of the browser's threads: a busy machine hardly changes it.
"""

from __future__ import annotations

import pathlib
import statistics
import time
import urllib.parse
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from benchmarks import boards, content, logs, options, pages, tables

_LONG_FRAME = 50.0  # ms
_TURN_PIXELS = 120  # of the mouse wheel, one turn per frame
_PROCESSOR = "processor time of the browser, ms"
_MEMORY = "most memory of the page, MB"


class _Start(NamedTuple):
    """When something began, in seconds, and the browser's processor time until then."""

    at: float
    spent: float


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    with options.scratch() as folder, pages.chromium() as chromium:
        return [
            _stepping(asked, folder / "stepping", chromium),
            _opening(asked, folder / "opening", chromium),
            _scrolling(asked, folder / "scrolling", chromium),
        ]


def _stepping(asked: options.Options, folder: pathlib.Path, chromium: Any) -> tables.Table:
    """From the key or the slider until each prediction in sight is that of the next step."""
    size, pairs, runs = ((64, 128), 2, 5) if asked.short else ((256, 512), 6, 20)
    # The page opens at the last step and fetches some before it: so many that none is seen again.
    made = logs.make(folder, content.Spec("mask", *size, pairs=pairs), 12, runs)
    with (
        boards.board(made.ours, load_fast=True) as pairs_board,
        boards.board(made.today, load_fast=True) as images_board,
    ):
        urls = f"{pairs_board.url}#{_link(made.tag, 'matrix')}", f"{images_board.url}#images"
        return tables.Table(
            "stepping",
            f"One step on, matrix of {runs} runs of {pairs} masks of {size[0]}x{size[1]}",
            [
                "",
                "pictures",
                "of pairs at first coarse",
                "pairs, ms",
                "Images, ms",
                "pairs / Images",
                _PROCESSOR,
                _MEMORY,
            ],
            [
                [called, *_stepped(asked.repeat, chromium, steps, *urls)]
                for called, steps in (("from a page at rest", 1), ("one more, at once", 2))
            ],
            [
                "Predictions in sight, and as many strips of Images, which is set to show all on "
                "one page, and of which a script moves all sliders. At rest pairs has fetched and "
                "decoded the next step; one more, at once, is asked for as soon as the step before "
                "is seen. Processor time, of all these steps, and memory are of pairs. Targets: "
                "1/4, and at most 600 MB."
            ],
        )


def _stepped(
    repeat: int, chromium: Any, steps: int, ours: str, theirs: str
) -> list[str | tables.Ratio]:
    """Returns the cells of a row: of the last of some steps that follow one another at once."""
    times: dict[str, list[float]] = {"pairs": [], "images": []}
    held, spent, coarse = [], [], []
    pictures = 0
    for turn in range(repeat):
        # The first round tells how many pictures there are.
        for tab in tables.rotated(("pairs", "images"), turn):
            with pages.open_large_page(chromium) as page:
                page.goto(ours if tab == "pairs" else theirs)
                frame = pages.find_frame(page, tab)
                if tab == "images":
                    answer = pages.ask(frame, f"stepImages({pictures}, {steps})")
                else:
                    pages.ask(frame, "firstPair()")
                    pages.ask(frame, "goHome()")
                    before = _processor_time(chromium)
                    answer = pages.ask(frame, f"stepPairs({steps})")
                    spent.append(_processor_time(chromium) - before)
                    coarse.append(pages.ask(frame, "haveStepped()"))
                    pictures = answer["pictures"]
                    held.append(_peak(chromium))
                times[tab].append(answer["ms"])
    return [
        str(pictures),
        f"{min(coarse)} to {max(coarse)}",
        *(f"{statistics.median(of):.0f}" for of in times.values()),
        tables.Ratio(tuple(a / b for a, b in zip(*times.values(), strict=True)), 0.25),
        tables.milliseconds(statistics.median(spent)),
        _megabytes(held),
    ]


def _opening(asked: options.Options, folder: pathlib.Path, chromium: Any) -> tables.Table:
    """From either start until all tiles in sight have their pictures."""
    side, pairs = (64, 12) if asked.short else (512, 60)
    made = logs.make(folder, content.Spec("photo", side, side, pairs=pairs), 1, 1)
    with (
        boards.board(made.ours, load_fast=True) as pairs_board,
        boards.board(made.today, load_fast=True) as images_board,
    ):
        urls = f"{pairs_board.url}#{_link(made.tag, 'sheet')}", f"{images_board.url}#images"
        return tables.Table(
            "opening",
            f"Opening a sheet of {pairs} photographs of {side}x{side}",
            [
                "from",
                "tiles",
                "pairs, ms",
                "of these until the plugin's frame is made, ms",
                "Images, ms",
                "pairs / Images",
                _PROCESSOR,
                _MEMORY,
            ],
            [
                [called, *_opened(asked.repeat, chromium, start, *urls)]
                for called, start in (
                    ("the start of the navigation", _navigate),
                    ("choosing it in an open TensorBoard", _choose),
                )
            ],
            [
                "Until as many strips of Images, which is set to show all on one page, are loaded, "
                "and those of them in sight decoded. Processor time and memory are of pairs. "
                "Targets: 1/2, and at most 600 MB."
            ],
        )


def _opened(
    repeat: int, chromium: Any, start: Callable[[Any, Any, str], _Start], ours: str, theirs: str
) -> list[str | tables.Ratio]:
    """Returns the cells of a row, of the two addresses opened in turns."""
    seconds, began, their_seconds, held, spent = [], [], [], [], []
    tiles = 0
    for turn in range(repeat):
        # The first round tells how many tiles there are.
        for tab in tables.rotated(("pairs", "images"), turn):
            with pages.open_large_page(chromium) as page:
                at, before = start(chromium, page, ours if tab == "pairs" else theirs)
                frame = pages.find_frame(page, tab)
                if tab == "images":
                    their_seconds.append(pages.ask(frame, f"imagesShown({tiles})") / 1000 - at)
                    continue
                answer = pages.ask(frame, "tilesShown()")
                tiles = answer["pictures"]
                seconds.append(answer["at"] / 1000 - at)
                began.append(answer["began"] / 1000 - at)
                spent.append(_processor_time(chromium) - before)
                held.append(_peak(chromium))
    return [
        str(tiles),
        *(tables.milliseconds(statistics.median(of)) for of in (seconds, began, their_seconds)),
        tables.Ratio(tuple(a / b for a, b in zip(seconds, their_seconds, strict=True)), 0.5),
        tables.milliseconds(statistics.median(spent)),
        _megabytes(held),
    ]


def _navigate(chromium: Any, page: Any, url: str) -> _Start:
    """Opens TensorBoard there."""
    spent = _processor_time(chromium)
    start = _Start(time.time(), spent)
    page.goto(url, wait_until="commit")
    return start


def _choose(chromium: Any, page: Any, url: str) -> _Start:
    """Opens TensorBoard, and once it is at rest another dashboard, as a click on a tab does."""
    page.goto(f"{url.partition('#')[0]}#scalars")
    page.wait_for_load_state("networkidle")
    spent = _processor_time(chromium)
    choose = "hash => { const at = Date.now(); location.hash = hash; return at / 1000; }"
    return _Start(float(page.evaluate(choose, url.partition("#")[2])), spent)


def _scrolling(asked: options.Options, folder: pathlib.Path, chromium: Any) -> tables.Table:
    """One turn of the wheel per frame, over samples that were not fetched before."""
    pairs, turns = (40, 5) if asked.short else (1000, 100)
    made = logs.make(folder, content.Spec("mask", 64, 128, pairs=pairs), 1, 1)
    answers, held, spent = [], [], []
    with boards.board(made.ours, load_fast=True) as board:
        for _ in range(asked.repeat):
            with pages.open_large_page(chromium) as page:
                page.goto(f"{board.url}#{_link(made.tag, 'sheet')}")
                frame = pages.find_frame(page, "pairs")
                pages.ask(frame, "tilesShown()")
                before = _processor_time(chromium)
                answers.append(pages.ask(frame, f"scrollSheet({turns}, {_TURN_PIXELS})"))
                spent.append(_processor_time(chromium) - before)
                held.append(_peak(chromium))
    long = [sum(one > _LONG_FRAME for one in answer["frames"]) for answer in answers]
    empty = max(answer["longest"] for answer in answers)
    return tables.Table(
        "scrolling",
        f"Scrolling a sheet of {pairs} masks of 64x128, {turns} turns of {_TURN_PIXELS} px",
        [
            "samples seen",
            f"frames over {_LONG_FRAME:.0f} ms",
            "longest, ms",
            "longest without a picture, ms",
            _PROCESSOR,
            _MEMORY,
        ],
        [
            [
                str(max(answer["samples"] for answer in answers)),
                f"{statistics.median(long):.0f} ({min(long)} to {max(long)}) "
                f"{tables.verdict(not any(long))}",
                f"{max(max(answer['frames']) for answer in answers):.0f}",
                f"{empty:.0f} {tables.verdict(empty <= 300)}",
                tables.milliseconds(statistics.median(spent)),
                _megabytes(held),
            ]
        ],
        [
            "In brackets the least and the most of the rounds; the longest are of all rounds. "
            "Targets: no frame over 50 ms, no tile empty for more than 300 ms, 600 MB."
        ],
    )


def _link(tag: str, layout: str) -> str:
    layouts = urllib.parse.quote(f"{urllib.parse.quote(tag, safe='')},{layout},", safe="")
    return f"pairs&p.pairs.layouts={layouts}"


def _peak(chromium: Any) -> int:
    """Returns the most bytes that the largest process of pages held: one page is open (Linux)."""
    renderers = [one for one in _processes(chromium) if one["type"] == "renderer"]
    return max(boards.peak(one["id"]) for one in renderers)


def _processor_time(chromium: Any) -> float:
    """Returns the seconds that all threads of the browser's processes took since they began."""
    return sum(float(one["cpuTime"]) for one in _processes(chromium))


def _processes(chromium: Any) -> list[dict[str, Any]]:
    session = chromium.new_browser_cdp_session()
    try:
        found: list[dict[str, Any]] = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    return found


def _megabytes(held: Sequence[int]) -> str:
    most = max(held) / 1e6
    return f"{most:.0f} {tables.verdict(most <= 600)}"


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.dashboard", main(given), given)
