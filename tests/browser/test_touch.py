# SPDX-License-Identifier: Apache-2.0
"""The page under fingers, on a phone: taps, drags and pinches."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, ViewportSize, expect

from tests import servers
from tests.browser.board import Board, still_box
from tests.browser.contexts import new_context
from tests.browser.logs import Masks

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("touch")
    Masks.write(logdir)
    return logdir


@pytest.fixture(scope="module")
def module_board(browser: Browser, server: servers.Server) -> Iterator[Board]:
    """The one page of these tests, on a screen that takes fingers and nothing else."""
    context = new_context(browser, viewport=PHONE, has_touch=True)
    board = Board(context.new_page(), server)
    board.open()
    yield board
    context.close()


@pytest.fixture(autouse=True)
def _phone(board: Board) -> None:
    board.page.set_viewport_size(PHONE)
    board.expect_step(40)


class Fingers:
    """Fingers on the screen, which the browser takes for real ones."""

    def __init__(self, board: Board) -> None:
        self._session: CDPSession = board.page.context.new_cdp_session(board.page)

    def move(self, *paths: list[tuple[float, float]]) -> None:
        """Puts down a finger at the beginning of each path, moves them along, and lifts all."""
        for moment, points in enumerate(zip(*paths, strict=True)):
            self._send("touchMove" if moment else "touchStart", points)
        self._send("touchEnd", ())

    def _send(self, kind: str, points: tuple[tuple[float, float], ...]) -> None:
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


def line(x: float, y: float, to_x: float, to_y: float, steps: int = 6) -> list[tuple[float, float]]:
    """Places on the way from one to another."""
    return [(x + (to_x - x) * i / steps, y + (to_y - y) * i / steps) for i in range(steps + 1)]


def middle(element: Locator) -> tuple[float, float]:
    box = still_box(element)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def open_s0(board: Board) -> Locator:
    """The first picture of the full view."""
    board.go(open="val%2Fmasks,s0")
    view = board.frame.locator("pairs-full-view")
    expect(view.locator("pairs-pane")).to_have_count(4)
    return view.locator("pairs-pane").nth(1).locator("canvas.picture")


def zoom(board: Board) -> list[float]:
    """Scale and centre in the link; empty while the picture fits."""
    found = re.search(r"p\.pairs\.zoom=([^&]*)", board.link)
    return [float(part) for part in unquote(unquote(found[1])).split(",")] if found else []


def settled_zoom(board: Board) -> list[float]:
    """Waits until the link has the scale and centre that a gesture ended with."""
    seen: list[list[float]] = []

    def stays() -> list[float]:
        seen.append(zoom(board))
        # The link follows a moment after the last move of the fingers.
        return seen[-1] if len(seen) > 20 and seen[-1] == seen[-20] else []

    return list(board.until(stays, "a zoom in the link"))


def test_a_tap_on_the_slider_steps(board: Board) -> None:
    box = still_box(board.slider)
    board.page.touchscreen.tap(box["x"] + 9, box["y"] + box["height"] - 10)
    board.expect_step(0)
    board.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] - 10)
    board.expect_step(20)


def test_targets_are_large_enough_for_fingers(board: Board) -> None:
    assert board.frame.locator("pairs-app").evaluate(
        "() => matchMedia('(pointer: coarse)').matches"
    )
    board.frame.get_by_role("button", name="View", exact=True).click()
    sizes = board.frame.locator("pairs-app").evaluate(
        """app => {
          const found = [];
          const look = root => {
            for (const element of root.querySelectorAll('button, input, select')) {
              const {width, height} = element.getBoundingClientRect();
              if (width > 0) found.push([element.ariaLabel ?? element.innerText, width, height]);
            }
            for (const element of root.querySelectorAll('*'))
              if (element.shadowRoot) look(element.shadowRoot);
          };
          look(app.shadowRoot);
          return found;
        }"""
    )
    assert len(sizes) > 15
    assert [one for one in sizes if min(one[1:]) < 24] == []
    larger = {name: (width, height) for name, width, height in sizes}
    for name in ("Play", "Previous step", "Open full view", "More about s0"):
        assert min(larger[name]) >= 40, name


def test_the_line_of_a_swipe_is_dragged_by_a_finger(board: Board) -> None:
    board.go(mode="swipe")
    picture = board.pane("s0", "a").locator("canvas.picture")
    picture.scroll_into_view_if_needed()
    x, y = middle(picture)
    Fingers(board).move(line(x, y, x - 100, y))
    width = still_box(picture)["width"]
    divider = board.pane("s0", "a").locator(".divider")
    board.until(lambda: abs(still_box(divider)["x"] - (x - 100)) < 8, "the line below the finger")
    wanted = (width / 2 - 100) / width
    board.until(
        lambda: (
            (found := re.search(r"p\.pairs\.swipe=([\d.]+)", board.link))
            and abs(float(found[1]) - wanted) < 0.05
        ),
        "its place in the link",
    )


def test_a_pinch_magnifies_and_a_drag_pans_in_the_full_view(board: Board) -> None:
    picture = open_s0(board)
    x, y = middle(picture)
    fingers = Fingers(board)
    fingers.move(line(x - 20, y, x - 80, y), line(x + 20, y, x + 80, y))
    scale, before, _ = settled_zoom(board)
    assert scale > 2
    fingers.move(line(x, y, x - 90, y))
    board.until(lambda: zoom(board)[1] > before + 0.02, "what is at the right")
    assert zoom(board)[0] == pytest.approx(scale, rel=0.01)


def test_a_tap_says_what_a_mouse_would_be_told(board: Board) -> None:
    chip = board.pane("s0", "a").locator(".chip").first
    chip.scroll_into_view_if_needed()
    said = chip.get_attribute("title") or ""
    assert said.startswith("IoU")
    chip.tap()
    expect(board.frame.locator("pairs-toasts").get_by_text(said)).to_be_visible()


def test_what_is_cut_off_has_a_tooltip(board: Board) -> None:
    cut = board.frame.locator("pairs-tag-section header .muted").first
    expect(cut).not_to_have_attribute("title", re.compile("."))
    cut.tap()
    expect(cut).to_have_attribute("title", re.compile("^4 samples · 2 runs"))
    expect(board.frame.locator("pairs-toasts")).to_contain_text("4 samples · 2 runs")
