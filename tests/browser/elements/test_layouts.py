# SPDX-License-Identifier: Apache-2.0
"""Keys and gestures of the layouts of a tag's samples: cards, sheet and table."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elements.sent import OPEN_S1, intents, middle


def enter(page: Page) -> None:
    """Brings the focus into the element by key."""
    page.get_by_role("button", name="Before").focus()
    page.keyboard.press("Tab")


def scroll_away(page: Page) -> None:
    """Scrolls until the first samples are far out of sight."""
    page.evaluate("window.scrollTo(0, 3000)")


# Whether the rows of a sheet that are made stand in order; `last` is the last sample, if given.
IN_ORDER = """last => {
  const {renderRoot} = document.querySelector('pairs-sheet');
  const tiles = [...renderRoot.querySelectorAll('pairs-tile')];
  const places = tiles.map(({dataset}) => Number(dataset.sample.slice(1)));
  const ends = last === null || places.at(-1) === last;
  return ends && places.every((one, i) => i === 0 || one > places[i - 1]);
}"""


class TestCards:
    @pytest.fixture
    def cards(self, page: Page) -> Locator:
        page.evaluate("elements.showCards(60)")
        cards = page.get_by_role("article")
        expect(cards.first.locator("pairs-pane")).to_have_count(3)
        return cards

    def test_only_those_near_the_window_are_made(self, page: Page, cards: Locator) -> None:
        first = cards.first
        page.wait_for_function("elements.take('pairs-visible-samples').length > 0")
        scroll_away(page)
        expect(page.locator("pairs-card-list [data-sample=s0] pairs-card")).to_have_count(0)
        expect(first).to_be_visible()
        assert cards.count() < 30

    def test_what_has_the_focus_stays_when_it_is_scrolled_away(
        self, page: Page, cards: Locator
    ) -> None:
        enter(page)
        group = page.get_by_role("group", name="Pictures of s0")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(group).to_be_focused()
        scroll_away(page)
        expect(page.locator("pairs-card-list [data-sample=s3] pairs-card")).to_have_count(0)
        expect(group).to_be_focused()
        page.get_by_role("button", name="After").focus()
        expect(page.locator("pairs-card-list [data-sample=s0] pairs-card")).to_have_count(0)

    def test_the_zoom_of_one_card_is_its_own_where_the_viewer_wants_that(
        self, page: Page, cards: Locator
    ) -> None:
        page.evaluate("elements.send({type: 'zoomAll', all: false})")
        cards.nth(1).get_by_role("group", name="Pictures of s1").press("8")
        zooms = "[...document.querySelector('pairs-card-list').renderRoot"
        zooms += ".querySelectorAll('pairs-card')].slice(0, 3).map(card => card.zoom.scale)"
        page.wait_for_function(f"{zooms}[1] > 1")
        assert page.evaluate(f"{zooms}.map(scale => scale > 1)") == [False, True, False]

    def test_a_held_key_shows_the_ground_truth_in_all(self, page: Page, cards: Locator) -> None:
        sides = cards.first.locator("pairs-pane .side")
        expect(sides).to_have_count(0)
        page.keyboard.down("b")
        expect(sides).to_have_text(["Ground truth", "Ground truth"])
        page.keyboard.up("b")
        expect(sides).to_have_count(0)
        page.keyboard.down("b")
        expect(sides).to_have_count(2)
        # Another window took the focus, and with it the key that goes up.
        page.evaluate("window.dispatchEvent(new Event('blur'))")
        expect(sides).to_have_count(0)
        page.keyboard.up("b")

    @pytest.mark.parametrize(("key", "shows"), [("B", True), ("Shift+B", False)])
    def test_caps_lock_changes_no_key(
        self, page: Page, cards: Locator, key: str, shows: bool
    ) -> None:
        init = {"key": "B", "shiftKey": key.startswith("Shift")}
        page.evaluate("init => window.dispatchEvent(new KeyboardEvent('keydown', init))", init)
        expect(cards.first.locator("pairs-pane .side")).to_have_count(2 if shows else 0)
        page.evaluate("window.dispatchEvent(new KeyboardEvent('keyup', {key: 'B'}))")
        expect(cards.first.locator("pairs-pane .side")).to_have_count(0)


class TestSheet:
    @pytest.fixture
    def tiles(self, page: Page) -> Locator:
        """All are near what is seen."""
        return self.show(page, 60)

    @pytest.fixture
    def many(self, page: Page) -> Locator:
        """Those at the end are made when they are scrolled to."""
        return self.show(page, 600)

    def show(self, page: Page, samples: int) -> Locator:
        page.evaluate("samples => elements.showSheet(samples)", samples)
        tiles = page.get_by_role("grid", name="Samples of val").get_by_role("gridcell")
        expect(tiles.first.locator(".stage[data-state=ready]")).to_have_count(1)
        return tiles

    def scroll_to_end(self, page: Page) -> None:
        page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
        expect(page.locator("pairs-tile[data-sample=s599]")).to_be_visible()

    def columns(self, page: Page) -> int:
        count = page.get_by_role("grid").get_attribute("aria-colcount")
        assert count is not None
        return int(count)

    def expect_focus(self, page: Page, place: int) -> None:
        expect(page.locator(f"pairs-tile[data-sample=s{place}]")).to_be_focused()

    def test_keys_go_from_sample_to_sample_and_stop_at_the_ends(
        self, page: Page, tiles: Locator
    ) -> None:
        columns = self.columns(page)
        assert columns > 2
        enter(page)
        self.expect_focus(page, 0)
        for key, place in [
            ("ArrowLeft", 0),
            ("ArrowUp", 0),
            ("ArrowRight", 1),
            ("ArrowDown", 1 + columns),
            ("ArrowLeft", columns),
            ("ArrowUp", 0),
            ("End", 59),
            ("ArrowRight", 59),
            ("ArrowDown", 59),
            ("PageDown", 59),
            ("Home", 0),
        ]:
            page.keyboard.press(key)
            self.expect_focus(page, place)
        page.keyboard.press("PageDown")
        tile = page.locator("pairs-tile:focus")
        place = int((tile.get_attribute("data-sample") or "s0")[1:])
        assert place > 0
        assert place % columns == 0

    def test_one_tile_is_on_the_way_of_tab(self, page: Page, tiles: Locator) -> None:
        enter(page)
        page.keyboard.press("ArrowRight")
        self.expect_focus(page, 1)
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="After")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        self.expect_focus(page, 1)

    def test_enter_and_a_click_open_a_sample(self, page: Page, tiles: Locator) -> None:
        enter(page)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert intents(page) == [OPEN_S1]
        page.evaluate("elements.send({type: 'close'})")
        tiles.nth(1).click()
        assert intents(page) == [OPEN_S1]

    @pytest.mark.parametrize("key", ["Control+ArrowRight", "Alt+ArrowRight", "Shift+ArrowRight"])
    def test_keys_with_modifiers_are_left_to_the_page(
        self, page: Page, tiles: Locator, key: str
    ) -> None:
        enter(page)
        page.keyboard.press(key)
        self.expect_focus(page, 0)

    def test_pointing_and_the_focus_of_keys_show_the_ground_truth(
        self, page: Page, tiles: Locator
    ) -> None:
        side = tiles.first.locator(".side")
        page.mouse.move(*middle(tiles.first))
        expect(side).to_have_text("Ground truth")
        page.mouse.move(*middle(tiles.nth(1)))
        expect(side).to_have_count(0)
        page.mouse.move(1439, 899)
        enter(page)
        expect(side).to_have_text("Ground truth")
        page.keyboard.press("Tab")
        expect(page.locator("pairs-tile .side")).to_have_count(0)

    def test_what_has_the_focus_stays_when_it_is_scrolled_away(
        self, page: Page, tiles: Locator
    ) -> None:
        enter(page)
        page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight)")
        expect(page.locator("pairs-tile[data-sample=s59]")).to_be_visible()
        self.expect_focus(page, 0)
        page.keyboard.press("ArrowRight")
        self.expect_focus(page, 1)

    def test_scrolling_fills_the_same_tiles_again(self, page: Page, many: Locator) -> None:
        """Rows are in order for those who read the page once it rests."""
        many.evaluate_all("tiles => tiles.forEach(tile => (tile.wasThere = true))")
        self.scroll_to_end(page)
        were_there = "tiles => tiles.filter(tile => tile.wasThere).length > tiles.length / 2"
        assert many.evaluate_all(were_there)
        page.wait_for_function(IN_ORDER, arg=599)

    def test_a_tile_keeps_the_focus_while_rows_would_be_put_in_order(
        self, page: Page, many: Locator
    ) -> None:
        # What waits for rest is done when the test says so.
        page.evaluate("""() => {
          const {setTimeout} = window;
          let last;
          window.setTimeout = (work, ms) => (ms < 300 ? setTimeout(work, ms) : (last = work, 0));
          window.rest = () => {
            window.setTimeout = setTimeout;
            last?.();
          };
          const {renderRoot} = document.querySelector('pairs-sheet');
          window.tile = [...renderRoot.querySelectorAll('pairs-tile')].at(-1);
          tile.focus({preventScroll: true});
        }""")
        page.get_by_role("button", name="Before").focus()
        self.scroll_to_end(page)
        assert not page.evaluate(IN_ORDER, None)
        page.evaluate("tile.focus({preventScroll: true})")
        assert page.evaluate("""async () => {
          rest();
          await document.querySelector('pairs-sheet').updateComplete;
          return tile.matches(':focus');
        }""")
        page.get_by_role("button", name="After").focus()
        page.wait_for_function(IN_ORDER)

    def test_rows_are_in_order_once_the_focus_has_left(self, page: Page, many: Locator) -> None:
        enter(page)
        self.scroll_to_end(page)
        page.evaluate("window.scrollTo(0, document.scrollingElement.scrollHeight / 2)")
        expect(page.locator("pairs-tile[data-sample=s300]")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="After")).to_be_focused()
        page.wait_for_function(IN_ORDER)

    def test_the_focus_goes_on_to_a_sample_where_its_row_goes(
        self, page: Page, tiles: Locator
    ) -> None:
        enter(page)
        page.keyboard.press("End")
        self.expect_focus(page, 59)
        page.evaluate("elements.send({type: 'sampleFilter', change: {text: 's1'}})")
        expect(tiles).to_have_count(11)
        self.expect_focus(page, 1)
        page.keyboard.press("ArrowRight")
        self.expect_focus(page, 10)

    def test_the_focus_stays_with_a_sample_that_moves(self, page: Page, tiles: Locator) -> None:
        enter(page)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        self.expect_focus(page, 2)
        page.evaluate("elements.send({type: 'sort', change: {by: 'best'}})")
        expect(tiles.first).to_have_attribute("data-sample", "s59")
        self.expect_focus(page, 2)
        page.keyboard.press("ArrowLeft")
        self.expect_focus(page, 3)


class TestTable:
    @pytest.fixture
    def rows(self, page: Page) -> Locator:
        page.evaluate("elements.showTable(60)")
        rows = page.locator("pairs-table-row")
        expect(rows.first.locator("canvas").first).to_be_visible()
        return rows

    def row(self, page: Page, place: int) -> Locator:
        return page.locator(f"pairs-sample-table [data-sample=s{place}] pairs-table-row")

    def test_arrows_go_from_row_to_row_and_stop_at_the_ends(
        self, page: Page, rows: Locator
    ) -> None:
        self.row(page, 0).focus()
        for key, place in [
            ("ArrowUp", 0),
            ("ArrowDown", 1),
            ("ArrowDown", 2),
            ("ArrowUp", 1),
        ]:
            page.keyboard.press(key)
            expect(self.row(page, place)).to_be_focused()
        for place in range(2, 60):
            page.keyboard.press("ArrowDown")
            expect(self.row(page, place)).to_be_focused()
        expect(self.row(page, 59)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(self.row(page, 59)).to_be_focused()

    def test_one_row_is_on_the_way_of_tab(self, page: Page, rows: Locator) -> None:
        self.row(page, 0).focus()
        page.keyboard.press("ArrowDown")
        expect(self.row(page, 1)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="After")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(self.row(page, 1)).to_be_focused()

    def test_what_has_the_focus_stays_when_it_is_scrolled_away(
        self, page: Page, rows: Locator
    ) -> None:
        self.row(page, 0).focus()
        scroll_away(page)
        expect(self.row(page, 4)).to_have_count(0)
        expect(self.row(page, 0)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(self.row(page, 1)).to_be_focused()

    def test_tab_finds_its_row_when_that_is_scrolled_away(self, page: Page, rows: Locator) -> None:
        page.get_by_role("button", name="After").focus()
        page.evaluate("window.scrollTo(0, 3000)")
        expect(self.row(page, 4)).to_have_count(0)
        page.keyboard.press("Shift+Tab")
        expect(self.row(page, 0)).to_be_focused()

    @pytest.mark.parametrize("key", ["Control+ArrowDown", "Alt+ArrowDown", "Shift+ArrowDown"])
    def test_keys_with_modifiers_are_left_to_the_page(
        self, page: Page, rows: Locator, key: str
    ) -> None:
        self.row(page, 0).focus()
        page.keyboard.press(key)
        expect(self.row(page, 0)).to_be_focused()

    def test_arrows_on_a_button_are_left_to_the_page(self, page: Page, rows: Locator) -> None:
        flag = self.row(page, 1).get_by_role("button", name="Flag s1")
        flag.click()
        assert intents(page) == [{"type": "flag", "tag": "val", "sample": "s1", "flagged": True}]
        expect(flag).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("ArrowDown")
        expect(flag).to_be_focused()

    def test_the_id_and_the_pictures_open_a_sample(self, page: Page, rows: Locator) -> None:
        self.row(page, 1).get_by_role("button", name="s1", exact=True).click()
        assert intents(page) == [OPEN_S1]
        page.evaluate("elements.send({type: 'close'})")
        self.row(page, 1).locator(".picture").nth(1).click()
        assert intents(page) == [OPEN_S1]

    def test_headers_sort_by_key_and_with_shift_by_a_second_one(
        self, page: Page, rows: Locator
    ) -> None:
        head = page.get_by_role("columnheader", name="a", exact=True)
        button = head.get_by_role("button")
        button.press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending")
        expect(button).to_be_focused()
        button.press("Enter")
        expect(head).to_have_attribute("aria-sort", "descending")
        page.get_by_role("columnheader", name="Sample").get_by_role("button").click(
            modifiers=["Shift"]
        )
        first, second, then = (one["change"] for one in intents(page))
        assert (first["by"], first["run"]) == ("worst", "a")
        assert (second["by"], second["run"]) == ("best", "a")
        assert then == {"then": {"by": "id", "run": None}}
