# SPDX-License-Identifier: Apache-2.0
"""A heatmap's ground truth is told as the same, and is kept, whatever is predicted."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board

TRUTH = np.linspace(1, 80, 64, dtype=np.float32).reshape(1, 8, 8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("heatmaps")
    outlier = TRUTH.copy()
    outlier[0, 3, 5] = 1e9
    predictions = {"a": (TRUTH, 1.3 * TRUTH, TRUTH), "b": (2 * TRUTH, TRUTH, outlier)}
    for run, steps in predictions.items():
        for step, prediction in enumerate(steps):
            kind = pairs.Heatmap(unit="m")
            # The same numbers in another dtype are no other ground truth.
            truth = TRUTH if run == "a" else TRUTH.astype(np.float64)
            pairs.summary(
                "depth", truth, prediction, step, ids=["s"], kind=kind, writer=logdir / run
            )
            exact = pairs.Heatmap(bits=32, unit="m")
            pairs.summary(
                "exact", truth, prediction, step, ids=["s"], kind=exact, writer=logdir / run
            )
    return logdir


def test_a_prediction_that_leaves_the_range_changes_no_ground_truth(board: Board) -> None:
    board.go(tags="^depth$", runs="a,b", step=2)
    clipped = board.pane("s", "b").get_by_text("1.6 % clipped", exact=True)
    clipped.wait_for()
    for word in ("changed", "differs"):
        expect(board.pane("s", "Ground truth").get_by_text(word, exact=True)).to_have_count(0)
    expect(board.card("s").get_by_text("159 m").first).to_be_visible()


def test_a_heatmap_of_32_bits_is_shown(board: Board) -> None:
    board.go(tags="^exact$", runs="a,b", step=2)
    expect(board.card("s").get_by_text("159 m").first).to_be_visible()
    for word in ("changed", "differs", "can't be decoded"):
        expect(board.card("s").get_by_text(word)).to_have_count(0)
