# SPDX-License-Identifier: Apache-2.0
"""Checks every number in sight against the log, and that each says what it is of."""

from __future__ import annotations

import json
import re
from collections import Counter

from tests.browser import scoped_numbers
from tests.browser.board import Board, still_box
from tests.browser.recomputing import Log, Scope, Unknown, View
from tests.browser.scoped_numbers import Shown

# Where digits may stand that are no number of the log's, by the end of the place, with the reason.
ALLOWED = {
    r"pairs-name( bdi\S*)?$": "a name of a run, tag, sample or metric",
    r"h2( button\S*)?$": "the name of a tag or sample",
    r"(option|select)$": "a choice: the name of a run, metric or rate; it can't hold elements",
    r"bdi$": "a name in a sentence",
    r"span\.caption$": "the caller's text",
    r"pairs-legend .*": "the scale of the colours, which follows from the display and its gain",
    r"button\S*$": "the zoom of one to one, gains, runs out of sight: what pressing it does",
    r"div\.fade label\S*$": "what a slider is set to",
    r"output\S*$": "what a slider is set to",
    r"span\.time$": "the time of day",
    r"span\.side\S*$": "the name of a run",
    r"kbd$": "a key",
    r"thead\.unseen tr th$": "the name of a run",
    r"pairs-app div\.unseen$": "what was read out when the step changed; not seen",
}


class Crawl:
    """Checks all numbers in sight, view by view, and keeps count."""

    def __init__(self, board: Board, log: Log) -> None:
        self.board, self.log = board, log
        self.views = 0
        self.numbers: Counter[str] = Counter()
        self.faults: dict[str, str] = {}

    def look(self, name: str, view: View) -> None:
        """Checks all numbers in sight."""
        busy = self.board.frame.locator(".stage[aria-busy=true]")
        self.board.until(lambda: busy.count() == 0, "pictures")
        numbers, texts = self.board.until(lambda: self._read(view), name)
        self.views += 1
        for number in numbers:
            scope = json.loads(number.scope)
            self.numbers[scope["what"]] += 1
            if scope["what"] != "setting":
                self.check(name, number, scope, view)
        for text, place in texts:
            if not any(re.search(allowed, place) for allowed in ALLOWED):
                self.faults.setdefault(f"{text!r} says not what it is of, at {place}", name)

    def _read(self, view: View) -> tuple[list[Shown], list[tuple[str, str]]] | None:
        """Returns what `read` does once the page shows that view, with its numbers."""
        app = self.board.frame.locator("pairs-app")
        shown = app.evaluate(
            "({snapshot: {view}}) => [view.tagFilter, view.runs, view.sampleFilter.text]"
        )
        text = view.samples[0] if len(view.samples) == 1 else ""
        if shown != [f"^{view.tag}$", list(view.runs), text]:
            return None
        numbers, texts = scoped_numbers.read(self.board.frame)
        of_tag = f'"tag":"{view.tag}"'
        is_there = any(of_tag in one.scope and '"sample"' in one.scope for one in numbers)
        return (numbers, texts) if is_there else None

    def check(self, name: str, number: Shown, scope: Scope, view: View) -> None:
        """Compares a number with the log."""
        try:
            expected = self.log.expected(scope, view)
        except Unknown as error:
            self.faults.setdefault(f"{number.text!r} at {number.place}: {error}", name)
            return
        if not scoped_numbers.agrees(number.text, expected, str(scope["what"])):
            self.faults.setdefault(f"{number.text!r} is {expected}: {number.scope}", name)

    def scroll(self) -> None:
        scroller = self.board.frame.locator(".scroll")
        scroller.evaluate("one => one.scrollTo(0, one.scrollHeight)")

    def hover_timeline(self) -> None:
        box = still_box(self.board.slider)
        self.board.page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
        self.board.frame.locator("pairs-timeline .tip").wait_for()
