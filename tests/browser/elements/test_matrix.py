# SPDX-License-Identifier: Apache-2.0
"""Keys and drags of the matrix of samples and runs, and of its headers."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import OPEN_S1, box_of, intents, middle, take


class TestMatrix:
    @pytest.fixture
    def rows(self, page: Page) -> Locator:
        page.evaluate("elements.showMatrix(60)")
        rows = page.get_by_role("article")
        expect(rows.first.locator("pairs-pane canvas.picture").first).to_be_visible()
        return rows

    def pictures(self, page: Page, place: int) -> Locator:
        return page.get_by_role("group", name=f"Pictures of s{place}", exact=True)

    def test_arrows_go_from_sample_to_sample_and_stop_at_the_ends(
        self, page: Page, rows: Locator
    ) -> None:
        self.pictures(page, 0).focus()
        for key, place in [("ArrowUp", 0), ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1)]:
            page.keyboard.press(key)
            expect(self.pictures(page, place)).to_be_focused()
        for place in range(2, 60):
            page.keyboard.press("ArrowDown")
            expect(self.pictures(page, place)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(self.pictures(page, 59)).to_be_focused()

    def test_arrows_move_a_cross_hair_that_keys_put_and_no_focus(
        self, page: Page, rows: Locator
    ) -> None:
        self.pictures(page, 0).focus()
        page.keyboard.press("h")
        page.keyboard.press("ArrowDown")
        expect(self.pictures(page, 0)).to_be_focused()
        expect(self.pictures(page, 0).get_by_role("status")).to_contain_text("20,11")

    def test_what_has_the_focus_stays_when_it_is_scrolled_away(
        self, page: Page, rows: Locator
    ) -> None:
        self.pictures(page, 0).focus()
        page.mouse.move(700, 300)
        page.mouse.wheel(0, 3000)
        expect(self.pictures(page, 4)).to_have_count(0)
        expect(self.pictures(page, 0)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(self.pictures(page, 1)).to_be_focused()

    def test_the_button_of_a_row_opens_its_sample(self, page: Page, rows: Locator) -> None:
        page.get_by_role("button", name="Open s1").press("Enter")
        assert intents(page) == [OPEN_S1]


class TestMatrixHead:
    @pytest.fixture
    def heads(self, page: Page) -> Locator:
        """The headers of the runs a, b and c."""
        page.evaluate("elements.showMatrix(4)")
        heads = page.locator("pairs-matrix-head .run")
        expect(heads).to_have_count(3)
        page.wait_for_function("elements.take('pairs-visible-samples').length > 0")
        return heads

    def names(self, heads: Locator) -> list[str]:
        return [head.locator(".name").get_attribute("aria-label") or "" for head in heads.all()]

    def drag(self, page: Page, head: Locator, by: float, button: str = "left") -> None:
        x, y = middle(head)
        page.mouse.move(x, y)
        page.mouse.down(button=button)  # type: ignore[arg-type]
        page.mouse.move(x + by / 2, y)
        page.mouse.move(x + by, y)
        page.mouse.up(button=button)  # type: ignore[arg-type]

    def test_alt_and_arrows_move_a_column_with_the_focus(self, page: Page, heads: Locator) -> None:
        page.get_by_role("button", name="a", exact=True).focus()
        page.keyboard.press("Alt+ArrowRight")
        expect(heads.nth(1).get_by_role("button", name="a", exact=True)).to_be_focused()
        assert self.names(heads) == ["b", "a", "c"]
        page.keyboard.press("Alt+ArrowRight")
        expect(heads.nth(2).get_by_role("button", name="a", exact=True)).to_be_focused()
        page.keyboard.press("Alt+ArrowLeft")
        expect(heads.nth(1).get_by_role("button", name="a", exact=True)).to_be_focused()
        said = [one["text"] for one in intents(page) if one["type"] == "say"]
        assert said == ["a is column 2 of 3", "a is column 3 of 3", "a is column 2 of 3"]

    @pytest.mark.parametrize(
        ("run", "key"),
        [("a", "Alt+ArrowLeft"), ("c", "Alt+ArrowRight"), ("b", "Alt+ArrowUp")],
    )
    def test_at_the_ends_nothing_moves(
        self, page: Page, heads: Locator, run: str, key: str
    ) -> None:
        page.get_by_role("button", name=run, exact=True).press(key)
        assert intents(page) == []

    def test_a_header_is_dragged_to_another_place(self, page: Page, heads: Locator) -> None:
        width = box_of(heads.first)["width"]
        self.drag(page, heads.first, 2.2 * width)
        expect(heads.nth(2).locator(".name")).to_have_attribute("aria-label", "a")
        assert self.names(heads) == ["b", "c", "a"]
        self.drag(page, heads.nth(2), -5000)
        expect(heads.first.locator(".name")).to_have_attribute("aria-label", "a")
        assert [one["runs"] for one in intents(page) if one["type"] == "orderRuns"] == [
            ["b", "c", "a"],
            ["a", "b", "c"],
        ]

    @pytest.mark.parametrize("by", [3, 0.3, -0.3])
    def test_dropped_where_it_was_it_stays(self, page: Page, heads: Locator, by: float) -> None:
        """`by` is in CSS pixels, or in widths of a column below one."""
        width = box_of(heads.nth(1))["width"]
        self.drag(page, heads.nth(1), by if by > 1 else by * width)
        assert intents(page) == []

    def test_a_cancelled_drag_and_another_button_move_nothing(
        self, page: Page, heads: Locator
    ) -> None:
        width = box_of(heads.first)["width"]
        self.drag(page, heads.first, 1.8 * width, "right")
        x, y = middle(heads.first)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 1.8 * width, y)
        expect(page.locator("pairs-matrix-head .mark")).to_have_count(1)
        heads.first.dispatch_event("pointercancel")
        expect(page.locator("pairs-matrix-head .mark")).to_have_count(0)
        page.mouse.up()
        assert intents(page) == []

    def test_the_star_lets_a_run_stand_first(self, page: Page, heads: Locator) -> None:
        star = page.get_by_role("button", name="Stands first: c")
        star.press("Enter")
        expect(heads.first.locator(".name")).to_have_attribute("aria-label", "c")
        expect(star).to_have_attribute("aria-pressed", "true")
        star.press("Enter")
        expect(heads.nth(2).locator(".name")).to_have_attribute("aria-label", "c")
        assert intents(page) == [
            {"type": "reference", "run": "c"},
            {"type": "reference", "run": None},
        ]

    def test_the_place_that_is_said_is_the_one_it_has(self, page: Page, heads: Locator) -> None:
        page.get_by_role("button", name="Stands first: a").press("Enter")
        page.get_by_role("button", name="b", exact=True).press("Alt+ArrowLeft")
        # The run with the star stays first.
        assert self.names(heads) == ["a", "b", "c"]
        said = [one["text"] for one in intents(page) if one["type"] == "say"]
        assert said == []
        assert take(page, "pairs-intent") == []
