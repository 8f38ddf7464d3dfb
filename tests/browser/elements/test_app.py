# SPDX-License-Identifier: Apache-2.0
"""Keys of the whole page, on a log in memory: commands, and what must not become one."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import intents, middle, next_intents


class TestApp:
    @pytest.fixture(autouse=True)
    def app(self, page: Page) -> Locator:
        """The page with its cards; nothing has the focus."""
        page.evaluate("elements.showApp()")
        cards = page.get_by_role("article")
        expect(cards.first.locator("pairs-pane")).to_have_count(3)
        intents(page)
        return page.locator("pairs-app")

    def step(self, page: Page) -> Locator:
        return page.get_by_role("textbox", name="Step")

    @pytest.mark.parametrize(
        ("key", "asked"),
        [
            ("ArrowLeft", {"type": "moveStep", "by": -1}),
            ("Shift+ArrowLeft", {"type": "moveStep", "by": -10}),
            ("Home", {"type": "firstStep"}),
            ("5", {"type": "mode", "mode": "difference"}),
            ("o", {"type": "overlay", "change": {"on": True}}),
            ("w", {"type": "sort", "change": {"by": "worst"}}),
            ("Enter", {"type": "open", "tag": "val", "sample": "s0"}),
        ],
    )
    def test_a_key_is_a_command(self, page: Page, key: str, asked: Any) -> None:
        page.keyboard.press(key)
        assert intents(page) == [asked]

    def test_arrows_go_through_the_steps(self, page: Page) -> None:
        expect(self.step(page)).to_have_value("40")
        page.keyboard.press("ArrowLeft")
        expect(self.step(page)).to_have_value("30")
        page.keyboard.press("End")
        expect(self.step(page)).to_have_value("40")

    def test_a_key_in_a_field_is_typed(self, page: Page) -> None:
        page.keyboard.press("/")
        field = page.get_by_role("searchbox", name="Filter tags by regular expression")
        expect(field).to_be_focused()
        intents(page)
        page.keyboard.type("v5 ")
        expect(field).to_have_value("v5 ")
        # It filters when one pauses.
        assert {one["type"] for one in next_intents(page)} == {"tagFilter"}
        page.keyboard.press("Escape")
        expect(field).not_to_be_focused()
        page.keyboard.press("5")
        assert intents(page)[-1] == {"type": "mode", "mode": "difference"}

    def test_space_and_enter_press_the_button_that_has_the_focus(self, page: Page) -> None:
        page.get_by_role("button", name="Loop").press("Space")
        page.get_by_role("button", name="Loop").press("Enter")
        assert intents(page) == [
            {"type": "playback", "loop": True},
            {"type": "playback", "loop": False},
        ]

    def test_a_letter_in_a_list_chooses_an_option(self, page: Page) -> None:
        page.get_by_role("combobox", name="Sort", exact=True).press("w")
        assert {"type": "sort", "change": {"by": "worst"}} not in intents(page)

    def test_a_dialog_keeps_its_keys(self, page: Page) -> None:
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        expect(dialog).to_be_visible()
        intents(page)
        for key in ("5", "ArrowLeft", "x", "o"):
            page.keyboard.press(key)
        assert intents(page) == []
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert next_intents(page) == [{"type": "dialog", "dialog": None}]

    def test_what_composes_a_character_is_no_command(self, page: Page) -> None:
        page.evaluate(
            "window.dispatchEvent(new KeyboardEvent('keydown', {key: '5', isComposing: true}))"
        )
        assert intents(page) == []

    def test_a_held_arrow_goes_on_and_a_held_switch_does_not(self, page: Page) -> None:
        for key in ("ArrowLeft", "o", "r"):
            for _ in range(3):
                page.keyboard.down(key)
            page.keyboard.up(key)
        asked = [one["type"] for one in intents(page)]
        assert asked == [*3 * ["moveStep"], "overlay", "reload"]

    def test_the_sample_under_the_pointer_is_meant(self, page: Page) -> None:
        page.mouse.move(*middle(page.get_by_role("article").nth(1).locator("header")))
        page.keyboard.press("x")
        page.keyboard.press("Enter")
        assert intents(page) == [
            {"type": "flag", "tag": "val", "sample": "s1", "flagged": True},
            {"type": "open", "tag": "val", "sample": "s1"},
        ]

    def test_the_focus_of_keys_is_meant_before_the_pointer(self, page: Page) -> None:
        page.mouse.move(*middle(page.get_by_role("article").nth(1).locator("header")))
        page.get_by_role("group", name="Pictures of s2").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("x")
        assert intents(page) == [{"type": "flag", "tag": "val", "sample": "s2", "flagged": True}]

    def test_escape_closes_the_full_view_and_the_focus_is_where_it_was(self, page: Page) -> None:
        page.get_by_role("button", name="Open full view").nth(1).press("Enter")
        full = page.locator("pairs-full-view")
        expect(full.get_by_role("group", name="Pictures of s1")).to_be_focused()
        page.keyboard.press("Escape")
        expect(full).to_have_count(0)
        expect(page.get_by_role("group", name="Pictures of s1")).to_be_focused()

    def test_the_side_panel_goes_and_comes_by_key(self, page: Page) -> None:
        rail = page.get_by_role("complementary", name="What is shown")
        expect(rail).to_be_visible()
        page.keyboard.press("\\")
        expect(rail).to_have_count(0)
        page.keyboard.press("\\")
        expect(rail).to_be_visible()

    def test_after_a_choice_with_the_mouse_a_list_gives_the_focus_away(self, page: Page) -> None:
        order = page.get_by_role("combobox", name="Sort", exact=True)
        order.dispatch_event("pointerdown")
        order.focus()
        order.select_option("id")
        expect(order).not_to_be_focused()
        order.focus()
        order.select_option("worst")
        expect(order).to_be_focused()

    def test_the_wheel_over_a_picture_tells_once_how_to_magnify(self, page: Page) -> None:
        page.mouse.move(*middle(page.locator("pairs-tag-sections pairs-pane .stage").first))
        page.mouse.wheel(0, 50)
        page.wait_for_function(
            "elements.take('pairs-intent').some(({type, text}) => "
            "type === 'toast' && text.startsWith('The wheel scrolls here.'))"
        )
