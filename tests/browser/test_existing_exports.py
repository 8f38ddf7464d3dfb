# SPDX-License-Identifier: Apache-2.0
"""Exports and the blind comparison of pairs that were cut from pictures of the Images dashboard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.browser.board import Board
from tests.browser.contexts import new_context
from tests.browser.exported import holds, picture_of, save
from tests.importing import logs
from tests.importing.pictures import grid, noisy, photo

STEPS = range(0, 20, 10)
TRUTHS = [photo(seed, 12, 16) for seed in range(3)]
PREDICTIONS = {
    "good": [noisy(one) for one in TRUTHS],
    "bad": [255 - one for one in TRUTHS],
}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: grids of three samples, and a strip of the last of them."""
    logdir = tmp_path_factory.mktemp("existing_exports")
    for run, predictions in PREDICTIONS.items():
        tags = {
            "grid/gt": grid(TRUTHS),
            "grid/pred": grid(predictions),
            "Left: GT, Right: Prediction": np.concatenate([TRUTHS[2], predictions[2]], axis=1),
        }
        logs.write_torch(logdir / run, tags, STEPS)
    return logdir


def test_a_card_of_a_strip_as_a_png(board: Board) -> None:
    board.go(tags="^Left")
    for run, predictions in PREDICTIONS.items():
        board.expect_pixels(board.pane("0", run), predictions[2])
    board.expect_pixels(board.pane("0", "Ground truth"), TRUTHS[2])
    with board.page.expect_download() as download:
        board.press("Shift+S")
    assert download.value.suggested_filename.endswith("_0_step-10.png")
    picture = np.asarray(Image.open(download.value.path()).convert("RGB"))
    for pane in (TRUTHS[2], PREDICTIONS["good"][2], PREDICTIONS["bad"][2]):
        assert holds(picture, pane, 0)


def test_samples_of_a_grid_as_a_page(board: Board, browser: Browser, tmp_path: Path) -> None:
    board.go(tags="^grid", step=10)
    board.expect_pixels(board.pane("0", "good"), PREDICTIONS["good"][0])
    board.press("Shift+H")
    board.frame.get_by_role("radio", name="All 3 samples").check()
    name, data = save(board)
    path = tmp_path / name
    path.write_bytes(data)
    page = new_context(browser).new_page()
    page.goto(path.as_uri())
    for place, truth in enumerate(TRUTHS):
        shown = {"Ground truth": truth, **{run: PREDICTIONS[run][place] for run in PREDICTIONS}}
        for heading, pixels in shown.items():
            image = page.get_by_alt_text(f"{heading} of {place}", exact=True).first
            np.testing.assert_array_equal(picture_of(image), pixels)
    page.context.close()


def test_samples_of_a_grid_compared_blind(board: Board) -> None:
    board.go(tags="^grid", step=10)
    expect(board.card("0")).to_be_visible()
    board.press("Shift+T")
    dialog = board.frame.get_by_role("dialog", name="Blind A/B test")
    dialog.get_by_role("button", name="Begin").click()
    dialog = board.frame.get_by_role("dialog", name="Which is closer to the ground truth?")
    seen: set[int] = set()
    for number in range(1, 4):
        expect(dialog.get_by_text(f"{number} of 3", exact=True)).to_be_visible()
        expect(dialog.locator("pairs-pane")).to_have_count(3)
        board.press(find_good(board, dialog, seen))
    result = board.frame.get_by_role("dialog", name="Result")
    for row in ("good 3 100 %", "bad 0 0 %"):
        expect(result.get_by_role("row", name=row)).to_be_visible()


def find_good(board: Board, dialog: Locator, seen: set[int]) -> str:
    """Returns the key of the good run's prediction, once all panes show a sample not seen yet."""

    def shown(heading: str) -> np.ndarray:
        pane = dialog.locator("pairs-pane").filter(has=board.frame.get_by_text(heading, exact=True))
        expect(pane.locator("canvas.picture")).to_be_visible()
        return board.pixels(pane, 12, 16)[..., :3]

    def good() -> str | None:
        truth, *both = map(shown, ("Ground truth", "Prediction 1", "Prediction 2"))
        for place in {0, 1, 2} - seen:
            predictions = [PREDICTIONS[run][place] for run in ("good", "bad")]
            for key, order in (("1", predictions), ("2", predictions[::-1])):
                if all(map(np.array_equal, (truth, *both), (TRUTHS[place], *order))):
                    seen.add(place)
                    return key
        return None

    key: str = board.until(good, "a ground truth with both of its predictions")
    return key
