# SPDX-License-Identifier: Apache-2.0
"""Class ids that were logged as images can be read as classes, and are marked as that."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import PLAIN, Board
from tests.browser.logs import mask, photo, spoiled

TRUTH = mask(5)
PREDICTION = spoiled(TRUTH, 0.2, 6)
LINK = {"tags": "^ids$", "runs": "run", "overlay": PLAIN}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("recovered")
    options = {"ids": ["s"], "kind": pairs.Image(), "writer": logdir / "run"}
    pairs.summary("ids", TRUTH[None], PREDICTION[None], 0, image=photo(1)[None], **options)
    grey = photo(1)[..., :1]
    pairs.summary("grey", grey[None], grey[None], 0, **options)
    # What floats were is not what is stored.
    pairs.summary("scores", TRUTH[None], PREDICTION[None] / 4.0, 0, **options)
    return logdir


def test_class_ids_that_were_logged_as_images_are_read_as_classes(board: Board) -> None:
    board.go(**LINK)
    board.expect_pixels(board.pane("s", "Ground truth"), TRUTH)
    board.frame.get_by_role("button", name="As classes").click()
    expect(board.frame.get_by_text("classes recovered from integers")).to_be_visible()
    board.until(lambda: "classes=ids" in board.link, "the tag in the link")
    palette = colors_by_class(board, "Ground truth", TRUTH)
    assert len(set(palette.values())) == len(palette)
    assert colors_by_class(board, "run", PREDICTION) == palette
    board.go(**LINK, classes="ids", mode="difference")
    expect(board.card("s").locator("pairs-legend")).to_contain_text("missed or taken")
    board.frame.get_by_role("button", name="As images").click()
    expect(board.card("s").locator("pairs-legend")).to_contain_text("full scale")


def colors_by_class(board: Board, heading: str, ids: np.ndarray) -> dict[int, tuple[int, ...]]:
    """Waits until each class has one colour that is no grey level; returns the colours."""
    height, width = ids.shape

    def look() -> dict[int, tuple[int, ...]] | None:
        shown = board.pixels(board.pane("s", heading), height, width)[..., :3]
        found = {int(one): np.unique(shown[ids == one], axis=0) for one in np.unique(ids)}
        if any(len(colors) != 1 for colors in found.values()):
            return None
        colors = {one: tuple(map(int, colors[0])) for one, colors in found.items()}
        return None if all(len(set(color)) == 1 for color in colors.values()) else colors

    found = board.until(look, f"the classes of {heading}")
    assert isinstance(found, dict)
    return found


def test_a_grey_photograph_is_not_offered_as_classes(board: Board) -> None:
    board.go(tags="^grey$")
    board.expect_pixels(board.pane("s", "Ground truth"), photo(1)[..., 0])
    expect(board.frame.locator("pairs-class-note[looks=images]")).to_have_count(1)
    expect(board.frame.get_by_role("button", name="As classes")).to_have_count(0)


def test_floats_stay_images_beside_classes(board: Board) -> None:
    board.go(tags="^scores$", classes="scores")
    expect(board.frame.get_by_text("classes recovered from integers")).to_be_visible()
    board.expect_pixels(
        board.pane("s", "run"), np.floor(PREDICTION / 4.0 * 255 + 0.5).astype(np.uint8)
    )
