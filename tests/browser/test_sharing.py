# SPDX-License-Identifier: Apache-2.0
"""Links that restore a view, and the last view remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import Masks, photo


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("sharing")
    Masks.write(logdir)
    pairs.summary("other", photo(1)[None], photo(2)[None], 40, ids=["o"], writer=logdir / "a")
    return logdir


def test_a_copied_link_restores_the_view(board: Board, open_page: Callable[..., Board]) -> None:
    board.go(
        tags="masks", runs="a", step=10, overlay="on,input,0.5", sort="worst:iou", zoom="3,0.4,0.6"
    )
    board.expect_step(10)
    board.press("y")
    board.frame.get_by_text("The link to this view is on the clipboard").first.wait_for()
    link = board.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(board.server.url)
    other = open_page(link.split("#pairs", 1)[1])
    other.expect_step(10)
    other.until(lambda: other.samples == board.samples, "the same order")
    assert board.samples != list(Masks.ids)
    sample = board.samples[0]
    expect(other.pane(sample, "b")).to_have_count(0)
    expected = board.canvas(board.pane(sample, "a"))

    def is_same() -> bool:
        shown = other.canvas(other.pane(sample, "a"))
        return shown.shape == expected.shape and bool((shown == expected).all())

    other.until(is_same, "the same pixels")
    expect(other.frame.locator("pairs-tag-section")).to_have_count(1)


def test_a_link_is_restored_by_reloading_the_page(open_page: Callable[..., Board]) -> None:
    board = open_page()
    board.expect_step(40)
    board.focus()
    board.press("ArrowLeft", "3")
    board.until(lambda: "step=30" in board.link and "mode=swipe" in board.link, "the address")
    board.page.reload()
    board.expect_step(30)
    expect(board.frame.get_by_role("radio", name="Swipe")).to_have_attribute("aria-checked", "true")


def test_a_full_view_is_in_the_link(board: Board) -> None:
    board.card("s1").get_by_role("button", name="Open full view").click()
    board.until(lambda: "open=" in board.link, "the address")
    board.press("Escape")
    board.until(lambda: "open=" not in board.link, "the address")


def test_nonsense_in_a_link_is_passed_over(board: Board) -> None:
    board.go(step="1e3", mode="dance", zoom="9,9", overlay="?", runs="no such run", open="no,thing")
    board.frame.get_by_text("No run is on").wait_for()
    board.frame.get_by_role("button", name="Show runs").click()
    board.expect_step(40)
    board.expect_pixels(
        board.pane("s0", "a"), Masks.on_input(Masks.prediction["a"][40][0], 0), tolerance=1
    )


def test_the_last_view_is_remembered(open_page: Callable[..., Board]) -> None:
    first = open_page()
    first.expect_step(40)
    first.focus()
    first.press("o", "5", "ArrowLeft")
    first.until(lambda: "overlay=off" in first.link and "mode=difference" in first.link)
    first.page.close()
    again = open_page()
    diff = again.frame.get_by_role("radio", name="Diff")
    expect(diff).to_have_attribute("aria-checked", "true")
    # The overlay has no part in a difference, and its controls are not shown there.
    again.focus()
    again.press("1")
    expect(again.frame.get_by_role("checkbox", name="Overlay on")).not_to_be_checked()
    # How one looks is remembered, where one stood is not.
    again.expect_step(40)


def copied_link(board: Board, key: str = "y") -> str:
    """What follows `#pairs` in the link that a key copies."""
    board.focus()
    board.page.evaluate("navigator.clipboard.writeText('')")
    board.press(key)
    read = "navigator.clipboard.readText()"
    return str(board.until(lambda: board.page.evaluate(read), "a link")).split("#pairs", 1)[1]


def test_a_link_copied_at_the_newest_step_stays_there(
    tmp_path: Path, open_board: Callable[..., Board], context: BrowserContext
) -> None:
    for step in (10, 20):
        pairs.summary("t", photo(1)[None], photo(2)[None], step, ids=["s"], writer=tmp_path / "a")
    board = open_board(tmp_path)
    board.expect_step(20)
    follow = board.frame.get_by_role("button", name="Follow")
    expect(follow).to_have_attribute("aria-pressed", "true")
    pinned, following = copied_link(board), copied_link(board, "Shift+y")
    assert "step=20" in pinned
    assert "step=newest" in following
    pairs.summary("t", photo(1)[None], photo(2)[None], 30, ids=["s"], writer=tmp_path / "b")
    pairs.summary("t", photo(1)[None], photo(2)[None], 30, ids=["s"], writer=tmp_path / "a")
    board.server.wait_for_reload()
    for link, step, runs in ((pinned, 20, 1), (following, 30, 1)):
        other = Board(context.new_page(), board.server)
        other.open(link)
        other.until(lambda other=other: other.slider.get_attribute("aria-valuemax") == "2", "steps")
        other.expect_step(step)
        expect(other.frame.locator("pairs-run-list input:checked")).to_have_count(runs)
        other.page.close()


def test_following_the_newest_step_is_a_choice(board: Board) -> None:
    board.go(step=30)
    board.expect_step(30)
    follow = board.frame.get_by_role("button", name="Follow")
    board.press("ArrowRight")
    board.expect_step(40)
    expect(follow).to_have_attribute("aria-pressed", "false")
    board.until(lambda: "step=40" in board.link, "the address")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    board.until(lambda: "step" not in board.link, "the address")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "false")
    board.expect_step(40)


def test_a_link_brings_the_card_in_sight_back(
    board: Board, open_page: Callable[..., Board]
) -> None:
    board.go()
    board.card("s2").wait_for(state="attached")
    card = "pairs-card-list [data-sample=s1]"
    rows = board.frame.locator(card)
    scroll = "row => row.scrollIntoView({block: 'start'})"

    def link_of_card() -> str | None:
        # The cards above may be laid out meanwhile.
        rows.evaluate(scroll)
        link = copied_link(board)
        return link if "anchor=val%252Fmasks%2Cs1" in link else None

    link = board.until(link_of_card, "a link that names the card at the top")
    other = open_page(link)
    row = other.frame.locator(card)

    def is_there() -> bool:
        rows.evaluate(scroll)
        wanted = rows.bounding_box()
        box = row.bounding_box() if row.count() == 1 else None
        return bool(box and wanted) and abs(box["y"] - wanted["y"]) < 20

    other.until(is_there, "the card at the top")
    other.until(lambda: "anchor" not in other.link, "an address of its own")
