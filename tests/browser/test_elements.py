# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of elements on a page without TensorBoard: `frontend/src/components/`."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.modules import needs_bundler, open_module

pytestmark = needs_bundler


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Opens an empty page that has `elements`, the module of `frontend/test/elements.page.ts`."""
    page = open_module(browser, "elements", tmp_path_factory.mktemp("elements"))
    yield page
    page.context.close()


def take(page: Page, event: str) -> list[Any]:
    """Returns the details of the events that were sent since the last call."""
    details: list[Any] = page.evaluate("(event) => elements.take(event)", event)
    return details


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


class TestTimeline:
    @pytest.fixture
    def box(self, page: Page) -> Any:
        page.evaluate("elements.showTimeline()")
        box = page.locator("pairs-timeline .plot").bounding_box()
        assert box is not None
        return box

    def test_a_press_goes_to_the_nearest_step_and_a_drag_follows(
        self, page: Page, box: Any
    ) -> None:
        track = box["y"] + box["height"] - 2
        page.mouse.move(box["x"] + 0.27 * box["width"], track)
        page.mouse.down()
        page.mouse.move(box["x"] + 0.03 * box["width"], track)
        page.mouse.up()
        assert take(page, "pairs-intent") == [
            {"type": "step", "step": "10"},
            {"type": "step", "step": "0"},
        ]

    def test_a_press_near_a_dip_of_the_curve_goes_to_it(self, page: Page, box: Any) -> None:
        page.mouse.click(box["x"] + 0.5 * box["width"] + 5, box["y"] + 20)
        assert take(page, "pairs-intent") == [{"type": "step", "step": "20"}]

    def test_the_pointer_shows_the_values_of_the_step_below_it(self, page: Page, box: Any) -> None:
        page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + box["height"] - 2)
        expect(page.locator("pairs-timeline .tip")).to_contain_text("0.8")
        page.mouse.move(box["x"], box["y"] + 300)
        expect(page.locator("pairs-timeline .tip")).to_have_count(0)

    def test_tells_assistive_technology_where_it_stands(self, page: Page, box: Any) -> None:
        slider = page.get_by_role("slider", name="Step")
        expect(slider).to_have_attribute("aria-valuetext", "step 40 of 40")
        expect(slider).to_have_attribute("aria-valuemax", "4")


class TestTimeBar:
    @pytest.fixture(autouse=True)
    def show(self, page: Page) -> None:
        page.evaluate("elements.showTimeBar()")

    def test_buttons_go_to_the_steps_beside_and_play(self, page: Page) -> None:
        for name in ("Previous step", "Next step", "Play", "Loop"):
            page.get_by_role("button", name=name, exact=True).click()
        assert take(page, "pairs-intent") == [
            {"type": "moveStep", "by": -1},
            {"type": "moveStep", "by": 1},
            {"type": "play", "playing": True},
            {"type": "playback", "loop": True},
        ]

    def test_a_step_is_typed_and_what_is_none_is_marked(self, page: Page) -> None:
        field = page.get_by_role("textbox", name="Step")
        field.fill("30")
        field.press("Enter")
        assert take(page, "pairs-intent") == [{"type": "step", "step": "30"}]
        field.fill("x")
        field.press("Enter")
        expect(field).to_have_attribute("aria-invalid", "true")
        field.press("Escape")
        expect(field).to_have_value("20")
        expect(field).to_have_attribute("aria-invalid", "false")
        assert take(page, "pairs-intent") == []

    def test_arrows_in_the_field_move_along_the_steps(self, page: Page) -> None:
        field = page.get_by_role("textbox", name="Step")
        field.press("ArrowUp")
        field.press("ArrowDown")
        assert take(page, "pairs-intent") == [
            {"type": "moveStep", "by": 1},
            {"type": "moveStep", "by": -1},
        ]


class TestCompareBar:
    @pytest.fixture
    def modes(self, page: Page) -> Locator:
        page.evaluate("elements.showCompareBar()")
        return page.get_by_role("radiogroup", name="Compare mode").get_by_role("radio")

    def test_arrows_move_round_the_modes(self, page: Page, modes: Locator) -> None:
        expect(modes.first).to_have_attribute("aria-checked", "true")
        page.keyboard.press("Tab")
        expect(modes.first).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(modes.last).to_be_focused()
        (sent,) = take(page, "pairs-intent")
        assert sent["type"] == "mode"

    def test_a_mode_and_the_sides_are_chosen_by_click(self, page: Page, modes: Locator) -> None:
        modes.nth(1).click()
        page.get_by_role("button", name="Swap A and B").click()
        mode, swap = take(page, "pairs-intent")
        assert mode["type"] == "mode"
        assert swap == {"type": "swapSides"}
        page.get_by_role("combobox", name="A", exact=True).select_option(label="Input")
        (sides,) = take(page, "pairs-intent")
        assert sides == {"type": "sides", "change": {"a": {"of": "input"}}}


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


class TestPalette:
    @pytest.fixture
    def options(self, page: Page) -> Locator:
        page.evaluate("elements.showPalette()")
        expect(page.get_by_role("combobox")).to_be_focused()
        return page.get_by_role("option")

    def test_a_number_and_enter_go_to_that_step(self, page: Page, options: Locator) -> None:
        page.keyboard.type("20")
        expect(options.first).to_contain_text("Step 20")
        page.keyboard.press("Enter")
        assert {"type": "step", "step": "20"} in take(page, "pairs-intent")

    def test_arrows_move_round_the_list(self, page: Page, options: Locator) -> None:
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")

    def test_words_find_a_run(self, page: Page, options: Locator) -> None:
        page.keyboard.type("augm")
        expect(options).to_have_count(1)
        page.keyboard.press("Enter")
        assert {"type": "showOnlyRun", "run": "augmented"} in take(page, "pairs-intent")

    def test_escape_closes_it(self, page: Page, options: Locator) -> None:
        page.keyboard.press("Escape")
        expect(page.locator("pairs-palette dialog")).not_to_have_attribute("open", "")
        # A dialog tells of its end in a task after it.
        sent = page.wait_for_function(
            "() => (sent => sent.length > 0 && sent)(elements.take('pairs-intent'))"
        )
        assert sent.json_value() == [{"type": "dialog", "dialog": None}]


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
