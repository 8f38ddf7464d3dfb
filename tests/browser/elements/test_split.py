# SPDX-License-Identifier: Apache-2.0
"""Keys and drags of the panel that says where pictures are cut."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.elements.sent import box_of, intents, middle, take


class TestSplit:
    @pytest.fixture(autouse=True)
    def picture(self, page: Page) -> Iterator[None]:
        """Answers for the picture: three squares of 100 pixels beside each other."""
        file = io.BytesIO()
        Image.new("L", (300, 100), 128).save(file, "PNG")

        def answer(route: Route) -> None:
            route.fulfill(body=file.getvalue(), content_type="image/png")

        page.route("**/image?*", answer)
        yield
        page.unroute("**/image?*", answer)

    @pytest.fixture
    def cuts(self, page: Page) -> Locator:
        page.evaluate("elements.showSplit()")
        cuts = page.get_by_role("dialog", name="Split strips").get_by_role("slider")
        expect(cuts).to_have_count(2)
        return cuts

    def expect_cuts(self, cuts: Locator, *places: int) -> None:
        for cut, place in zip(cuts.all(), places, strict=True):
            expect(cut).to_have_attribute("aria-valuenow", str(place))

    def test_guesses_squares_and_says_where_they_are_cut(self, page: Page, cuts: Locator) -> None:
        self.expect_cuts(cuts, 100, 200)
        expect(cuts.first).to_have_accessible_name("Cut 1")
        expect(cuts.first).to_have_attribute("aria-valuemax", "300")
        expect(cuts.first).to_have_attribute("aria-orientation", "horizontal")
        expect(page.get_by_role("button", name="Show as pair")).to_be_focused()

    def test_arrows_move_a_cut_but_not_past_another(self, page: Page, cuts: Locator) -> None:
        for key, place in [
            ("ArrowRight", 101),
            ("ArrowLeft", 100),
            ("ArrowDown", 101),
            ("Shift+ArrowUp", 91),
        ]:
            cuts.first.press(key)
            self.expect_cuts(cuts, place, 200)
        for _ in range(12):
            cuts.first.press("Shift+ArrowRight")
        self.expect_cuts(cuts, 199, 200)
        expect(cuts.first).to_be_focused()

    def test_home_and_end_move_a_cut_as_far_as_it_goes(self, page: Page, cuts: Locator) -> None:
        cuts.first.press("End")
        self.expect_cuts(cuts, 199, 200)
        cuts.first.press("Home")
        self.expect_cuts(cuts, 1, 200)
        cuts.nth(1).press("End")
        self.expect_cuts(cuts, 1, 299)

    @pytest.mark.parametrize("modifier", ["Alt", "Control", "Meta"])
    def test_keys_of_the_browser_are_left_to_it(
        self, page: Page, cuts: Locator, modifier: str
    ) -> None:
        cuts.first.press(f"{modifier}+ArrowDown")
        self.expect_cuts(cuts, 100, 200)

    def test_a_drag_moves_a_cut_also_out_of_the_picture(self, page: Page, cuts: Locator) -> None:
        box = box_of(page.get_by_role("img", name="The last picture of strips"))
        page.mouse.move(*middle(cuts.first))
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
        self.expect_cuts(cuts, 150, 200)
        page.mouse.move(box["x"] - 50, box["y"] - 20)
        self.expect_cuts(cuts, 1, 200)
        page.mouse.up()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
        cuts.first.press("ArrowRight")
        self.expect_cuts(cuts, 2, 200)

    def test_a_finger_drags_a_cut(self, page: Page, cuts: Locator) -> None:
        box = box_of(page.get_by_role("img", name="The last picture of strips"))
        x, y = middle(cuts.nth(1))
        session = page.context.new_cdp_session(page)
        ways = [("touchStart", x), ("touchMove", x + 9), ("touchMove", box["x"] + box["width"] / 2)]
        for kind, at in ways:
            session.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]}
            )
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()
        self.expect_cuts(cuts, 100, 150)

    def test_another_button_drags_nothing(self, page: Page, cuts: Locator) -> None:
        x, y = middle(cuts.first)
        page.mouse.move(x, y)
        page.mouse.down(button="right")
        page.mouse.move(x + 60, y)
        page.mouse.up(button="right")
        page.keyboard.press("Escape")
        expect(page.locator("pairs-split")).to_have_count(0)
        page.evaluate("elements.showSplit()")
        page.mouse.move(*middle(cuts.first))
        page.mouse.down(button="middle")
        page.mouse.move(x + 60, y)
        page.mouse.up(button="middle")
        self.expect_cuts(cuts, 100, 200)

    def test_what_is_shown_is_the_rule_and_the_panel_is_done(
        self, page: Page, cuts: Locator
    ) -> None:
        cuts.first.press("ArrowLeft")
        page.get_by_role("button", name="Swap").click()
        page.get_by_role("button", name="Show as pair").press("Enter")
        (asked,) = intents(page)
        assert asked["type"] == "rule"
        assert asked["shows"] == "strips"
        assert asked["rule"] == {
            "strip": "strips",
            "panes": ["input", "prediction", "groundTruth"],
            "axis": "x",
            "cuts": [pytest.approx(0.33), pytest.approx(2 / 3, abs=1e-6)],
        }
        expect(page.locator("pairs-split")).to_have_count(0)
        assert take(page, "pairs-split-done") == [None]

    def test_a_draft_that_is_no_pair_can_not_be_shown(self, page: Page, cuts: Locator) -> None:
        page.get_by_label("Pane 2").select_option("Not shown")
        expect(page.get_by_role("alert")).to_have_text("One pane must be the ground truth.")
        for name in ("Show as pair", "Copy as pairs.json"):
            expect(page.get_by_role("button", name=name)).to_be_disabled()

    def test_escape_asks_for_nothing(self, page: Page, cuts: Locator) -> None:
        cuts.first.press("ArrowLeft")
        page.keyboard.press("Escape")
        expect(page.locator("pairs-split")).to_have_count(0)
        assert intents(page) == []
        assert take(page, "pairs-split-done") == [None]
