# SPDX-License-Identifier: Apache-2.0
"""Everything without a mouse: help, palette, focus, and what a screen reader is told."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.board import Board, still_box
from tests.browser.logs import Masks


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("keyboard")
    Masks.write(logdir)
    return logdir


@pytest.fixture(autouse=True)
def _loaded(board: Board) -> None:
    board.expect_step(40)


def live(board: Board) -> Locator:
    """What a screen reader is told."""
    return board.frame.locator("pairs-app > [aria-live=polite], pairs-app [aria-live=polite]").first


def test_the_help_lists_every_key(board: Board) -> None:
    board.press("?")
    dialog = board.frame.get_by_role("dialog", name="Keys")
    dialog.wait_for()
    listed = {
        (row.locator("dt").inner_text(), chord.inner_text().replace("\n", ""))
        for row in dialog.locator("dl > div").all()
        for chord in row.locator(".chord").all()
    }
    for expected in (
        ("Next step", "→"),
        ("Previous step", "←"),
        ("Play or stop", "Space"),
        ("Overlay on", "O"),
        ("Swipe", "3"),
        ("Full view of the sample under the pointer, or of the first in sight", "Enter"),
        ("Worst samples first", "W"),
        ("Copy a link to this view", "Y"),
        ("Keys and help", "?"),
    ):
        assert expected in listed
    board.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_palette_runs_a_command(board: Board) -> None:
    board.press("Control+k")
    field = board.frame.get_by_role("combobox", name="Find a command, step, tag, sample or run")
    field.fill("differ")
    board.frame.get_by_role("option", name=re.compile("^Difference")).first.wait_for()
    board.press("Enter")
    expect(board.frame.get_by_role("radio", name="Diff")).to_have_attribute("aria-checked", "true")
    expect(field).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "option"),
    [("20", "Step 20"), ("s2", "s2"), ("b", "b Show run alone")],
    ids=["step", "sample", "run"],
)
def test_the_palette_goes_to_what_is_named(board: Board, typed: str, option: str) -> None:
    board.press("p")
    palette = board.frame.get_by_role("dialog", name="Find a command")
    palette.get_by_role("combobox").wait_for()
    board.page.keyboard.type(typed)
    found = palette.get_by_role("option", name=option).first
    found.wait_for()
    for _ in range(20):
        if found.get_attribute("aria-selected") == "true":
            break
        board.press("ArrowDown")
    board.press("Enter")
    if typed == "20":
        board.expect_step(20)
    elif typed == "s2":
        board.frame.get_by_role("heading", name="s2", level=2).wait_for()
        board.press("Escape")
    else:
        expect(board.pane("s0", "a")).to_have_count(0)
        board.expect_pixels(
            board.pane("s0", "b"), Masks.on_input(Masks.prediction["b"][40][0], 0), tolerance=1
        )


def test_a_step_is_announced_with_its_metric(board: Board) -> None:
    board.press("ArrowLeft")
    expect(live(board)).to_have_text(re.compile(r"^Step 30\. IoU: a 0\.\d+, b 0\.\d+$"))


def test_a_mode_and_a_sample_are_announced(board: Board) -> None:
    board.press("5")
    expect(live(board)).to_have_text("Difference")
    board.card("s1").get_by_role("button", name="Open full view").press("Enter")
    expect(live(board)).to_have_text("Sample s1")
    board.press("Escape")


def test_a_sample_is_read_out_with_step_and_metric(board: Board) -> None:
    article = board.card("s2").get_by_role("article")
    a, b = (Masks.iou(run, 40, 2) for run in "ab")
    for text in ("^Sample s2, a step 40, IoU ", f"IoU {a:.3g}", f"IoU {b:.3g}"):
        expect(article).to_have_attribute("aria-label", re.compile(text))


def test_tab_reaches_everything_and_focus_is_seen(board: Board) -> None:
    board.focus()
    reached = set()
    for _ in range(120):
        board.press("Tab")
        found = board.frame.locator("pairs-app").evaluate(
            """() => {
              let element = document.activeElement;
              while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
              if (!element || element === document.body) return null;
              const rings = [undefined, '::after'].some(part => {
                const {outlineStyle, outlineWidth, boxShadow, content} =
                  getComputedStyle(element, part);
                const isThere = part === undefined || content !== 'none';
                const hasOutline = outlineStyle !== 'none' && outlineWidth !== '0px';
                return isThere && (hasOutline || boxShadow !== 'none');
              });
              const name = element.ariaLabel || element.labels?.[0]?.innerText || element.innerText
                || element.title || element.placeholder || element.tagName;
              return [name.trim(), rings || element.tagName === 'PAIRS-TIMELINE'];
            }"""
        )
        if found is None:
            # In TensorBoard's own page around.
            continue
        name, has_ring = found
        assert has_ring, f"{name} shows no focus"
        reached.add(name)
    for wanted in (
        "Previous step",
        "Play",
        "Step",
        "Filter tags by regular expression",
        "Side",
        "Overlay on",
        "Pictures of s0",
        "Open full view",
        "More about s0",
        "Pictures of s1",
    ):
        assert wanted in reached


def test_a_key_in_a_field_is_typed_and_runs_nothing(board: Board) -> None:
    board.press("/")
    field = board.frame.get_by_role("searchbox", name="Filter tags by regular expression")
    expect(field).to_be_focused()
    board.page.keyboard.type("mo5")
    expect(field).to_have_value("mo5")
    board.frame.get_by_text("No tag matches “mo5”").wait_for()
    expect(board.frame.get_by_role("radio", name="Side")).to_have_attribute("aria-checked", "true")
    field.fill("[")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("")
    board.card("s0").wait_for()
    board.press("Escape", "5")
    expect(board.frame.get_by_role("radio", name="Diff")).to_have_attribute("aria-checked", "true")


@pytest.mark.parametrize(
    ("role", "name"),
    [("radio", "Swipe"), ("checkbox", "b"), ("button", "Table"), ("button", "Swap A and B")],
)
def test_after_a_click_on_a_control_arrows_go_through_the_steps(
    board: Board, role: Any, name: str
) -> None:
    board.frame.get_by_role(role, name=name, exact=True).click()
    board.press("ArrowLeft")
    board.expect_step(30)
    board.press("ArrowRight")
    board.expect_step(40)


def test_after_a_choice_from_a_list_arrows_go_through_the_steps(board: Board) -> None:
    order = board.frame.get_by_role("combobox", name="Sort", exact=True)
    order.click()
    board.press("ArrowDown", "Enter")
    expect(order).to_have_value("id")
    board.press("ArrowLeft")
    board.expect_step(30)
    expect(order).to_have_value("id")


def test_arrows_choose_a_mode_where_keys_came_to_the_modes(board: Board) -> None:
    board.frame.get_by_role("radio", name="Side").click()
    board.press("Shift+Tab", "Tab", "ArrowRight")
    expect(board.frame.get_by_role("radio", name="Blend")).to_be_focused()
    board.expect_step(40)


def test_enter_opens_what_is_pointed_at_or_else_the_first(board: Board) -> None:
    heading = board.frame.locator("pairs-full-view").get_by_role("heading", level=2)
    board.press("Enter")
    expect(heading).to_have_text("s0")
    board.press("Escape")
    board.focus()
    board.card("s1").hover()
    # Steps are no focus: the card below the pointer is meant still.
    board.press("ArrowLeft", "Enter")
    expect(heading).to_have_text("s1")


def test_keys_are_about_what_a_sort_brought_below_the_pointer(board: Board) -> None:
    board.go(runs="a")
    box = still_box(board.card("s0"))
    board.page.mouse.move(box["x"] + 200, box["y"] + 60)
    board.press("w")
    first = board.until(lambda: board.samples[0].replace("s0", ""), "another card at the top")
    still_box(board.card(first))
    board.press("Enter")
    heading = board.frame.locator("pairs-full-view").get_by_role("heading", level=2)
    expect(heading).to_have_text(first)


def test_enter_opens_what_the_wheel_brought_below_the_pointer(board: Board) -> None:
    board.page.set_viewport_size({"width": 1440, "height": 600})
    box = still_box(board.card("s0"))
    board.page.mouse.move(box["x"] + 200, box["y"] + 60)
    board.page.mouse.wheel(0, box["height"])

    def below() -> str:
        """The sample of the card at the pointer's height, once the page stands still."""
        for sample in Masks.ids:
            card = still_box(board.card(sample))
            if card["y"] <= box["y"] + 60 < card["y"] + card["height"]:
                return sample
        return ""

    sample = board.until(lambda: below().replace("s0", ""), "another card below the pointer")
    board.press("Enter")
    heading = board.frame.locator("pairs-full-view").get_by_role("heading", level=2)
    expect(heading).to_have_text(sample)


def test_runs_are_chosen_by_keys(board: Board) -> None:
    box = board.frame.get_by_role("checkbox", name="b", exact=True)
    box.focus()
    board.press("Space")
    expect(board.pane("s0", "b")).to_have_count(0)
    assert board.step == "40", "the space bar played"
    board.focus()
    board.press("a")
    expect(board.pane("s0", "b")).to_have_count(1)


def test_a_menu_of_a_card_by_keys(board: Board) -> None:
    board.card("s0").get_by_role("button", name="More about s0").focus()
    board.press("Enter")
    items = board.card("s0").get_by_role("menuitem")
    expect(items.first).to_be_focused()
    board.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    board.press("Escape")
    expect(board.card("s0").get_by_role("button", name="More about s0")).to_be_focused()


def test_it_works_in_a_small_window(board: Board) -> None:
    board.page.set_viewport_size({"width": 800, "height": 600})
    pane = board.pane("s0", "a")
    board.expect_pixels(pane, Masks.on_input(Masks.prediction["a"][40][0], 0), tolerance=1)
    expect(board.frame.locator("pairs-rail")).to_have_count(0)
    board.frame.get_by_role("button", name="Show the side panel").click()
    board.frame.get_by_role("radio", name="Diff").click()
    board.press("Escape")
    expect(board.frame.locator("pairs-rail")).to_have_count(0)
    wide = board.frame.locator("pairs-app").evaluate(
        "app => document.documentElement.scrollWidth > innerWidth"
    )
    assert not wide, "the page scrolls sideways"
