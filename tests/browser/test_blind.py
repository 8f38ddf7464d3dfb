# SPDX-License-Identifier: Apache-2.0
"""The blind comparison of two runs, as a user does it."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board

RUNS = ("good-run", "bad-run")
IDS = ["one", "two", "three", "four", "five", "six"]
TRUTH = np.full((len(IDS), 8, 8, 1), 200, np.uint8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run that is right, and one that is black."""
    logdir = tmp_path_factory.mktemp("blind")
    for run, prediction in zip(RUNS, (TRUTH, TRUTH * 0), strict=True):
        pairs.summary("val/grey", TRUTH, prediction, 5, ids=IDS, writer=str(logdir / run))
    return logdir


def begin(board: Board) -> Locator:
    """Starts the comparison by key; returns its dialog."""
    expect(board.card("one")).to_be_visible()
    board.page.keyboard.press("Shift+T")
    dialog = board.frame.get_by_role("dialog", name="Blind A/B test")
    dialog.get_by_role("button", name="Begin").click()
    dialog = board.frame.get_by_role("dialog", name="Which is closer to the ground truth?")
    expect(dialog).to_be_visible()
    return dialog


def brighter(board: Board, dialog: Locator) -> str:
    """Returns the key of the prediction that is not black."""

    def levels() -> list[int] | None:
        found = [level(board, dialog, f"Prediction {side}") for side in "12"]
        return found if sorted(found) == [0, 200] else None

    shown: list[int] = board.until(levels, "predictions of 0 and 200")
    return str(1 + shown.index(200))


def level(board: Board, dialog: Locator, heading: str) -> int:
    """Returns the grey level in the middle of a pane."""
    pane = dialog.locator("pairs-pane").filter(has=board.frame.get_by_text(heading, exact=True))
    expect(pane.locator("canvas.picture")).to_be_visible()
    return int(board.pixels(pane, 8, 8)[4, 4, 0])


def wait_for(dialog: Locator, number: int) -> None:
    """Waits until the sample of that number is shown."""
    expect(dialog.get_by_text(f"{number} of {len(IDS)}", exact=True)).to_be_visible()
    expect(dialog.locator("pairs-pane")).to_have_count(3)


def test_votes_are_tallied_for_the_run_that_was_shown(board: Board) -> None:
    dialog = begin(board)
    keys = []
    for number in range(1, len(IDS) + 1):
        wait_for(dialog, number)
        keys.append("0" if number == 1 else brighter(board, dialog))
        board.page.keyboard.press(keys[-1])
    result = board.frame.get_by_role("dialog", name="Result")
    expect(result.get_by_role("status")).to_have_text("good-run was preferred.")
    # Wilson's interval of 5 in 5.
    for row in ("good-run 5 100 % 57 % to 100 %", "bad-run 0 0 % 0 % to 43 %", "Ties 1"):
        expect(result.get_by_role("row", name=row)).to_be_visible()
    result.get_by_role("button", name="Copy as text").click()
    expect(board.frame.get_by_text("The result is on the clipboard").first).to_be_visible()
    copied = board.page.evaluate("navigator.clipboard.readText()")
    assert "good-run: 5 of 5 (100 %, 95 % interval 57 % to 100 %)" in copied


def test_nothing_names_a_run_while_votes_are_cast(board: Board) -> None:
    dialog = begin(board)
    wait_for(dialog, 1)
    # All text and attributes, shadow roots included.
    everything = board.frame.locator("pairs-blind").evaluate(
        """function all(element) {
          const root = element.shadowRoot ?? element;
          const inner = [...root.querySelectorAll('*')].filter(element => element.shadowRoot);
          return root.innerHTML + inner.map(all).join();
        }"""
    )
    for run in RUNS:
        assert run not in everything
    assert "--pairs-run-" not in everything
    covered = dialog.bounding_box()
    page = board.frame.locator("pairs-app").bounding_box()
    assert covered == page


def test_escape_leaves_and_the_comparison_goes_on_later(board: Board) -> None:
    dialog = begin(board)
    wait_for(dialog, 1)
    board.page.keyboard.press("1")
    wait_for(dialog, 2)
    board.page.keyboard.press("Escape")
    expect(board.frame.locator("pairs-blind")).to_have_count(0)
    board.page.keyboard.press("Shift+T")
    board.frame.get_by_role("button", name="Go on with the last (1 of 6)").click()
    wait_for(dialog, 2)


def test_a_vote_can_be_changed(board: Board) -> None:
    dialog = begin(board)
    wait_for(dialog, 1)
    board.page.keyboard.press("1")
    wait_for(dialog, 2)
    board.page.keyboard.press("ArrowLeft")
    wait_for(dialog, 1)
    expect(dialog.get_by_role("button", name="1 is better")).to_have_attribute(
        "aria-pressed", "true"
    )
    board.page.keyboard.press("2")
    wait_for(dialog, 2)
    board.page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_role("button", name="2 is better")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_one_run_has_nothing_to_compare_with(board: Board) -> None:
    board.go(runs="good-run")
    board.card("one").get_by_role("button", name="More about").click()
    expect(board.frame.get_by_role("menuitem", name="Save as PNG")).to_be_visible()
    expect(board.frame.get_by_role("menuitem", name="Compare runs blind")).to_have_count(0)
