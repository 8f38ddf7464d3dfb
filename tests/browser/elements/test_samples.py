# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of a sample: its card, its frames at all steps, its full view."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import FIT, box_of, grey, intents, middle, take


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
        expect(card.locator(".caption").first).to_have_text("caption of s0 at 40")

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

    @pytest.mark.parametrize(
        ("tallest", "said"),
        # Rows of so many runs are 50 CSS pixels high, the least.
        [
            (150, None),
            (126, None),
            (124, "1 more run below"),
            (100, "1 more run below"),
            (74, "2 more runs below"),
        ],
    )
    def test_says_how_many_runs_are_mostly_out_of_sight_below(
        self, page: Page, tallest: int, said: str | None
    ) -> None:
        page.evaluate("tallest => elements.showFilmStrip(['a', 'b', 'c'], tallest)", tallest)
        rows = page.locator("pairs-film-strip .row")
        expect(rows.first).to_be_visible()
        assert box_of(rows.first)["height"] == 50
        more = page.get_by_role("button", name="below")
        if said is not None:
            expect(more).to_have_text(re.compile(f"^\\s*{said} ▾\\s*$"))
            while more.count() > 0:
                more.dispatch_event("click")
                page.evaluate("() => new Promise(requestAnimationFrame)")
            expect(rows.last).to_have_attribute("data-row", "c")
        expect(more).to_have_count(0)

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
