# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of one picture, its menu and its overview."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import take

AXES = (("x", "width"), ("y", "height"))


class TestMenu:
    @pytest.fixture
    def items(self, page: Page) -> Locator:
        page.evaluate("elements.showMenu()")
        page.get_by_role("button", name="More").click()
        return page.get_by_role("menuitem")

    def test_opens_on_its_first_item_and_moves_round_by_arrows(
        self, page: Page, items: Locator
    ) -> None:
        expect(items.nth(0)).to_be_focused()
        for key, focused in [("ArrowUp", 2), ("ArrowDown", 0), ("End", 2), ("Home", 0)]:
            page.keyboard.press(key)
            expect(items.nth(focused)).to_be_focused()

    def test_sends_the_item_that_is_chosen_by_key(self, page: Page, items: Locator) -> None:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(items).to_have_count(0)
        assert take(page, "pairs-menu-choose") == ["fit"]

    def test_escape_closes_it_and_gives_the_focus_back(self, page: Page, items: Locator) -> None:
        page.keyboard.press("Escape")
        expect(items).to_have_count(0)
        expect(page.get_by_role("button", name="More")).to_be_focused()
        assert take(page, "pairs-menu-choose") == []


def test_the_minimap_tells_the_place_that_is_pressed_and_follows_a_drag(page: Page) -> None:
    page.evaluate("elements.showMinimap()")
    box = page.locator("pairs-minimap .map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 0.75 * box["height"])
    page.mouse.up()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    moves = take(page, "pairs-minimap-move")
    assert moves == [
        pytest.approx({"x": 0.75, "y": 0.5}, abs=0.02),
        pytest.approx({"x": 0.25, "y": 0.75}, abs=0.02),
    ]


class TestPane:
    def show(self, page: Page, **settings: bool) -> Any:
        page.evaluate("(settings) => elements.showPane(settings)", settings)
        stage = page.locator("pairs-pane .stage")
        # Its ResizeObserver reports with the next frame: until then it ignores the pointer.
        page.wait_for_function("document.querySelector('pairs-pane').paneSize.width === 400")
        box = stage.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 100, box["y"] + 50)
        return box

    def test_the_wheel_zooms_about_the_pointer_and_a_drag_pans(self, page: Page) -> None:
        box = self.show(page)
        page.mouse.wheel(0, -200)
        page.wait_for_function("document.querySelector('pairs-pane').zoom.scale > 1")
        zoom = page.evaluate("document.querySelector('pairs-pane').zoom")
        # Twice as large, and the pixel under the pointer, a quarter of the way, is still there.
        assert zoom["scale"] == pytest.approx(2)
        assert zoom["x"] == pytest.approx(0.375)
        assert zoom["y"] == pytest.approx(0.375)
        page.mouse.down()
        page.mouse.move(box["x"] + 60, box["y"] + 50)
        page.mouse.up()
        panned = page.evaluate("document.querySelector('pairs-pane').zoom")
        assert panned["scale"] == pytest.approx(2)
        assert panned["x"] == pytest.approx(0.375 + 40 / 800)

    def test_the_pointer_tells_the_picture_pixel_below_it(self, page: Page) -> None:
        self.show(page)
        assert take(page, "pairs-pane-cursor")[-1] == pytest.approx({"x": 10, "y": 5})

    def test_the_divider_follows_the_pointer_and_stops_at_the_edge(self, page: Page) -> None:
        box = self.show(page, swipe=True)
        assert take(page, "pairs-pane-swipe")[-1] == pytest.approx(0.25)
        page.mouse.down()
        page.mouse.move(box["x"] + 450, box["y"] + 50)
        page.mouse.up()
        assert take(page, "pairs-pane-swipe")[-1] == 1

    def test_a_press_holds_the_other_side(self, page: Page) -> None:
        self.show(page, holds=True)
        page.mouse.down()
        assert take(page, "pairs-pane-hold") == [True]
        page.mouse.up()
        assert take(page, "pairs-pane-hold") == [False]

    def test_a_drag_goes_on_out_of_the_picture_and_ends_with_the_press(self, page: Page) -> None:
        box = self.show(page)
        page.mouse.wheel(0, -200)
        page.wait_for_function("document.querySelector('pairs-pane').zoom.scale > 1")
        page.mouse.down()
        page.mouse.move(box["x"] + 600, box["y"] + 500)
        zoom = "document.querySelector('pairs-pane').zoom"
        # As far as it goes: the upper left quarter is seen.
        page.wait_for_function(f"{zoom}.x === 0.25 && {zoom}.y === 0.25")
        page.mouse.up()
        page.mouse.move(box["x"] + 100, box["y"] + 50)
        assert page.evaluate(f"{zoom}.x") == 0.25

    def test_a_drag_in_the_overview_moves_the_picture_there_and_no_other_way(
        self, page: Page
    ) -> None:
        self.show(page, minimap=True)
        page.mouse.wheel(0, -200)
        page.mouse.wheel(0, -200)
        page.wait_for_function("document.querySelector('pairs-pane').zoom.scale > 3.9")
        overview = page.locator("pairs-minimap .map").bounding_box()
        assert overview is not None
        take(page, "pairs-pane-zoom")
        page.mouse.move(*(overview[at] + 0.5 * overview[size] for at, size in AXES))
        page.mouse.down()
        page.mouse.move(*(overview[at] + 0.75 * overview[size] for at, size in AXES))
        page.mouse.up()
        zooms = take(page, "pairs-pane-zoom")
        assert [zoom["x"] for zoom in zooms] == pytest.approx([0.5, 0.75], abs=0.02)
        assert [zoom["y"] for zoom in zooms] == pytest.approx([0.5, 0.75], abs=0.02)

    def test_a_double_click_asks_to_magnify_that_place(self, page: Page) -> None:
        box = self.show(page)
        page.mouse.dblclick(box["x"] + 300, box["y"] + 120)
        assert take(page, "pairs-pane-magnify") == [pytest.approx({"x": 300, "y": 120})]


def test_the_histogram_draws_the_truth_filled_and_a_line_per_run(page: Page) -> None:
    page.evaluate("elements.showHistogram()")
    paths = page.locator("pairs-histogram path")
    expect(paths).to_have_count(2)
    expect(paths.nth(0)).to_have_class("filled")
    expect(paths.nth(1)).to_have_attribute("stroke", "red")
    # Half of the pixels are 0 and half 255: both outer bars are full, all between are empty.
    drawn = paths.nth(1).get_attribute("d") or ""
    heights = [bar.split(" ")[1].split("H")[0] for bar in drawn.split("L")[1:-1]]
    assert len(heights) == 100
    assert heights[0] == heights[-1] == "4.0"
    assert set(heights[1:-1]) == {"118.0"}
    expect(page.locator("pairs-histogram .ends")).to_contain_text("255")


def test_a_swatch_of_the_color_of_the_page_has_a_border(page: Page) -> None:
    page.evaluate("elements.showLegend('rgb(29, 31, 35)')")
    page.evaluate("document.body.style.background = 'rgb(29, 31, 35)'")
    swatch = page.locator("pairs-legend .swatch")
    pixels = np.asarray(Image.open(io.BytesIO(swatch.screenshot())).convert("L"), float)
    assert np.ptp(pixels[pixels.shape[0] // 2]) > 50
