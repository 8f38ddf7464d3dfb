# SPDX-License-Identifier: Apache-2.0
"""Heatmaps of 32 bits: the page paints, says and compares the floats themselves."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import level

SIZE = 16
OUTLIER = np.float32(1e6)
# Depths of 0 to 1, and one of 1e6 in both pictures.
DEPTH = np.linspace(0, 1, SIZE * SIZE, dtype=np.float32).reshape(SIZE, SIZE)
DEPTH[3, 5] = OUTLIER
# The next float above, in the right half.
ABOVE = np.where(np.arange(SIZE) < SIZE // 2, DEPTH, np.nextafter(DEPTH, OUTLIER))
EVEN = np.full_like(DEPTH, 0.5)
EVEN[3, 5] = OUTLIER
HIGHER = np.where(np.arange(SIZE) < SIZE // 2, EVEN, np.nextafter(EVEN, OUTLIER))
HIGHER[3, 5] = OUTLIER


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("exact")
    for tag, truth, prediction, limits in (
        ("limited", DEPTH, ABOVE, (0, 1)),
        ("free", DEPTH, ABOVE, None),
        ("even", EVEN, HIGHER, None),
    ):
        kind = pairs.Heatmap(bits=32, range=limits, colormap="greys")
        pairs.summary(
            tag, truth[None], prediction[None], 1, ids=["d"], kind=kind, writer=logdir / "run"
        )
    return logdir


def expect_greys(
    board: Board, pane: Locator, values: NDArray[np.float32], low: float, high: float
) -> None:
    """Waits until a pane shows values by a linear map; those beyond its ends are marked."""
    wanted = level((values.astype(float) - low) / (high - low))
    is_within = (low <= values) & (values <= high)

    def is_shown() -> bool:
        shown = board.pixels(pane, SIZE, SIZE)[..., :3].astype(int)
        return bool((np.abs(shown - wanted[..., None])[is_within] <= 1).all())

    board.until(is_shown, "the gradient")


def test_limits_of_0_to_1_show_the_gradients_beside_an_outlier(board: Board) -> None:
    board.go(tags="^limited$")
    expect_greys(board, board.pane("d", "Ground truth"), DEPTH, 0, 1)
    expect_greys(board, board.pane("d", "run"), ABOVE, 0, 1)


def test_percentiles_are_those_of_the_floats(board: Board) -> None:
    board.go(tags="^free$", display="percentile,,")
    values = np.stack([DEPTH, ABOVE])
    low, high = np.percentile(values, [1, 99], method="inverted_cdf")
    assert high < 1
    expect_greys(board, board.pane("d", "Ground truth"), DEPTH, low, high)


def test_values_and_differences_are_said_to_the_last_bit(board: Board) -> None:
    board.go(tags="^free$")
    truth, prediction = board.pane("d", "Ground truth"), board.pane("d", "run")
    for x, y in ((12, 9), (5, 3)):
        board.hover(truth, x, y, SIZE, SIZE)
        at = f"{x},{y} · "
        expect(truth.locator(".tip")).to_contain_text(at)
        said = board.tip(truth).removeprefix(at)
        assert np.float32(said) == DEPTH[y, x]
        predicted, _, error = board.tip(prediction).partition(" Δ ")
        assert np.float32(predicted) == ABOVE[y, x]
        apart = float(ABOVE[y, x]) - float(DEPTH[y, x])
        assert float(error.replace("−", "-") or 0) == pytest.approx(apart, rel=1e-3)


def test_floats_next_to_each_other_are_not_shown_as_equal(board: Board) -> None:
    board.go(tags="^even$", mode="difference")
    pane = board.pane("d", "run")

    # No difference is near white. One bit is near full colour, though the range ends at an outlier.
    def shows_halves() -> bool:
        blue = board.pixels(pane, SIZE, SIZE)[..., 2]
        left, right = blue[:, : SIZE // 2], blue[:, SIZE // 2 :]
        return bool(left.min() > 220 and right.max() < 150)

    board.until(shows_halves, "the difference of one bit")
    apart = float(np.nextafter(np.float32(0.5), OUTLIER)) - 0.5
    expect(pane.get_by_text(f"{apart / 2:.2e}".replace("e-0", "e−")).first).to_be_visible()


def test_a_threshold_between_two_floats_tells_them_apart(board: Board) -> None:
    above = float(np.nextafter(np.float32(0.5), OUTLIER))
    board.go(tags="^even$", display=f"fixed,{above!r},")
    truth, prediction = board.pane("d", "Ground truth"), board.pane("d", "run")

    def masks(pane: Locator) -> NDArray[np.bool_]:
        shown = board.pixels(pane, SIZE, SIZE)[..., :3].astype(int)
        colored: NDArray[np.bool_] = np.ptp(shown, axis=2) > 60
        return colored

    board.until(lambda: np.array_equal(masks(truth), above <= EVEN), "the truth's outlier")
    board.until(lambda: np.array_equal(masks(prediction), above <= HIGHER), "the prediction's half")
