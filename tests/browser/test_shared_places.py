# SPDX-License-Identifier: Apache-2.0
"""A copied link brings back where one was: cross-hair, sideways scroll, the sheet's scroll."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import HEIGHT, MASK, WIDTH, mask

SAMPLES, RUNS = 60, 9


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("places")
    truth = np.stack([mask(seed) for seed in range(SAMPLES)])
    for run in range(RUNS):
        pairs.summary(
            "m", truth, np.roll(truth, run, axis=2), 5,
            kind=MASK, ids=[f"s{i}" for i in range(SAMPLES)], writer=logdir / f"run{run}",
        )  # fmt: skip
    return logdir


def place_of(board: Board, name: str) -> tuple[str, list[str]]:
    """The link that `Y` copies, once it says the place, and the place."""

    def copied() -> tuple[str, list[str]] | None:
        board.page.evaluate("navigator.clipboard.writeText('')")
        board.press("y")
        read = "navigator.clipboard.readText()"
        link = str(board.until(lambda: board.page.evaluate(read), "a link")).split("#pairs", 1)[1]
        found = parse_qs(unquote(link)).get(f"p.pairs.{name}")
        return (link, found[0].split(",")) if found else None

    found: tuple[str, list[str]] = board.until(copied, f"a link with {name}")
    return found


def scrolled(box: Locator) -> tuple[float, float]:
    left, top = box.evaluate("box => [box.scrollLeft, box.scrollTop]")
    return left, top


def test_a_link_brings_the_cross_hair_back(board: Board, open_page: Callable[..., Board]) -> None:
    board.go(runs="run0,run1", layouts="m,cards")
    pane = board.pane("s0", "run1")
    board.page.mouse.move(*board.place(pane, 3, 4, HEIGHT, WIDTH))
    tip = pane.locator(".tip")
    expect(tip).to_be_visible()
    link, (*sample, x, y) = place_of(board, "cross")
    assert sample == ["m", "s0"]
    assert (int(float(x)), int(float(y))) == (3, 4)
    other = open_page(link)
    for heading in ("Ground truth", "run0", "run1"):
        wanted = board.pane("s0", heading).locator(".tip").inner_text()
        expect(other.pane("s0", heading).locator(".tip")).to_have_text(wanted)
    expect(other.pane("s1", "run1").locator(".tip")).to_have_count(0)
    other.until(lambda: "cross" not in other.link, "an address of its own")


def test_a_link_brings_the_matrix_back_scrolled_sideways(
    board: Board, open_page: Callable[..., Board]
) -> None:
    board.go(layouts="m,matrix,M")
    box = board.frame.locator("pairs-matrix .box")
    board.frame.locator("pairs-matrix pairs-pane canvas.picture").first.wait_for()
    board.until(lambda: box.evaluate("box => box.scrollLeft = 310") and scrolled(box)[0] == 310)
    link, (tag, sample, columns) = place_of(board, "anchor")
    assert (tag, sample) == ("m", "s0")
    assert float(columns) > 1
    other = open_page(link)
    others = other.frame.locator("pairs-matrix .box")
    others.wait_for()
    other.until(lambda: abs(scrolled(others)[0] - 310) <= 1, "the same columns")
    other.until(lambda: "anchor" not in other.link, "an address of its own")
    assert abs(scrolled(others)[0] - 310) <= 1


def test_a_link_brings_the_sheet_back_scrolled(
    board: Board, open_page: Callable[..., Board]
) -> None:
    board.go(layouts="m,sheet,L")
    tile = board.frame.locator("pairs-sheet pairs-tile[data-sample=s0]")
    tile.wait_for()
    rows = board.frame.locator("pairs-sheet .row")
    board.until(lambda: rows.count() > 4)
    rows.nth(3).evaluate("row => row.scrollIntoView({block: 'start'})")
    link, (tag, sample) = place_of(board, "anchor")
    assert tag == "m"
    top = board.frame.locator(f"pairs-tile[data-sample={sample}]").bounding_box()
    assert top is not None
    other = open_page(link)
    others = other.frame.locator(f"pairs-tile[data-sample={sample}]")
    others.wait_for()
    other.until(lambda: "anchor" not in other.link, "an address of its own")

    def is_there() -> bool:
        box = others.bounding_box()
        return box is not None and abs(box["y"] - top["y"]) <= top["height"]

    other.until(is_there, "the same row at the top")
