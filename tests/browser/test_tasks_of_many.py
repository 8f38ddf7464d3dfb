# SPDX-License-Identifier: Apache-2.0
"""The tasks of `docs/tasks.md` that take many runs or samples, counted like the others."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, still_box
from tests.browser.logs import MASK, mask, mean_iou, spoiled
from tests.browser.test_tasks import Actions, documented

RUNS = [f"sweep/lr={i:02}" for i in range(20)]
SAMPLES = [f"image_{i:02}" for i in range(60)]
TRUTH = np.stack([mask(seed) for seed in range(len(SAMPLES))])


def predictions(run: int) -> np.ndarray:
    """On each sample another run is the best."""
    shares = [0.05 if (i + run) % len(RUNS) == 0 else 0.2 + 0.01 * run for i in range(len(SAMPLES))]
    return np.stack([spoiled(one, shares[i], 90 + i) for i, one in enumerate(TRUTH)])


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("tasks_of_many")
    for place, run in enumerate(RUNS):
        prediction = predictions(place)
        pairs.summary(
            "val/masks", TRUTH, prediction, 10, ids=SAMPLES, kind=MASK, writer=logdir / run
        )
    return logdir


def test_t7_find_which_of_20_runs_is_best_on_a_sample(board: Board) -> None:
    actions, sample = Actions(board), 47
    title = board.frame.locator("pairs-matrix-title")
    title.first.wait_for()
    actions.fill(board.frame.get_by_role("searchbox", name="Show"), SAMPLES[sample])
    expect(title).to_have_count(1)
    scores = [mean_iou(TRUTH[sample], predictions(run)[sample]) for run in range(len(RUNS))]
    note = title.locator(".note")
    expect(note).to_contain_text("leads by")
    best = RUNS[int(np.argmax(scores))]
    expect(note.locator("pairs-name")).to_have_text(best.removeprefix("sweep/"))
    expect(note).to_be_in_viewport()
    assert actions.count == documented("T7") <= 1
    # Also in an order by changes, which are said beside it.
    board.frame.get_by_role("searchbox", name="Show").blur()
    board.press("D")
    board.until(lambda: "sort=regressed" in board.link, "the order")
    lead = note.filter(has_text="leads by")
    expect(lead.locator("pairs-name")).to_have_text(best.removeprefix("sweep/"))
    expect(lead).to_be_in_viewport()


def test_t10_see_sixty_samples_of_the_last_step_on_one_screen(board: Board) -> None:
    board.page.set_viewport_size({"width": 1920, "height": 1200})
    actions = Actions(board)
    button = board.frame.get_by_role("button", name="Sheet", exact=True)
    button.wait_for()
    box = still_box(button)
    actions.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown = """tiles => tiles.filter(tile => {
      const {left, right, top, bottom} = tile.getBoundingClientRect();
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
        && tile.shadowRoot.querySelector('[data-state=ready]') !== null;
    }).length"""
    tiles = board.frame.locator("pairs-tile")
    board.until(lambda: tiles.evaluate_all(shown) == len(SAMPLES), "sixty tiles")
    assert actions.count == documented("T10") <= 1
