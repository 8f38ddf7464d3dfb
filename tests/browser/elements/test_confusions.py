# SPDX-License-Identifier: Apache-2.0
"""Keys and clicks of the matrix of confusions."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import intents


class TestConfusionMatrix:
    @pytest.fixture
    def cells(self, page: Page) -> Locator:
        """The confusions: road for car and sky, car for road, sky for road and car."""
        page.evaluate("elements.showConfusionMatrix()")
        cells = page.get_by_role("group", name="Confusion matrix").get_by_role("button")
        expect(cells).to_have_text(["15 %", "5 %", "10 %", "20 %", "30 %"])
        return cells

    def test_arrows_go_over_the_confusions_and_stop_at_the_edges(
        self, page: Page, cells: Locator
    ) -> None:
        page.keyboard.press("Tab")
        expect(page.get_by_role("group", name="Confusion matrix")).to_be_focused()
        for key, focused in [
            ("ArrowRight", 0),
            ("ArrowRight", 1),
            ("ArrowRight", 1),
            # No car is taken for sky, and what is right is no confusion.
            ("ArrowDown", 1),
            ("ArrowLeft", 0),
            ("ArrowDown", 4),
            ("ArrowLeft", 3),
            ("ArrowUp", 2),
        ]:
            page.keyboard.press(key)
            expect(cells.nth(focused)).to_be_focused()

    def test_enter_and_a_click_choose_one(self, page: Page, cells: Locator) -> None:
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        cells.nth(3).click()
        asked = intents(page)
        chosen = [one["confusion"] for one in asked if one["type"] == "confusion"]
        place = {"tag": "val", "run": "a"}
        assert chosen == [
            {**place, "truth": 0, "predicted": 1},
            {**place, "truth": 2, "predicted": 0},
        ]
        assert [one["type"] for one in asked] == 2 * ["confusion", "revealTag"]

    @pytest.mark.parametrize("key", ["Alt+ArrowRight", "Shift+ArrowRight", "Control+ArrowRight"])
    def test_arrows_with_modifiers_are_left_to_the_page(
        self, page: Page, cells: Locator, key: str
    ) -> None:
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press(key)
        expect(cells.first).to_be_focused()

    def test_after_a_click_arrows_are_left_to_the_page(self, page: Page, cells: Locator) -> None:
        cells.nth(3).click()
        page.keyboard.press("ArrowRight")
        expect(cells.nth(3)).to_be_focused()
