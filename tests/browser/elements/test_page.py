# SPDX-License-Identifier: Apache-2.0
"""Keys of the palette, of the header of a tag and of its controls."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import intents, next_intents, take


class TestPalette:
    @pytest.fixture
    def options(self, page: Page) -> Locator:
        page.evaluate("elements.showPalette()")
        expect(page.get_by_role("combobox")).to_be_focused()
        return page.get_by_role("option")

    def test_a_number_and_enter_go_to_that_step(self, page: Page, options: Locator) -> None:
        page.keyboard.type("20")
        expect(options.first).to_contain_text("Step 20")
        page.keyboard.press("Enter")
        assert {"type": "step", "step": "20"} in take(page, "pairs-intent")

    def test_arrows_move_round_the_list(self, page: Page, options: Locator) -> None:
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")

    def test_the_pointer_moves_in_the_list_too(self, page: Page, options: Locator) -> None:
        options.nth(1).hover()
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        expect(options.first).to_have_attribute("aria-selected", "false")

    def test_words_find_a_run(self, page: Page, options: Locator) -> None:
        page.keyboard.type("augm")
        expect(options).to_have_count(1)
        page.keyboard.press("Enter")
        assert {"type": "showOnlyRun", "run": "augmented"} in take(page, "pairs-intent")

    def test_escape_closes_it(self, page: Page, options: Locator) -> None:
        page.keyboard.press("Escape")
        expect(page.locator("pairs-palette dialog")).not_to_have_attribute("open", "")
        assert next_intents(page) == [{"type": "dialog", "dialog": None}]


class TestTagControls:
    @pytest.fixture
    def controls(self, page: Page) -> Locator:
        page.evaluate("elements.showTagControls()")
        controls = page.get_by_role("group", name="Samples of val")
        expect(controls).to_be_visible()
        return controls

    def test_the_order_is_chosen_and_a_second_key_after_it(
        self, page: Page, controls: Locator
    ) -> None:
        order = controls.get_by_role("combobox", name="Sort", exact=True)
        second = controls.get_by_role("combobox", name="Second key")
        expect(second).to_have_count(0)
        order.select_option("worst")
        expect(order).to_have_value("worst")
        second.select_option("id")
        expect(second).to_have_value("id")
        second.select_option("")
        changes = [one["change"] for one in intents(page) if one["type"] == "sort"]
        assert changes == [{"by": "worst"}, {"then": {"by": "id", "run": None}}, {"then": None}]

    def test_words_filter_as_they_are_typed(self, page: Page, controls: Locator) -> None:
        field = controls.get_by_role("searchbox", name="Show")
        field.focus()
        page.keyboard.type("s1")
        expect(field).to_have_value("s1")
        expect(field).to_be_focused()
        assert intents(page) == [
            {"type": "sampleFilter", "change": {"text": text}} for text in ("s", "s1")
        ]

    def test_a_filter_that_can_not_be_read_is_marked_with_the_reason(
        self, page: Page, controls: Locator
    ) -> None:
        field = controls.get_by_role("searchbox", name="Show")
        field.fill("sharpness<0.5")
        expect(field).to_have_attribute("aria-invalid", "true")
        problem = page.locator("pairs-tag-controls [role=status]")
        expect(problem).to_contain_text("“sharpness” is no metric or attribute here")
        expect(field).to_have_accessible_description(problem.inner_text())

    @pytest.fixture
    def panel(self, page: Page, controls: Locator) -> Locator:
        """The panel of the metric and its range, open."""
        button = controls.get_by_role("button", name="Metric and range")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        panel = controls.get_by_role("group", name="Metric and range")
        expect(panel).to_be_visible()
        return panel

    def test_a_bound_holds_once_it_is_a_number(self, page: Page, panel: Locator) -> None:
        lowest = panel.get_by_role("spinbutton", name="Lowest value shown")
        lowest.focus()
        page.keyboard.type("-")
        assert intents(page) == []
        lowest.fill("0.5")
        page.get_by_role("button", name="Any value").press("Enter")
        expect(lowest).to_have_value("")
        assert intents(page) == [
            {"type": "sampleFilter", "change": {"min": 0.5}},
            {"type": "sampleFilter", "change": {"min": None, "max": None}},
        ]

    def test_escape_closes_the_panel_and_gives_the_focus_back(
        self, page: Page, panel: Locator
    ) -> None:
        panel.get_by_role("spinbutton", name="Highest value shown").press("Escape")
        expect(panel).to_have_count(0)
        expect(page.get_by_role("button", name="Metric and range")).to_be_focused()

    def test_escape_is_left_to_the_page_where_nothing_is_open(
        self, page: Page, panel: Locator
    ) -> None:
        page.evaluate(
            "window.escapes = 0, window.addEventListener('keydown', "
            "event => (window.escapes += event.key === 'Escape'))"
        )
        page.keyboard.press("Escape")
        assert page.evaluate("window.escapes") == 0
        page.keyboard.press("Escape")
        assert page.evaluate("window.escapes") == 1

    def test_the_panel_closes_when_the_focus_goes_on(self, page: Page, panel: Locator) -> None:
        panel.get_by_role("spinbutton", name="Highest value shown").focus()
        expect(panel).to_be_visible()
        page.get_by_role("button", name="After").focus()
        expect(panel).to_have_count(0)

    def test_layout_and_size_are_chosen_by_key(self, page: Page, controls: Locator) -> None:
        for group, name in [("Layout", "Table"), ("Size of pictures", "L")]:
            button = controls.get_by_role("group", name=group).get_by_role(
                "button", name=name, exact=True
            )
            button.press("Space")
            expect(button).to_have_attribute("aria-pressed", "true")
            expect(button).to_be_focused()
        assert [one["change"] for one in intents(page)] == [{"layout": "table"}, {"size": "L"}]

    def test_where_one_run_is_shown_it_is_chosen(self, page: Page, controls: Locator) -> None:
        expect(controls.get_by_role("combobox", name="Run")).to_have_count(0)
        controls.get_by_role("button", name="Table").click()
        controls.get_by_role("combobox", name="Run").select_option("b")
        assert intents(page)[-1] == {"type": "layout", "tag": "val", "change": {"run": "b"}}

    def test_in_little_room_they_open_by_a_button_and_escape_gives_the_focus_back(
        self, page: Page, controls: Locator
    ) -> None:
        page.locator("pairs-tag-controls").evaluate(
            "element => { const box = document.createElement('div');"
            "box.style.cssText = 'container-type: inline-size; width: 500px';"
            "element.before(box); box.append(element); }"
        )
        view = page.get_by_role("button", name="View")
        expect(controls).to_be_hidden()
        view.press("Enter")
        expect(controls).to_be_visible()
        expect(view).to_have_attribute("aria-expanded", "true")
        controls.get_by_role("combobox", name="Sort", exact=True).press("Escape")
        expect(controls).to_be_hidden()
        expect(view).to_be_focused()


class TestTagSection:
    @pytest.fixture
    def section(self, page: Page) -> Locator:
        page.evaluate("elements.showTagSection()")
        section = page.get_by_role("region", name="val")
        expect(section.get_by_role("article")).to_have_count(4)
        return section

    def test_says_what_it_holds(self, section: Locator) -> None:
        expect(section.get_by_role("heading", name="val", level=2)).to_be_visible()
        expect(section.locator("header .muted").first).to_contain_text("4 samples · 2 runs · 40")

    def test_its_name_folds_it_and_keeps_the_focus(self, page: Page, section: Locator) -> None:
        name = section.get_by_role("button", name="val", exact=True)
        expect(name).to_have_attribute("aria-expanded", "true")
        name.press("Enter")
        expect(name).to_have_attribute("aria-expanded", "false")
        expect(section.get_by_role("article")).to_have_count(0)
        expect(name).to_be_focused()
        page.keyboard.press("Space")
        expect(section.get_by_role("article")).to_have_count(4)
        assert intents(page) == [
            {"type": "collapseTag", "tag": "val", "collapsed": collapsed}
            for collapsed in (True, False)
        ]

    def test_it_is_pinned_and_described_by_key(self, page: Page, section: Locator) -> None:
        pin = section.get_by_role("button", name="Pin val to the top")
        pin.press("Enter")
        expect(pin).to_have_attribute("aria-pressed", "true")
        description = section.get_by_role("button", name="Description of val")
        description.press("Enter")
        expect(description).to_have_attribute("aria-expanded", "true")
        expect(section.get_by_text("How the net does")).to_be_visible()
        assert intents(page) == [{"type": "pinTag", "tag": "val", "pinned": True}]
