# SPDX-License-Identifier: Apache-2.0
"""Keys and clicks of the list of runs."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import intents


class TestRunList:
    @pytest.fixture
    def boxes(self, page: Page) -> Locator:
        page.evaluate("elements.showRunList(['a', 'b', 'c'])")
        boxes = page.get_by_role("checkbox")
        expect(boxes).to_have_count(3)
        return boxes

    def test_names_each_run_and_its_mean(self, page: Page, boxes: Locator) -> None:
        items = page.get_by_role("listitem")
        for item, box, name, score in zip(
            items.all(), boxes.all(), "abc", [0.3, 0.5, 0.7], strict=True
        ):
            expect(box).to_have_accessible_name(name)
            expect(box).to_be_checked()
            expect(item.locator(".value")).to_contain_text(f"{score}")

    def test_space_hides_and_shows_a_run_and_keeps_the_focus(
        self, page: Page, boxes: Locator
    ) -> None:
        for shown in (False, True):
            boxes.nth(1).press("Space")
            expect(boxes.nth(1)).to_be_checked(checked=shown)
            expect(boxes.nth(1)).to_be_focused()
            assert intents(page) == [{"type": "showRun", "run": "b", "shown": shown}]

    def test_tab_comes_to_the_button_that_shows_a_run_alone(
        self, page: Page, boxes: Locator
    ) -> None:
        boxes.nth(1).focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Show b only")).to_be_focused()
        page.keyboard.press("Enter")
        assert intents(page) == [{"type": "showOnlyRun", "run": "b"}]
        for box, shown in zip(boxes.all(), [False, True, False], strict=True):
            expect(box).to_be_checked(checked=shown)

    def test_a_double_click_on_a_name_shows_that_run_alone(
        self, page: Page, boxes: Locator
    ) -> None:
        page.get_by_role("listitem").nth(2).locator("pairs-name").dblclick()
        asked: list[Any] = intents(page)
        assert asked[-1] == {"type": "showOnlyRun", "run": "c"}
        for box, shown in zip(boxes.all(), [False, False, True], strict=True):
            expect(box).to_be_checked(checked=shown)

    def test_two_clicks_on_a_box_hide_and_show_the_run(self, page: Page, boxes: Locator) -> None:
        boxes.nth(1).dblclick()
        for box in boxes.all():
            expect(box).to_be_checked()
        assert [one["type"] for one in intents(page)] == ["showRun", "showRun"]

    def test_one_button_shows_the_first_run_or_all(self, page: Page, boxes: Locator) -> None:
        page.get_by_role("button", name="one", exact=True).press("Enter")
        for box, shown in zip(boxes.all(), [True, False, False], strict=True):
            expect(box).to_be_checked(checked=shown)
        page.get_by_role("button", name="all", exact=True).press("Enter")
        assert intents(page) == [
            {"type": "showRuns", "runs": ["a"]},
            {"type": "showRuns", "runs": ["a", "b", "c"]},
        ]

    def test_many_runs_are_filtered_as_one_types(self, page: Page) -> None:
        page.evaluate("elements.showRunList(Array.from({length: 12}, (_, i) => `run ${i}`))")
        field = page.get_by_role("searchbox", name="Filter runs by regular expression")
        field.focus()
        page.keyboard.type("1$")
        expect(page.get_by_role("checkbox")).to_have_count(2)
        expect(field).to_be_focused()
        assert intents(page)[-1] == {"type": "runFilter", "text": "1$"}
        field.fill("(")
        expect(field).to_have_attribute("aria-invalid", "true")
        field.fill("none")
        expect(page.get_by_text("No run matches.")).to_be_visible()
