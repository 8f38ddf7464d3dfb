# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of a sample: its panes, its card, its frames at all steps, its full view."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import box_of, grey, intents, middle, take

FIT = {"scale": 1, "x": 0.5, "y": 0.5}


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


class TestCard:
    @pytest.fixture
    def card(self, page: Page) -> Locator:
        page.evaluate("elements.showCard()")
        card = page.get_by_role("article")
        expect(card.locator("pairs-pane")).to_have_count(3)
        return card

    def test_says_what_it_is_and_shows(self, card: Locator) -> None:
        scores = [f"{(place + 1) / 6:.3g}" for place in (0, 1)]
        for text in (f"a step 40, IoU {scores[0]}", f"b step 40, IoU {scores[1]}"):
            label = card.get_attribute("aria-label") or ""
            assert text in label
        expect(card.get_by_role("heading")).to_have_text("s0")
        expect(card.locator(".caption").first).to_have_text("caption of s0")

    def test_the_button_and_the_menu_open_it(self, page: Page, card: Locator) -> None:
        opened = {"type": "open", "tag": "val", "sample": "s0"}
        card.get_by_role("button", name="Open full view").press("Enter")
        assert intents(page) == [opened]
        card.get_by_role("button", name="More about s0").press("Enter")
        page.keyboard.press("Enter")
        assert opened in intents(page)
        expect(card.get_by_role("button", name="More about s0")).to_be_focused()

    def test_the_menu_magnifies_and_a_button_fits_again(self, page: Page, card: Locator) -> None:
        expect(card.get_by_role("button", name="✕")).to_have_count(0)
        card.get_by_role("button", name="More about s0").click()
        card.get_by_role("menuitem", name="Magnify to values").click()
        (zoom,) = take(page, "pairs-panes-zoom")
        assert zoom["scale"] > 4
        card.get_by_role("button", name="✕").click()
        assert take(page, "pairs-panes-zoom") == [FIT]
        expect(card.get_by_role("button", name="✕")).to_have_count(0)

    @pytest.mark.parametrize(
        ("item", "asked"),
        [
            ("Copy link", {"type": "copyLink"}),
            ("Save as PNG", {"type": "savePng", "tag": "val", "sample": "s0"}),
            (
                "Export steps as GIF…",
                {"type": "export", "format": "gif", "tag": "val", "sample": "s0"},
            ),
            ("Compare runs blind…", {"type": "blind", "tag": "val"}),
        ],
    )
    def test_the_menu_shares_it(self, page: Page, card: Locator, item: str, asked: Any) -> None:
        card.get_by_role("button", name="More about s0").click()
        card.get_by_role("menuitem", name=item).click()
        assert intents(page) == [asked]


class TestFilmStrip:
    @pytest.fixture
    def rows(self, page: Page) -> Locator:
        """The rows of a and b, of sixty steps each, at step 30."""
        page.evaluate("elements.showFilmStrip()")
        rows = page.get_by_role("group", name="Steps of")
        expect(rows).to_have_count(2)
        expect(rows.first.locator(".current")).to_have_count(1)
        return rows

    def frame(self, row: Locator, step: int) -> Locator:
        return row.locator(f'.frame[data-step="{step}"]')

    def left(self, page: Page) -> float:
        left: float = page.locator("pairs-film-strip .strip").evaluate("strip => strip.scrollLeft")
        return left

    def test_shows_the_frames_beside_the_step_shown_and_no_others(
        self, page: Page, rows: Locator
    ) -> None:
        strip = box_of(page.locator("pairs-film-strip"))
        for row, first in zip(rows.all(), "ab", strict=True):
            expect(row.locator("[aria-current=step]")).to_have_attribute("data-step", "30")
            expect(row.get_by_role("button", name=f"{first}: show it large")).to_have_count(0)
            # Beside the names, which take 128 CSS pixels.
            x, _ = middle(self.frame(row, 30))
            assert x == pytest.approx(strip["x"] + 14 + 128 + (600 - 128) / 2, abs=1)
            assert 4 <= row.locator(".frame").count() <= 14
        assert grey(self.frame(rows.nth(1), 30).locator("canvas")) == 131
        expect(self.frame(rows.first, 29)).to_have_attribute("aria-label", "Step 29")

    def test_a_click_or_enter_goes_to_a_step_and_with_alt_it_becomes_a(
        self, page: Page, rows: Locator
    ) -> None:
        self.frame(rows.first, 31).click()
        expect(self.frame(rows.first, 31)).to_have_attribute("aria-current", "step")
        self.frame(rows.nth(1), 30).press("Enter")
        expect(self.frame(rows.first, 30)).to_have_attribute("aria-current", "step")
        self.frame(rows.nth(1), 31).click(modifiers=["Alt"])
        assert intents(page) == [
            {"type": "step", "step": "31"},
            {"type": "step", "step": "30"},
            {"type": "sides", "change": {"a": {"of": "prediction", "run": "b", "step": "31"}}},
        ]

    def test_the_focus_stays_on_the_step_shown(self, page: Page, rows: Locator) -> None:
        self.frame(rows.nth(1), 30).focus()
        for step in (31, 32, 40):
            page.evaluate("(step) => elements.send({type: 'step', step})", str(step))
            expect(self.frame(rows.nth(1), step)).to_be_focused()

    def test_tab_comes_to_the_frame_shown_of_each_row(self, page: Page, rows: Locator) -> None:
        page.get_by_role("button", name="Before").focus()
        for row in rows.all():
            page.keyboard.press("Tab")
            expect(self.frame(row, 30)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="After")).to_be_focused()

    def test_a_frame_dragged_onto_another_is_swiped_against_it(
        self, page: Page, rows: Locator
    ) -> None:
        dragged, target = self.frame(rows.first, 30), self.frame(rows.nth(1), 31)
        page.mouse.move(*middle(dragged))
        page.mouse.down()
        page.mouse.move(*middle(target))
        expect(dragged).to_contain_class("dragged")
        expect(target).to_contain_class("target")
        page.mouse.up()
        sides = [
            {"of": "prediction", "run": "a", "step": "30"},
            {"of": "prediction", "run": "b", "step": "31"},
        ]
        assert intents(page) == [
            {"type": "sides", "change": {"a": sides[0], "b": sides[1]}},
            {"type": "mode", "mode": "swipe"},
        ]
        expect(page.locator("pairs-film-strip .dragged, pairs-film-strip .target")).to_have_count(0)

    def test_a_drag_that_ends_elsewhere_or_is_cancelled_compares_nothing(
        self, page: Page, rows: Locator
    ) -> None:
        dragged, target = self.frame(rows.first, 30), self.frame(rows.nth(1), 31)
        marked = page.locator("pairs-film-strip .dragged, pairs-film-strip .target")
        page.mouse.move(*middle(dragged))
        page.mouse.down()
        page.mouse.move(*middle(target))
        page.mouse.move(700, 700)
        expect(target).not_to_contain_class("target")
        page.mouse.up()
        expect(marked).to_have_count(0)
        page.mouse.move(*middle(dragged))
        page.mouse.down()
        page.mouse.move(*middle(target))
        page.evaluate("window.dispatchEvent(new PointerEvent('pointercancel'))")
        expect(marked).to_have_count(0)
        page.mouse.up()
        assert intents(page) == []

    def test_a_press_that_hardly_moves_is_a_click_and_another_button_drags_nothing(
        self, page: Page, rows: Locator
    ) -> None:
        x, y = middle(self.frame(rows.first, 31))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 3, y)
        expect(page.locator("pairs-film-strip .dragged")).to_have_count(0)
        page.mouse.up()
        assert intents(page) == [{"type": "step", "step": "31"}]
        page.mouse.move(*middle(self.frame(rows.first, 31)))
        page.mouse.down(button="right")
        page.mouse.move(*middle(self.frame(rows.nth(1), 32)))
        page.mouse.up(button="right")
        assert intents(page) == []

    def test_the_wheel_goes_along_the_steps_but_not_on_the_names(
        self, page: Page, rows: Locator
    ) -> None:
        before = self.left(page)
        page.mouse.move(*middle(self.frame(rows.first, 30)))
        page.mouse.wheel(0, 250)
        page.wait_for_function(
            "before => document.querySelector('pairs-film-strip').shadowRoot"
            ".querySelector('.strip').scrollLeft === before + 250",
            arg=before,
        )
        page.mouse.move(*middle(rows.first.locator(".who")))
        for delta in (250, 10):
            page.evaluate(
                "window.addEventListener('wheel', e => (window.left = !e.defaultPrevented), "
                "{once: true, passive: true})"
            )
            page.mouse.wheel(0, delta)
            page.wait_for_function("window.left === true")
        assert self.left(page) == before + 250

    def test_the_name_of_a_run_shows_it_large_and_alike_again(
        self, page: Page, rows: Locator
    ) -> None:
        for _ in range(2):
            rows.nth(1).locator(".who").click()
        side = {"of": "prediction", "run": "b", "step": None}
        assert intents(page) == [{"type": "large", "side": side}, {"type": "large", "side": None}]


class TestFullView:
    @pytest.fixture
    def panes(self, page: Page) -> Locator:
        page.evaluate("elements.showFullView()")
        panes = page.locator("pairs-full-view pairs-pane")
        expect(panes).to_have_count(3)
        expect(page.get_by_role("group", name="Pictures of s0")).to_be_focused()
        return panes

    def large(self, page: Page) -> str | None:
        page.evaluate("document.querySelector('pairs-full-view').updateComplete")
        large = page.locator("pairs-pane[on-stage=large]")
        return large.get_attribute("data-pane") if large.count() else None

    def test_tab_shows_one_picture_after_another_and_then_leaves(
        self, page: Page, panes: Locator
    ) -> None:
        seen = []
        for _ in range(3):
            page.keyboard.press("Tab")
            seen.append(self.large(page))
        assert seen == ["truth", "run a", "run b"]
        page.keyboard.press("Tab")
        assert self.large(page) is None
        expect(page.get_by_role("group", name="Pictures of s0")).not_to_be_focused()

    def test_shift_and_tab_go_back(self, page: Page, panes: Locator) -> None:
        for key in ("Tab", "Tab", "Shift+Tab"):
            page.keyboard.press(key)
        assert self.large(page) == "truth"
        page.keyboard.press("Shift+Tab")
        assert self.large(page) is None
        expect(page.get_by_role("group", name="Pictures of s0")).to_be_focused()

    def test_full_stop_and_comma_go_round(self, page: Page, panes: Locator) -> None:
        seen = []
        for key in (",", ".", ".", ","):
            page.keyboard.press(key)
            seen.append(self.large(page))
        assert seen == ["run b", "truth", "run a", "truth"]
        assert [one["type"] for one in intents(page)] == 4 * ["large"]
        expect(page.get_by_role("group", name="Pictures of s0")).to_be_focused()

    def test_the_plain_wheel_zooms_all(self, page: Page, panes: Locator) -> None:
        page.mouse.move(*middle(panes.nth(1).locator(".stage")))
        page.mouse.wheel(0, -200)
        page.wait_for_function("document.querySelector('pairs-full-view').view.zoom.scale > 1")
        (zoomed,) = intents(page)
        assert zoomed["type"] == "zoom"
        assert zoomed["zoom"]["scale"] == pytest.approx(2)

    def test_a_small_picture_is_shown_large_by_a_click(self, page: Page, panes: Locator) -> None:
        page.keyboard.press("Tab")
        assert self.large(page) == "truth"
        panes.nth(2).locator(".stage").click()
        assert self.large(page) == "run b"

    def test_at_the_last_sample_the_button_keeps_the_focus_and_does_nothing(
        self, page: Page, panes: Locator
    ) -> None:
        following = page.get_by_role("button", name="Next sample")
        for sample in ("s1", "s2", "s3"):
            following.press("Enter")
            expect(page.get_by_role("heading", level=2)).to_have_text(sample)
        expect(following).to_be_disabled()
        expect(following).to_be_focused()
        page.keyboard.press("Enter")
        assert intents(page) == 3 * [{"type": "moveSample", "by": 1}]
