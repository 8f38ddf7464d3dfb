# SPDX-License-Identifier: Apache-2.0
"""The page shows optical flow: by its wheel, in pixels, with its end-point error."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, still_box
from tests.browser.logs import HEIGHT, WIDTH
from tests.frontend_golden.make import flow_colors

Y, X = np.mgrid[:HEIGHT, :WIDTH] - np.array([HEIGHT // 2, WIDTH // 2])[:, None, None]
TRUTH = np.stack([X, Y], axis=-1).astype(np.float64)
# A quarter turn, and slower.
PREDICTION = 0.5 * np.stack([-Y, X], axis=-1)
LONGEST = float(np.linalg.norm(TRUTH, axis=-1).max())


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("flow")
    truth = TRUTH.copy()
    truth[0, 1] = np.nan
    pairs.summary(
        "flow",
        truth[None],
        PREDICTION[None],
        1,
        ids=["f"],
        kind=pairs.Flow(),
        writer=logdir / "run",
    )
    return logdir


def test_flow_is_shown_by_the_wheel_with_one_magnitude_for_the_pair(board: Board) -> None:
    board.go(tags="^flow$")
    expected = flow_colors(TRUTH, LONGEST)
    truth = board.pane("f", "Ground truth")
    known = np.ones((HEIGHT, WIDTH), bool)
    known[0, 1] = False

    def is_wheel() -> bool:
        shown = board.pixels(truth, HEIGHT, WIDTH)[..., :3].astype(int)
        return np.abs(shown - expected)[known].max() <= 1 and len({*shown[0, 1]}) == 1

    board.until(is_wheel, "the colours of the wheel")
    board.expect_pixels(board.pane("f", "run"), flow_colors(PREDICTION, LONGEST), tolerance=1)
    legend = board.card("f").locator("pairs-legend")
    expect(legend).to_contain_text("motion, full colour at")
    expect(legend).to_contain_text("unknown")
    assert legend.locator(".disc").bounding_box()["width"] > 20  # type: ignore[index]


def test_a_displacement_is_said_with_its_error(board: Board) -> None:
    board.go(tags="^flow$")
    truth, prediction = board.pane("f", "Ground truth"), board.pane("f", "run")
    board.until(lambda: board.pixels(truth, HEIGHT, WIDTH)[..., 3].all(), "the picture")
    x, y = WIDTH // 2 + 3, HEIGHT // 2
    board.hover(truth, x, y, HEIGHT, WIDTH)
    board.until(lambda: board.tip(truth) == f"{x},{y} · u 3.000 v 0.000 3.000 px", "the vector")
    error = np.linalg.norm(PREDICTION[y, x] - TRUTH[y, x])
    wanted = f"u 0.000 v 1.500 1.500 px Δ {error:.3f} px"
    board.until(lambda: board.tip(prediction) == wanted, "the error")
    board.hover(truth, 1, 0, HEIGHT, WIDTH)
    board.until(lambda: board.tip(truth) == "1,0 · unknown", "unknown flow")


def test_the_difference_is_the_end_point_error(board: Board) -> None:
    board.go(tags="^flow$", mode="difference")
    legend = board.card("f").locator("pairs-legend")
    expect(legend).to_contain_text("end-point error")
    pane = board.pane("f", "run")

    def is_error() -> bool:
        """Magma rises from black with the error, which rises from the middle."""
        shown = board.pixels(pane, HEIGHT, WIDTH)[..., :3].astype(int)
        row = shown[HEIGHT // 2, WIDTH // 2 : WIDTH // 2 + 3].sum(axis=-1)
        return row[0] < 10 and (np.diff(row) > 0).all() and (shown[0, 1] == 0x8A).all()

    board.until(is_error, "the error")
    expect(board.frame.get_by_role("slider", name="Gain")).to_be_visible()


# The part of a canvas around the middle of a pixel: true where the ink of an arrow is.
_INK = """(canvas, [x, y, reach]) => {
  if (canvas.hidden) return null;
  const {data} = canvas.getContext('2d').getImageData(x - reach, y - reach, 2 * reach, 2 * reach);
  const isInk = (_, i) => data[4 * i + 3] > 250 && data[4 * i] < 60;
  return Array.from({length: 4 * reach * reach}, isInk);
}"""


def ink(pane: Locator, x: int, y: int, scale: float) -> NDArray[np.bool_] | None:
    """Where an arrow is drawn on a pixel, of a pane zoomed to its middle; None without arrows."""
    box = still_box(pane.locator(".stage"))
    middle = [box["width"] / 2 + (x + 0.5 - WIDTH / 2) * scale]
    middle.append(box["height"] / 2 + (y + 0.5 - HEIGHT / 2) * scale)
    reach = int(scale / 2)
    found = pane.locator("canvas.values").evaluate(_INK, [*map(round, middle), reach])
    return None if found is None else np.array(found).reshape(2 * reach, 2 * reach)


def test_magnified_flow_has_arrows_where_they_are_switched_on(board: Board) -> None:
    board.go(tags="^flow$")
    truth = board.pane("f", "Ground truth")
    width = still_box(truth.locator(".stage"))["width"]
    # Each pixel has an arrow, and no room for its numbers.
    scale = 24.0
    board.go(tags="^flow$", zoom=f"{scale * WIDTH / width},0.5,0.5")
    x, y = WIDTH // 2 + 3, HEIGHT // 2
    board.until(lambda: board.canvas(truth)[..., 3].any(), "the picture")
    assert ink(truth, x, y, scale) is None
    board.frame.get_by_role("checkbox", name="Arrows").check()
    # The truth moves to the right, the prediction down.
    for pane, along in [(truth, 1), (board.pane("f", "run"), 0)]:

        def points(pane: Locator = pane, along: int = along) -> bool:
            found = ink(pane, x, y, scale)
            if found is None or not found.any():
                return False
            length, breadth = np.ptp(np.argwhere(found)[:, [along, 1 - along]], axis=0) + 1
            # The head is wider than the tail.
            tail, head = np.array_split(found.sum(axis=1 - along)[found.any(axis=1 - along)], 2)
            return bool(length > 1.2 * breadth and head.sum() > tail.sum())

        board.until(points, "an arrow")
    board.until(lambda: "on=arrows" in board.link, "the link")
    legend = board.card("f").locator("pairs-legend")
    expect(legend).to_contain_text("longest arrow")
    board.frame.get_by_role("checkbox", name="Arrows").uncheck()
    board.until(lambda: ink(truth, x, y, scale) is None, "no arrows")
