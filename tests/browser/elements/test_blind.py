# SPDX-License-Identifier: Apache-2.0
"""Keys of the blind comparison of two runs."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import grey, middle, next_intents


class TestBlind:
    @pytest.fixture
    def panes(self, page: Page) -> Locator:
        """The panes of the first of three samples."""
        page.evaluate("elements.showBlind()")
        page.get_by_role("button", name="Begin").press("Enter")
        panes = page.locator("pairs-blind pairs-pane")
        expect(panes).to_have_count(3)
        return panes

    @pytest.fixture
    def status(self, page: Page, panes: Locator) -> Locator:
        """What is said: which sample it is, and which vote it has."""
        status = page.locator("pairs-blind [aria-live=polite]")
        expect(status).to_have_text("Sample 1 of 3")
        return status

    def test_shows_the_ground_truth_and_two_predictions_without_names(
        self, page: Page, panes: Locator
    ) -> None:
        expect(panes.locator(".who")).to_have_text(["Ground truth", "Prediction 1", "Prediction 2"])
        values = [grey(picture) for picture in panes.locator("canvas.picture").all()]
        assert values[0] == 20
        assert sorted(values[1:]) == [140, 141]

    def test_keys_vote_and_go_on_and_the_votes_are_for_what_was_shown(
        self, page: Page, panes: Locator, status: Locator
    ) -> None:
        wins = {"a": 0, "b": 0}
        for place, key in enumerate("120", start=1):
            expect(status).to_have_text(f"Sample {place} of 3")
            expect(panes).to_have_count(3)
            if key != "0":
                shown = grey(panes.nth(int(key)).locator("canvas.picture"))
                wins["a" if shown == 140 else "b"] += 1
            page.keyboard.press(key)
        rows = page.locator("pairs-blind-result").get_by_role("row")
        for row, name, count in zip(
            rows.all()[1:4], ["a", "b", "Ties"], [wins["a"], wins["b"], 1], strict=True
        ):
            expect(row.get_by_role("rowheader")).to_have_text(name)
            expect(row.get_by_role("cell").first).to_have_text(str(count))
        # Over is over.
        page.keyboard.press("1")
        expect(rows.nth(3).get_by_role("cell").first).to_have_text("1")

    def test_arrows_go_over_the_samples_and_stop_at_the_ends(
        self, page: Page, status: Locator
    ) -> None:
        for key, place in [
            ("ArrowLeft", 1),
            ("ArrowRight", 2),
            ("ArrowRight", 3),
            ("ArrowRight", 3),
            ("ArrowLeft", 2),
        ]:
            page.keyboard.press(key)
            expect(status).to_have_text(f"Sample {place} of 3")

    def test_a_vote_is_seen_on_the_way_back_and_can_be_changed(
        self, page: Page, status: Locator
    ) -> None:
        page.keyboard.press("1")
        page.keyboard.press("ArrowLeft")
        expect(status).to_have_text("Sample 1 of 3, voted 1")
        expect(page.get_by_role("button", name="1 is better")).to_have_attribute(
            "aria-pressed", "true"
        )
        page.keyboard.press("0")
        expect(status).to_have_text("Sample 2 of 3")
        page.keyboard.press("ArrowLeft")
        expect(status).to_have_text("Sample 1 of 3, voted tie")

    def test_a_key_that_is_held_votes_once(
        self, page: Page, panes: Locator, status: Locator
    ) -> None:
        page.keyboard.down("1")
        expect(status).to_have_text("Sample 2 of 3")
        expect(panes).to_have_count(3)
        page.keyboard.down("1")
        page.keyboard.up("1")
        page.keyboard.press("ArrowLeft")
        expect(status).to_have_text("Sample 1 of 3, voted 1")
        page.keyboard.press("ArrowRight")
        expect(status).to_have_text("Sample 2 of 3")

    def test_a_key_with_ctrl_is_no_vote(self, page: Page, status: Locator) -> None:
        # The browser may do something with it, so it is only told.
        page.evaluate(
            "window.dispatchEvent(new KeyboardEvent('keydown', {key: '1', ctrlKey: true}))"
        )
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        expect(status).to_have_text("Sample 1 of 3")

    @pytest.fixture
    def slow(self, page: Page) -> Locator:
        """The comparison, whose pictures come when the test says so: none is there yet."""
        page.evaluate("elements.showBlind({waits: true})")
        page.get_by_role("button", name="Begin").press("Enter")
        expect(page.get_by_text("Loading …")).to_be_visible()
        return page.locator("pairs-blind [aria-live=polite]")

    def test_the_focus_stays_on_the_vote_that_was_pressed(self, page: Page, slow: Locator) -> None:
        panes = page.locator("pairs-blind pairs-pane")
        tie = page.get_by_role("button", name="Tie")
        for place, key in enumerate(["Enter", "Space"], start=1):
            page.evaluate("elements.answerFrames(1)")
            expect(panes).to_have_count(3)
            tie.press(key)
            expect(page.get_by_text("Loading …")).to_be_visible()
            expect(slow).to_have_text(f"Sample {place + 1} of 3")
            expect(tie).to_be_focused()

    def test_the_focus_stays_on_the_way_to_the_last_sample(
        self, page: Page, status: Locator
    ) -> None:
        following = page.get_by_role("button", name="The next sample")
        following.press("Enter")
        expect(status).to_have_text("Sample 2 of 3")
        expect(following).to_be_enabled()
        page.keyboard.press("Enter")
        expect(status).to_have_text("Sample 3 of 3")
        expect(following).to_be_disabled()
        page.keyboard.press("Enter")
        expect(following).to_be_focused()
        expect(status).to_have_text("Sample 3 of 3")

    def test_what_is_not_there_yet_can_not_be_voted_on(self, page: Page, slow: Locator) -> None:
        better = page.get_by_role("button", name="2 is better")
        expect(better).to_be_disabled()
        page.keyboard.press("1")
        better.press("Enter")
        expect(slow).to_have_text("Sample 1 of 3")
        page.evaluate("elements.answerFrames(1)")
        expect(page.locator("pairs-blind pairs-pane")).to_have_count(3)
        expect(slow).to_have_text("Sample 1 of 3")
        page.keyboard.press("1")
        expect(slow).to_have_text("Sample 2 of 3")

    def test_the_wheel_zooms_all_pictures_and_a_double_click_fits(
        self, page: Page, panes: Locator
    ) -> None:
        stage = panes.nth(1).locator(".stage")
        page.mouse.move(*middle(stage))
        page.mouse.wheel(0, -200)
        scales = "[...document.querySelector('pairs-blind').renderRoot"
        scales += ".querySelectorAll('pairs-pane')].map(pane => pane.zoom.scale)"
        page.wait_for_function(f"{scales}.every(scale => scale > 1.9)")
        stage.dblclick()
        page.wait_for_function(f"{scales}.every(scale => scale === 1)")

    def test_escape_leaves_and_the_votes_are_kept(self, page: Page, status: Locator) -> None:
        page.keyboard.press("2")
        expect(status).to_have_text("Sample 2 of 3")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.evaluate("elements.showBlind({kept: true})")
        page.get_by_role("button", name="Go on with the last (1 of 3)").press("Enter")
        expect(status).to_have_text("Sample 2 of 3")

    def test_closing_says_that_no_dialog_is_open(self, page: Page, status: Locator) -> None:
        page.get_by_role("button", name="Leave (Esc)").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert next_intents(page) == [{"type": "dialog", "dialog": None}]
