# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of the panes of a sample, which share zoom, cross-hair and divider."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import FIT, box_of, grey, intents, middle, take


class TestPanes:
    @pytest.fixture
    def panes(self, page: Page) -> Locator:
        """The panes of ground truth, a and b: 400 by 200 CSS pixels, of 40 by 20 pixels."""
        page.evaluate("elements.showPanes()")
        panes = page.locator("pairs-pane")
        expect(panes).to_have_count(3)
        page.wait_for_function(
            "document.querySelector('pairs-panes').panes.every(pane => pane.paneSize.width === 400)"
        )
        return panes

    @pytest.fixture
    def group(self, page: Page, panes: Locator) -> Locator:
        """What takes the keys, with the focus."""
        page.get_by_role("button", name="Before").focus()
        page.keyboard.press("Tab")
        group = page.get_by_role("group", name="Pictures of s0")
        expect(group).to_be_focused()
        return group

    def change(self, page: Page, **intent: Any) -> None:
        page.evaluate("(intent) => elements.send(intent)", intent)

    def test_shows_the_ground_truth_and_a_picture_of_each_run(self, panes: Locator) -> None:
        for pane, name, value in zip(
            panes.all(), ["Ground truth", "a", "b"], [20, 140, 141], strict=True
        ):
            expect(pane.locator(".who pairs-name")).to_have_text(name)
            assert grey(pane.locator("canvas.picture")) == value

    def test_keys_zoom_and_fit(self, page: Page, group: Locator) -> None:
        for key in ("+", "-", "8", "0", "9"):
            page.keyboard.press(key)
        scales = [zoom["scale"] for zoom in take(page, "pairs-panes-zoom")]
        # A picture pixel is 10 CSS pixels wide where all fits: 48 can be read, 1 is actual size.
        assert scales == pytest.approx([1.5, 1, 4.8, 1, 0.1])
        expect(group).to_be_focused()

    def test_shift_and_arrows_pan_what_is_magnified(self, page: Page, group: Locator) -> None:
        page.keyboard.press("Shift+ArrowRight")
        assert take(page, "pairs-panes-zoom") == []
        page.keyboard.press("8")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowUp")
        _, right, up = take(page, "pairs-panes-zoom")
        # By 48 CSS pixels, which are one picture pixel now.
        assert right == pytest.approx({"scale": 4.8, "x": 0.5 + 1 / 40, "y": 0.5})
        assert up == pytest.approx({"scale": 4.8, "x": 0.5 + 1 / 40, "y": 0.5 - 1 / 20})

    @pytest.mark.parametrize("key", ["Control+0", "Alt+0", "ArrowRight", "x"])
    def test_other_keys_are_left_to_the_page(self, page: Page, group: Locator, key: str) -> None:
        page.evaluate(
            "window.addEventListener('keydown', e => (window.left = !e.defaultPrevented), "
            "{once: true})"
        )
        # The key itself, not the modifier that goes down before it.
        group.dispatch_event(
            "keydown",
            {
                "key": key.split("+")[-1],
                "ctrlKey": key.startswith("Control"),
                "altKey": key.startswith("Alt"),
                "bubbles": True,
                "composed": True,
                "cancelable": True,
            },
        )
        assert page.evaluate("window.left") is True
        assert take(page, "pairs-panes-zoom") == []

    def test_a_key_puts_a_cross_hair_that_arrows_move(self, page: Page, group: Locator) -> None:
        page.keyboard.press("h")
        expect(page.locator("pairs-pane .cross.y")).to_have_count(3)
        status = group.get_by_role("status")
        expect(status).to_contain_text("20,10 · 20")
        page.keyboard.press("ArrowLeft")
        expect(status).to_contain_text("19,10 ")
        page.keyboard.press("Shift+ArrowDown")
        expect(status).to_contain_text("19,19 · 20; a: 140 Δ +120")
        page.keyboard.press("Escape")
        expect(page.locator("pairs-pane .cross")).to_have_count(0)
        expect(status).to_be_empty()
        expect(group).to_be_focused()

    def test_a_key_puts_the_cross_hair_with_caps_lock_too(self, page: Page, group: Locator) -> None:
        group.dispatch_event("keydown", {"key": "H", "bubbles": True, "composed": True})
        expect(page.locator("pairs-pane .cross.y")).to_have_count(3)

    def test_the_cross_hair_of_keys_goes_with_the_focus(self, page: Page, group: Locator) -> None:
        page.keyboard.press("h")
        page.mouse.move(*middle(page.locator("pairs-pane").nth(1)))
        page.mouse.move(700, 800)
        expect(page.locator("pairs-pane .cross.y")).to_have_count(3)
        page.get_by_role("button", name="After").focus()
        expect(page.locator("pairs-pane .cross")).to_have_count(0)

    def test_the_pointer_shows_one_cross_hair_in_all(self, page: Page, panes: Locator) -> None:
        box = box_of(panes.nth(1).locator(".stage"))
        page.mouse.move(box["x"] + 55, box["y"] + 35)
        expect(page.locator("pairs-pane .cross.y")).to_have_count(3)
        expect(page.locator("pairs-pane .tip")).to_have_text(
            ["5,3 · 20", "140 Δ +120", "141 Δ +121"]
        )
        page.mouse.move(box["x"] + 55, 800)
        expect(page.locator("pairs-pane .cross")).to_have_count(0)

    def test_the_wheel_zooms_with_ctrl_only(self, page: Page, panes: Locator) -> None:
        page.mouse.move(*middle(panes.nth(1)))
        page.mouse.wheel(0, -200)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -200)
        page.keyboard.up("Control")
        page.wait_for_function("document.querySelector('pairs-panes').zoom.scale > 1")
        (zoom,) = take(page, "pairs-panes-zoom")
        assert zoom["scale"] == pytest.approx(2)

    def test_a_double_click_magnifies_and_another_fits(self, page: Page, panes: Locator) -> None:
        stage = panes.nth(1).locator(".stage")
        stage.dblclick(position={"x": 100, "y": 100})
        stage.dblclick(position={"x": 100, "y": 100})
        magnified, fit = take(page, "pairs-panes-zoom")
        assert magnified["scale"] == pytest.approx(4.8)
        # The place that was clicked, a quarter of the way, is where it was.
        assert magnified["x"] == pytest.approx(0.25 + 0.25 / 4.8)
        assert fit == FIT

    def test_the_divider_is_one_and_is_kept_when_the_pointer_leaves(
        self, page: Page, panes: Locator
    ) -> None:
        self.change(page, type="mode", mode="swipe")
        dividers = page.locator("pairs-pane .divider")
        expect(dividers).to_have_count(2)
        box = box_of(panes.nth(1).locator(".stage"))
        page.mouse.move(box["x"] + 300, box["y"] + 100)
        for divider in dividers.all():
            expect(divider).to_have_attribute("style", "left: 75%;")
        assert take(page, "pairs-panes-swipe") == []
        page.mouse.move(box["x"] + 300, 800)
        assert take(page, "pairs-panes-swipe") == [pytest.approx(0.75)]
        expect(dividers.first).to_have_attribute("style", "left: 75%;")

    def test_keys_move_the_divider_while_the_pointer_rests_on_it(
        self, page: Page, panes: Locator
    ) -> None:
        self.change(page, type="mode", mode="swipe")
        box = box_of(panes.nth(1).locator(".stage"))
        page.mouse.move(box["x"] + 300, box["y"] + 100)
        divider = page.locator("pairs-pane .divider").first
        expect(divider).to_have_attribute("style", "left: 75%;")
        self.change(page, type="swipe", position=0.3)
        expect(divider).to_have_attribute("style", "left: 30%;")
        page.mouse.move(box["x"] + 300, 800)
        assert take(page, "pairs-panes-swipe") == []

    def test_a_press_shows_the_other_side_in_all_until_it_ends(
        self, page: Page, panes: Locator
    ) -> None:
        self.change(page, type="blinkRate", rate=0)
        self.change(page, type="mode", mode="blink")
        sides = page.locator("pairs-pane .side")
        expect(sides).to_have_text(["a", "b"])
        page.mouse.move(*middle(panes.nth(1).locator(".stage")))
        page.mouse.down()
        expect(sides).to_have_text(["Ground truth", "Ground truth"])
        assert grey(panes.nth(2).locator("canvas.picture")) == 20
        page.mouse.move(700, 800)
        expect(sides).to_have_text(["Ground truth", "Ground truth"])
        page.mouse.up()
        expect(sides).to_have_text(["a", "b"])
        assert grey(panes.nth(2).locator("canvas.picture")) == 141

    def test_the_other_side_goes_when_the_mode_ends_below_the_pointer(
        self, page: Page, panes: Locator
    ) -> None:
        self.change(page, type="blinkRate", rate=0)
        self.change(page, type="mode", mode="blink")
        picture = panes.nth(1).locator("canvas.picture")
        page.mouse.move(*middle(picture))
        page.mouse.down()
        expect(page.locator("pairs-pane .side")).to_have_text(["Ground truth", "Ground truth"])
        self.change(page, type="mode", mode="side")
        expect(page.locator("pairs-pane .side")).to_have_count(0)
        page.mouse.up()
        self.change(page, type="mode", mode="blink")
        expect(page.locator("pairs-pane .side")).to_have_text(["a", "b"])
        assert grey(picture) == 140

    def test_the_other_side_goes_with_the_picture_that_is_pressed(
        self, page: Page, panes: Locator
    ) -> None:
        self.change(page, type="blinkRate", rate=0)
        self.change(page, type="mode", mode="blink")
        page.mouse.move(*middle(panes.nth(1).locator("canvas.picture")))
        page.mouse.down()
        self.change(page, type="showRun", run="a", shown=False)
        expect(panes).to_have_count(2)
        page.mouse.move(700, 800)
        page.mouse.up()
        expect(page.locator("pairs-pane .side")).to_have_text(["b"])

    def test_a_click_with_alt_on_a_name_makes_it_a(self, page: Page, panes: Locator) -> None:
        panes.nth(2).locator(".who").click()
        assert intents(page) == []
        panes.nth(2).locator(".who").click(modifiers=["Alt"])
        side = {"of": "prediction", "run": "b", "step": None}
        assert intents(page) == [{"type": "sides", "change": {"a": side}}]

    def test_a_key_opens_the_menu_of_the_first_picture(self, page: Page, group: Locator) -> None:
        page.keyboard.press("Shift+F10")
        expect(page.get_by_role("menu", name="Values of Ground truth")).to_be_visible()
        # The keys of the menu are its own.
        page.keyboard.press("8")
        page.keyboard.press("Escape")
        expect(page.get_by_role("menu")).to_have_count(0)
        assert take(page, "pairs-panes-zoom") == []
