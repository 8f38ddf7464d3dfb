# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of the slider over the steps, and of the bar around it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.sent import take


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

    def test_it_has_the_keys_of_a_slider(self, page: Page, box: Any) -> None:
        page.get_by_role("slider", name="Step").focus()
        for key in ("ArrowUp", "ArrowDown", "PageUp", "PageDown", "Alt+PageUp"):
            page.keyboard.press(key)
        assert take(page, "pairs-intent") == [
            {"type": "moveStep", "by": by} for by in (1, -1, 10, -10)
        ]

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

    def test_at_the_last_step_the_button_keeps_the_focus_and_does_nothing(self, page: Page) -> None:
        following = page.get_by_role("button", name="Next step")
        following.focus()
        page.evaluate(
            "() => { const bar = document.querySelector('pairs-time-bar');"
            "bar.timeline = {...bar.timeline, index: 4, step: '40'}; return bar.updateComplete; }"
        )
        expect(following).to_be_disabled()
        expect(following).to_be_focused()
        page.keyboard.press("Enter")
        assert take(page, "pairs-intent") == []
