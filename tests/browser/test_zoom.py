# SPDX-License-Identifier: Apache-2.0
"""Looking close: zoom and pan shared by panes, kept over time, values on pixels, the cross-hair."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.board import PLAIN, Board, link_of, still_box
from tests.browser.contexts import new_context
from tests.browser.logs import HEIGHT, NAMES, WIDTH, Masks, colored
from tests.servers import Server

TRUTH, A, B = (
    Masks.truth[0],
    Masks.prediction["a"][40][0],
    Masks.prediction["b"][40][0],
)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("zoom")
    Masks.write(logdir)
    return logdir


@pytest.fixture(scope="module", autouse=True)
def _masks_alone(module_board: Board) -> None:
    module_board.every_view["overlay"] = PLAIN


def zoom(board: Board) -> tuple[float, float, float]:
    """Scale, and the centre as fractions of the picture."""
    found = re.search(r"p\.pairs\.zoom=([^&]*)", board.link)
    if found is None:
        return 1.0, 0.5, 0.5
    scale, x, y = found.group(1).replace("%2C", ",").split(",")
    return float(scale), float(x), float(y)


def seen(board: Board, pane: Locator, ids: np.ndarray, view: tuple[float, float, float]) -> bool:
    """Whether a pane shows the part of a mask that a zoom says, at some places of its canvas."""
    scale, x, y = view
    shown = board.canvas(pane)
    height, width, _ = shown.shape
    # A pixel is shown 64 times at most, and no ground beside a picture that fills the pane.
    per_pixel = min(scale * min(width / WIDTH, height / HEIGHT), 64)
    half_x, half_y = width / 2 / per_pixel / WIDTH, height / 2 / per_pixel / HEIGHT
    x = min(max(x, half_x), 1 - half_x) if half_x < 0.5 else 0.5
    y = min(max(y, half_y), 1 - half_y) if half_y < 0.5 else 0.5
    for fraction_x in np.linspace(0.03, 0.97, 13):
        for fraction_y in np.linspace(0.03, 0.97, 9):
            place_x = x * WIDTH + (fraction_x - 0.5) * width / per_pixel
            place_y = y * HEIGHT + (fraction_y - 0.5) * height / per_pixel
            # Too near to a border to say on which side of it.
            if min(place_x % 1, 1 - place_x % 1, place_y % 1, 1 - place_y % 1) < 0.1:
                continue
            if not (0 <= place_x < WIDTH and 0 <= place_y < HEIGHT):
                continue
            got = shown[int(fraction_y * height), int(fraction_x * width), :3]
            if (got != colored(ids)[int(place_y), int(place_x)]).any():
                return False
    return True


def wheel(board: Board, pane: Locator, notches: int) -> None:
    """Turns the wheel over a pane, left of and above its middle."""
    board.hover(pane, 4, 3, HEIGHT, WIDTH)
    board.page.keyboard.down("Control")
    for _ in range(abs(notches)):
        board.page.mouse.wheel(0, -100 if notches > 0 else 100)
    board.page.keyboard.up("Control")


def test_the_wheel_zooms_all_panes_of_all_cards(board: Board) -> None:
    truth, a, b = (board.pane("s0", name) for name in ("Ground truth", "a", "b"))
    board.expect_pixels(a, colored(A))
    wheel(board, a, 3)
    board.until(lambda: zoom(board)[0] > 2, "a zoom")
    for pane, ids in (
        (truth, TRUTH),
        (a, A),
        (b, B),
        (board.pane("s1", "a"), Masks.prediction["a"][40][1]),
    ):
        board.until(lambda pane=pane, ids=ids: seen(board, pane, ids, zoom(board)), "the same part")
    # What is under the pointer stays where it is.
    assert zoom(board)[1] < 0.5
    assert zoom(board)[2] < 0.5


def test_zoom_is_kept_over_steps_runs_and_samples(board: Board) -> None:
    view = (3.0, 0.3, 0.6)
    board.go(zoom="3,0.3,0.6", step=0)
    a = board.pane("s0", "a")
    for step in (0, 10):
        ids = Masks.prediction["a"][step][0]
        board.until(lambda ids=ids: seen(board, a, ids, view), f"step {step}")
        board.press("ArrowRight")
    board.frame.get_by_role("checkbox", name="b", exact=True).uncheck()
    board.until(lambda: seen(board, a, Masks.prediction["a"][20][0], view), "without b")
    board.frame.get_by_role("button", name="Open full view").nth(1).click()
    full = board.frame.locator("pairs-full-view")
    pane = full.locator("pairs-pane").filter(has=board.frame.get_by_text("a", exact=True))
    for sample in (1, 2):
        ids = Masks.prediction["a"][20][sample]
        board.until(lambda ids=ids: seen(board, pane, ids, view), f"sample {sample}")
        board.press("ArrowDown")
    board.press("Escape")


def test_a_zoom_of_one_card_alone(board: Board) -> None:
    board.go(zoomAll=0)
    a, other = board.pane("s0", "a"), board.pane("s1", "a")
    board.expect_pixels(a, colored(A))
    wheel(board, a, 3)
    board.until(lambda: board.card("s0").get_by_title("Fit the picture").count() == 1)
    board.expect_pixels(other, colored(Masks.prediction["a"][40][1]))
    board.card("s0").get_by_title("Fit the picture").click()
    board.expect_pixels(a, colored(A))


def test_a_drag_pans(board: Board) -> None:
    board.go(zoom="3,0.5,0.5")
    a = board.pane("s0", "a")
    board.until(lambda: seen(board, a, A, (3.0, 0.5, 0.5)), "the zoom")
    x, y = board.place(a, 8, 6, HEIGHT, WIDTH)
    board.page.mouse.move(x, y)
    board.page.mouse.down()
    board.page.mouse.move(x + 30, y + 20, steps=3)
    board.page.mouse.move(x + 60, y + 40, steps=3)
    board.page.mouse.up()
    board.until(lambda: zoom(board)[1] < 0.5, "a pan")
    # The address follows a moment later.
    board.until(lambda: seen(board, board.pane("s0", "b"), B, zoom(board)), "the same part")
    assert zoom(board)[0] == pytest.approx(3, abs=0.01)
    assert zoom(board)[2] < 0.5


def test_keys_zoom_pan_and_fit(board: Board) -> None:
    a = board.pane("s0", "a")
    board.expect_pixels(a, colored(A))
    board.card("s0").get_by_role("group", name="Pictures of s0").focus()
    board.press("+", "+")
    board.until(lambda: zoom(board)[0] == pytest.approx(2.25, abs=0.01), "2.25 times")
    board.press("Shift+ArrowRight")
    board.until(lambda: zoom(board)[1] > 0.5, "a pan")
    board.press("-")
    board.until(lambda: zoom(board)[0] == pytest.approx(1.5, abs=0.01), "1.5 times")
    board.press("0")
    board.expect_pixels(a, colored(A))


def test_actual_size_shows_one_pixel_per_pixel(board: Board) -> None:
    a = board.pane("s0", "a")
    board.expect_pixels(a, colored(A))
    board.card("s0").get_by_role("group", name="Pictures of s0").focus()
    board.press("9")

    def is_actual() -> bool:
        shown = board.canvas(a)[..., :3]
        height, width, _ = shown.shape
        top, left = (height - HEIGHT) // 2, (width - WIDTH) // 2
        return any(
            (shown[t : t + HEIGHT, x : x + WIDTH] == colored(A)).all()
            for t in (top, top + 1)
            for x in (left, left + 1)
        )

    board.until(is_actual, "one to one")


def test_a_double_click_magnifies_until_values_are_written(board: Board) -> None:
    a = board.pane("s0", "a")
    values = a.locator("canvas.values")
    board.expect_pixels(a, colored(A))

    def written() -> int:
        return int(
            values.evaluate(
                """canvas => canvas.getContext('2d')
                  .getImageData(0, 0, canvas.width, canvas.height).data
                  .filter((value, i) => i % 4 === 3 && value > 200).length"""
            )
        )

    # Hidden, not only empty: Chromium may show old values on a canvas that was cleared.
    expect(values).to_be_hidden()
    board.hover(a, 5, 5, HEIGHT, WIDTH)
    x, y = board.place(a, 5, 5, HEIGHT, WIDTH)
    board.page.mouse.dblclick(x, y)
    expect(values).to_be_visible()
    board.until(lambda: written() > 500, "values on pixels")
    board.page.mouse.dblclick(x, y)
    expect(values).to_be_hidden()


def test_the_zoom_ends_at_64_times(board: Board) -> None:
    a = board.pane("s0", "a")
    board.expect_pixels(a, colored(A))
    wheel(board, a, 20)
    box = still_box(a.locator("canvas.picture"))
    fit = min(box["width"] / WIDTH, box["height"] / HEIGHT)
    view = board.until(lambda: zoom(board) if zoom(board)[0] * fit > 63.5 else None, "64 times")
    assert view[0] * fit == pytest.approx(64, rel=0.02)


def test_the_cross_hair_tells_the_value_in_every_pane(board: Board) -> None:
    truth, a, b = (board.pane("s0", name) for name in ("Ground truth", "a", "b"))
    source = board.pane("s0", "Input")
    board.expect_pixels(b, colored(B))
    for y, x in ((0, 0), *np.argwhere(TRUTH != A)[:1], *np.argwhere(TRUTH != B)[:1]):
        board.hover(a, x, y, HEIGHT, WIDTH)
        wanted = NAMES[TRUTH[y, x]]
        board.until(lambda x=x, y=y, n=wanted: board.tip(truth) == f"{x},{y} · {n}", "the place")
        for pane, ids in ((a, A), (b, B)):
            wrong = "" if ids[y, x] == TRUTH[y, x] else " ✗"
            assert board.tip(pane) == NAMES[ids[y, x]] + wrong
        assert board.tip(source) == " ".join(map(str, Masks.input[0][y, x]))


def test_the_cross_hair_moves_by_keys(board: Board) -> None:
    truth = board.pane("s0", "Ground truth")
    board.expect_pixels(truth, colored(TRUTH))
    pictures = board.card("s0").get_by_role("group", name="Pictures of s0")
    expect(pictures).to_have_attribute("aria-description", re.compile("H shows a cross-hair"))
    pictures.focus()
    board.press("h", "ArrowRight", "ArrowDown", "ArrowDown")
    board.until(lambda: board.tip(truth) == f"9,8 · {NAMES[TRUTH[8, 9]]}", "the cross-hair")
    board.press("Escape")
    expect(truth.locator(".tip")).to_have_count(0)
    board.expect_step(40)


def test_a_minimap_shows_and_moves_the_part_that_is_seen(board: Board) -> None:
    board.go(zoom="3,0.5,0.5")
    card = board.card("s0")
    minimap = card.locator("pairs-minimap .map")
    minimap.wait_for()
    box = still_box(minimap)
    board.page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.3 * box["height"])
    board.until(lambda: zoom(board)[1] == pytest.approx(0.8, abs=0.03), "the right")
    assert zoom(board)[2] == pytest.approx(0.3, abs=0.03)
    board.until(lambda: seen(board, board.pane("s0", "a"), A, zoom(board)), "that part")
    board.press("0")
    expect(minimap).to_have_count(0)


def test_two_fingers_zoom(browser: Browser, server: Server) -> None:
    context = new_context(browser, has_touch=True)
    board = Board(context.new_page(), server)
    board.open(link_of(overlay=PLAIN))
    a = board.pane("s0", "a")
    board.expect_pixels(a, colored(A))
    x, y = board.place(a, 8, 6, HEIGHT, WIDTH)
    client = context.new_cdp_session(board.page)

    def touch(kind: str, *apart: float) -> None:
        points = [{"x": x + side, "y": y, "id": i} for i, side in enumerate(apart)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -20, 20)
    for distance in (30, 40, 50, 60):
        touch("touchMove", -distance, distance)
    touch("touchEnd")
    board.until(lambda: zoom(board)[0] > 1.5, "a zoom")
    board.until(lambda: seen(board, a, A, zoom(board)), "that part")
    board.check_console()
    context.close()
