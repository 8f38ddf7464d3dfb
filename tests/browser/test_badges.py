# SPDX-License-Identifier: Apache-2.0
"""What a card warns of goes with its pictures: into files, and into the full view."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.exported import open_page

TRUTH = np.linspace(0, 8, 32, dtype=np.float32).reshape(1, 4, 8)
PHOTO = np.linspace(0, 255, 32).astype(np.uint8).reshape(1, 4, 8, 1)

# By pane, of the last step.
BADGES = {
    "Input": ["differs"],
    "Ground truth": ["changed", "differs"],
    "a": [],
    "b": ["0 (−20)", "50 % clipped"],
}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`a` changes its ground truth; `b` has other pictures, which are clipped, of one step only."""
    logdir = tmp_path_factory.mktemp("badges")
    far = np.where(TRUTH > 4, 100, TRUTH)
    for run, step, truth, guess, photo in (
        ("a", 0, TRUTH, TRUTH, PHOTO),
        ("a", 20, TRUTH[:, ::-1], TRUTH, PHOTO),
        ("b", 0, TRUTH / 2, far, PHOTO[:, ::-1]),
    ):
        kind = pairs.Heatmap(range=(0, 8))
        pairs.summary(
            "depth", truth, guess, step, kind=kind, ids=["s"], image=photo, writer=logdir / run
        )
    return logdir


def expect_badges(board: Board, scope: Locator) -> None:
    for heading, wanted in BADGES.items():
        pane = scope.locator("pairs-pane").filter(
            has=board.frame.locator(f'pairs-name[title="{heading}"]').or_(
                board.frame.get_by_text(heading, exact=True)
            )
        )
        expect(pane.locator(".badge")).to_have_text(wanted)


def test_a_png_says_what_the_card_warns_of(board: Board) -> None:
    board.go(runs="a,b", step=20)
    expect_badges(board, board.card("s"))
    app = board.frame.locator("pairs-app")
    app.evaluate(
        """() => {
          const {fillText} = CanvasRenderingContext2D.prototype;
          globalThis.written = [];
          CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            globalThis.written.push(text);
            return fillText.call(this, text, ...rest);
          };
        }"""
    )
    with board.page.expect_download():
        board.press("Shift+S")
    written = app.evaluate("() => globalThis.written")
    wanted = [badge for badges in BADGES.values() for badge in badges]
    assert sorted(text for text in written if text in wanted) == sorted(wanted)


def test_an_exported_page_says_at_each_step_what_the_card_warns_of(
    board: Board, browser: Browser, tmp_path: Path
) -> None:
    board.go(runs="a,b", step=20)
    expect_badges(board, board.card("s"))
    board.press("Shift+H")
    with open_page(board, browser, tmp_path) as page:
        page.get_by_role("slider", name="Step").fill("1")
        figures = page.locator("figure")
        for figure, wanted in zip(figures.all(), BADGES.values(), strict=True):
            expect(figure.locator(".badge")).to_have_text(wanted)
        expect(figures.nth(1).get_by_title("is the data shuffled?")).to_be_visible()
        page.get_by_role("slider", name="Step").fill("0")
        expect(figures.nth(1).locator(".badge")).to_have_text(["differs"])
        expect(figures.nth(3).locator(".badge")).to_have_text(["50 % clipped"])


def test_a_sample_that_a_filter_leaves_out_keeps_its_badges_in_the_full_view(board: Board) -> None:
    board.go(runs="a,b", step=20, open="depth,s", filter="nothing")
    expect_badges(board, board.frame.locator("pairs-full-view"))
