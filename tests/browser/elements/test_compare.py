# SPDX-License-Identifier: Apache-2.0
"""Keys of the bar that chooses a compare mode and its sides."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import take


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
