# SPDX-License-Identifier: Apache-2.0
"""Attributes of samples: a filter by them, and what the full view says."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import MASK, mask

WEATHER = ("rain", "sun", "late rain", None)
BRIGHTNESS = (0.125, 0.75, 0.25, 0.5)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("attributes")
    masks = np.stack([mask(seed) for seed in range(4)])
    known = {"weather": WEATHER, "brightness": BRIGHTNESS}
    chosen = {"ids": list("wxyz"), "kind": MASK, "attributes": known}
    pairs.summary("a", masks, masks, 1, writer=logdir / "run", **chosen)
    return logdir


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("weather:rain", "w"),
        ('weather:"late rain"', "y"),
        ("brightness<0.5", "wy"),
        ("brightness>=0.25 weather:sun", "x"),
        ("rain", "wy"),
        ("late iou>=1", "y"),
        ("weather:fog", ""),
    ],
)
def test_a_filter_takes_conditions_on_attributes(board: Board, text: str, left: str) -> None:
    board.until(lambda: board.samples == list("wxyz"), "all samples")
    field = board.frame.get_by_role("searchbox", name="Show")
    field.fill(text)
    board.until(lambda: board.samples == list(left), f"the samples with {text}")


def test_the_details_say_them_and_show_samples_with_the_same(board: Board) -> None:
    board.go(open="a,y", details=1)
    details = board.frame.locator("pairs-sample-details")
    row = details.get_by_role("row").filter(has_text="weather")
    expect(row.get_by_role("button")).to_have_text("late rain")
    expect(details.get_by_role("row").filter(has_text="brightness")).to_contain_text("0.25")
    row.get_by_role("button").click()
    board.press("Escape")
    board.until(lambda: board.samples == ["y"], "the samples of that weather")
    board.go(open="a,z", details=1)
    expect(details.get_by_role("row").filter(has_text="brightness")).to_contain_text("0.5")
    expect(details.get_by_role("row").filter(has_text="weather")).to_have_count(0)
