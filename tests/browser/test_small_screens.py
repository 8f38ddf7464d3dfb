# SPDX-License-Identifier: Apache-2.0
"""Small windows, and the frame of a notebook: pairs are seen at once, and large views are large."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator

from tests.browser.board import Board, still_box
from tests.browser.logs import HEIGHT, WIDTH, Masks

# Width and height of the window; a notebook's frame is 800 high, and as wide as its cell.
WINDOWS = [(800, 600), (800, 800), (900, 450), (1000, 600), (1440, 900)]
FIRST = ("Input", "Ground truth", "a")


class Seen(NamedTuple):
    """Where a pane's picture is, in CSS pixels, and how many of them a pixel of it takes."""

    top: float
    bottom: float
    scale: float


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("small")
    Masks.write(logdir)
    return logdir


def seen(pane: Locator) -> Seen:
    """Where a pane's picture is."""
    box = still_box(pane.locator("canvas.picture"))
    scale = min(box["width"] / WIDTH, box["height"] / HEIGHT)
    return Seen(box["y"], box["y"] + box["height"], scale)


def open_view(board: Board, heading: str) -> Locator:
    """A pane of the full view."""
    view = board.frame.locator("pairs-full-view")
    return view.locator("pairs-pane").filter(has=board.frame.get_by_text(heading, exact=True))


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_the_first_screen_shows_a_pair_whole(
    open_page: Callable[..., Board], width: int, height: int
) -> None:
    board = open_page(f"&p.pairs.nth={width}")
    board.page.set_viewport_size({"width": width, "height": height})

    def whole() -> bool:
        found = [seen(board.pane("s0", heading)) for heading in FIRST]
        return all(one.bottom <= height and one.scale * HEIGHT >= 96 for one in found)

    board.until(whole, "a pair that is seen without scrolling")

    board.go(open=f"{Masks.tag},s0")
    open_view(board, "a").wait_for()
    board.until(
        lambda: all(
            # The cards are there still, behind it.
            seen(open_view(board, heading)).scale >= 0.99 * seen(board.pane("s0", heading)).scale
            for heading in FIRST
        ),
        "pictures that are at least as large as on the card",
    )
    assert all(seen(open_view(board, heading)).bottom <= height for heading in FIRST)


def test_many_panes_scroll_in_the_full_view_instead_of_shrinking(
    open_page: Callable[..., Board],
) -> None:
    board = open_page("&p.pairs.nth=tiny")
    board.page.set_viewport_size({"width": 420, "height": 420})
    on_card = board.until(lambda: seen(board.pane("s0", "Input")).scale, "a card")
    board.go(open=f"{Masks.tag},s0")
    pane = open_view(board, "b")
    pane.wait_for()
    board.until(lambda: seen(pane).scale >= 0.99 * on_card, "a picture as large as on the card")
    pane.scroll_into_view_if_needed()
    assert seen(pane).bottom <= 420


# What is at the right of the page or beyond, and is no part of what scrolls sideways by itself.
_OUTSIDE = """app => {
  const found = [];
  const look = root => {
    for (const element of root.querySelectorAll('button, input, select, canvas, h2, h3')) {
      const {right, width} = element.getBoundingClientRect();
      if (width > 1 && right > innerWidth + 0.5) found.push(`${element.localName} ${right}`);
    }
    for (const element of root.querySelectorAll('*'))
      if (element.shadowRoot) look(element.shadowRoot);
  };
  look(app.shadowRoot);
  return found;
}"""


@pytest.mark.parametrize(("width", "height"), [(480, 800), (390, 844)])
def test_a_narrow_page_has_truth_and_prediction_first_and_nothing_outside(
    board: Board, width: int, height: int
) -> None:
    board.page.set_viewport_size({"width": width, "height": height})

    def whole() -> bool:
        found = [seen(board.pane("s0", heading)) for heading in ("Ground truth", "a")]
        return all(one.bottom <= height and one.scale * HEIGHT >= 96 for one in found)

    board.until(whole, "ground truth and prediction without scrolling")
    assert board.frame.locator("pairs-app").evaluate(_OUTSIDE) == []
