# SPDX-License-Identifier: Apache-2.0
"""How soon the first pair is seen, and whether scrubbing and dragging keep up, in Chromium.

Command: `python -m benchmarks.browser`; `--help` lists its options. It needs playwright, and a
Chromium in `PAIRS_CHROMIUM` or on the path.
"""

from __future__ import annotations

import contextlib
import pathlib
import statistics
import time
from dataclasses import dataclass
from typing import Any

from benchmarks import boards, content, logs, options, pages, tables


@dataclass(frozen=True)
class _Pace:
    """A machine to scrub on, and what is aimed at there.

    Args:
        table: the name of its table.
        title: what is said of it.
        rate: how many times as long the page's thread takes for its work.
        long_frame: ms of a frame that is longer than aimed at.
        share: of the steps, how many are aimed at to be seen.
        note: what else a reader must know.
    """

    table: str
    title: str
    rate: float
    long_frame: float
    share: float
    note: str


_PACES = (
    _Pace(
        "scrubbing",
        "",
        1,
        25,  # at 60 Hz a frame was missed
        0.9,
        "",
    ),
    _Pace(
        "slow_scrubbing",
        ", on a slow machine",
        2.5,
        33.4,  # two frames, as the browser counts them
        0.7,
        "Chromium slows the page's thread, but neither workers nor server. ",
    ),
)


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    with options.scratch() as folder, pages.chromium() as chromium:
        return [
            *_first(asked, folder / "first", chromium),
            *_scrubbing(asked, folder / "scrubbing", chromium),
            _dragging(asked, folder / "dragging", chromium),
        ]


def _first(asked: options.Options, folder: pathlib.Path, chromium: Any) -> list[tables.Table]:
    """From the start of the navigation until a picture is on the screen, nothing cached."""
    size, steps, runs = ((64, 64), 3, 2) if asked.short else ((256, 512), 100, 20)
    made = logs.make(folder, content.Spec("mask", *size), steps, runs)
    tabs = {
        "pairs": (made.ours, "pairs", "firstPair"),
        "images": (made.today, "images", "firstImage"),
        "empty": (made.ours, "empty", "empty"),
    }
    times: dict[str, list[float]] = {name: [] for name in tabs}
    moments: list[dict[str, float]] = []
    with contextlib.ExitStack() as stack:
        urls = {
            logdir: stack.enter_context(boards.board(logdir, load_fast=True, kept=None)).url
            for logdir in (made.ours, made.today)
        }
        for turn in range(3 * asked.repeat):
            for name in tables.rotated(tabs, turn):
                logdir, tab, question = tabs[name]
                seen = _moments(chromium, f"{urls[logdir]}#{tab}", tab, question)
                times[name].append(seen["picture seen"])
                if name == "pairs":
                    moments.append(seen)
    medians = [tables.milliseconds(statistics.median(times[name])) for name in tabs]
    ratios = tables.Table(
        "first",
        f"First picture in TensorBoard, {runs} runs of {steps} steps of 4 mask pairs",
        ["pairs, ms", "Images, ms", "empty plugin, ms", "pairs / Images", "pairs / empty"],
        [
            [
                *medians,
                *(
                    tables.ratio_of_rounds(times["pairs"], times[peer], asked.repeat, target)
                    for peer, target in (("images", 0.9), ("empty", 1.12))
                ),
            ]
        ],
        [
            "Of pairs both pictures of the first pair, at the last step; of Images any picture. "
            "Either keeps as many steps as by default: pairs all, Images 10. Targets: 0.9 and 1.12."
        ],
    )
    names = list(moments[0])
    parts = tables.Table(
        "first_parts",
        "The same, moment by moment: ms from the start of the navigation",
        names,
        [[tables.milliseconds(statistics.median(one[name] for one in moments)) for name in names]],
        ["An answer is there when its last byte is; the frame is where TensorBoard puts a plugin."],
    )
    return [ratios, parts]


def _scrubbing(asked: options.Options, folder: pathlib.Path, chromium: Any) -> list[tables.Table]:
    """One step per frame, on new pages, at each pace."""
    steps = 5 if asked.short else 50
    rows: dict[_Pace, list[list[str | tables.Ratio]]] = {pace: [] for pace in _PACES}
    for kind, size in (("mask", (64, 64)),) if asked.short else _SCRUBBED:
        spec = content.Spec(kind, *size, pairs=1)
        made = logs.make(folder / f"{kind}-{size[0]}", spec, steps + _AHEAD, 1)
        with (
            boards.board(made.ours, load_fast=True) as pairs_board,
            boards.board(made.today, load_fast=True) as images_board,
        ):
            urls = {"pairs": pairs_board.url, "Images": images_board.url}
            for pace in _PACES:
                answers: dict[str, list[dict[str, Any]]] = {name: [] for name in urls}
                for turn in range(asked.repeat):
                    for name in tables.rotated(urls, turn):
                        seen = _scrub(chromium, urls[name], name.lower(), pace, steps)
                        answers[name].append(seen)
                for name, of in answers.items():
                    aim = pace.share * steps if name == "pairs" else None
                    row = _scrubbing_row(of, pace, aim)
                    rows[pace].append([f"{size[0]}x{size[1]} {kind}", name, *row])
    return [
        tables.Table(
            pace.table,
            f"Scrubbing {steps} steps at one per frame, first pass{pace.title}",
            [
                *("", "", "steps seen", f"frames over {pace.long_frame:g} ms", "longest, ms"),
                *(["slowed by"] if pace.rate > 1 else []),
            ],
            rows[pace],
            [
                f"{pace.note}One run of one pair. Medians, in brackets the least and the most of "
                "the rounds; the longest is of all rounds. Of pairs the first of these steps was "
                "fetched before, as the next one always is. Targets: "
                f"{pace.share * steps:.0f} of {steps}, and in no round a longer frame."
            ],
        )
        for pace in _PACES
    ]


# The page opens at the last step and fetches some before it, which are not to be those scrubbed.
_AHEAD = 5
_SCRUBBED: tuple[tuple[content.Kind, tuple[int, int]], ...] = (
    ("mask", (256, 512)),
    ("photo", (512, 512)),
)
_READY = {"pairs": "firstPair()", "images": "firstImage()"}
_SCRUB = {"pairs": "scrubPairs", "images": "scrubImages"}


def _scrub(chromium: Any, url: str, tab: str, pace: _Pace, steps: int) -> dict[str, Any]:
    """Returns what the probe saw, and how many times as long the page's work took."""
    with pages.open_page(chromium) as page:
        page.goto(f"{url}#{tab}")
        frame = pages.find_frame(page, tab)
        pages.ask(frame, _READY[tab])
        with pages.slowed(page, pace.rate) as slower:
            return {"slower": slower, **pages.ask(frame, f"{_SCRUB[tab]}({steps})")}


def _scrubbing_row(answers: list[dict[str, Any]], pace: _Pace, aim: float | None) -> list[str]:
    """Returns cells; judged where steps are aimed at."""
    shown = sorted(int(answer["shown"]) for answer in answers)
    longest = max(max(answer["frames"]) for answer in answers)
    long = sorted(sum(one > pace.long_frame for one in answer["frames"]) for answer in answers)
    slower = statistics.median(answer["slower"] for answer in answers)
    seen, jerked = "", ""
    if aim is not None:
        seen = f" {tables.verdict(statistics.median(shown) >= aim)}"
        jerked = f" {tables.verdict(not any(long))}"
    return [
        f"{statistics.median(shown):.0f} ({shown[0]} to {shown[-1]}){seen}",
        f"{statistics.median(long):.0f} ({long[0]} to {long[-1]}){jerked}",
        f"{longest:.0f}",
        *([f"{slower:.1f}"] if pace.rate > 1 else []),
    ]


def _dragging(asked: options.Options, folder: pathlib.Path, chromium: Any) -> tables.Table:
    """Sliders and toggles with eight large masks in sight."""
    height, width = (64, 128) if asked.short else (1024, 2048)
    made = logs.make(folder, content.Spec("mask", height, width, pairs=4), 2, 3)
    moves = 5 if asked.short else 60
    values = [10 + 80 * i // moves for i in range(moves)]
    rows: list[list[str | tables.Ratio]] = []
    with boards.board(made.ours, load_fast=True) as board:
        for name, (host, selector) in _CONTROLS.items():
            answers = []
            for _ in range(asked.repeat):
                with pages.open_page(chromium) as page:
                    page.goto(f"{board.url}#pairs&p.pairs.overlay=on,groundTruth,0.5")
                    frame = pages.find_frame(page, "pairs")
                    pages.ask(frame, "firstPair()")
                    answers.append(pages.ask(frame, f"drag({host!r}, {selector!r}, {values})"))
            waited = sorted(wait for answer in answers for wait in answer["waited"])
            prompt = sum(wait <= 2 for wait in waited)
            longest = max(max(answer["frames"]) for answer in answers)
            panes = min(answer["panes"] for answer in answers)
            rows.append(
                [name, str(panes), f"{prompt} of {len(waited)}", str(waited[-1]), f"{longest:.0f}"]
            )
    return tables.Table(
        "dragging",
        f"Dragging over {height}x{width} masks, one move per painted frame",
        ["", "panes in sight", "painted within 2 frames", "most frames", "longest frame, ms"],
        rows,
        ["Chromium without a GPU."],
    )


_CONTROLS = {
    "opacity": ("pairs-compare", "#opacity"),
    "class toggle": ("pairs-class-list", "input[type=checkbox]"),
}


def _moments(chromium: Any, url: str, tab: str, question: str) -> dict[str, float]:
    """Returns seconds from the start of the navigation until each of what the probe tells of."""
    with pages.open_page(chromium) as page:
        start = time.time()
        page.goto(url, wait_until="commit")
        frame = pages.find_frame(page, tab)
        seen = pages.ask(frame, f"{question}()")
        before = pages.ask(frame, "arrivals()")
        return {name: at / 1000 - start for name, at in {**before, "picture seen": seen}.items()}


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.browser", main(given), given)
