# SPDX-License-Identifier: Apache-2.0
"""Small things that mislead: controls without an effect, keys, orders, sizes and legends."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import PLAIN, Board, still_box
from tests.browser.logs import Masks, photo


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("details")
    Masks.write(logdir)
    for tag in ("val10", "val9", "val9/x2", "val9/x10"):
        pairs.summary(tag, photo(1)[None], photo(2)[None], 0, ids=["s"], writer=logdir / "a")
    with pytest.warns(pairs.PairsWarning, match="pairs measures no mae or psnr of 'sizes'"):
        pairs.summary(
            "sizes",
            photo(1, 64, 64)[None],
            photo(2, 128, 128)[None],
            0,
            ids=["s"],
            writer=logdir / "a",
        )
    shapes = [(64, 64), (64, 64), (32, 48)]
    views = [photo(seed, *shape) for seed, shape in enumerate(shapes)]
    pairs.summary("views", views, views, 0, ids=["u", "v", "w"], writer=logdir / "a")
    ids = np.zeros((1, 8, 8), np.uint8)
    pairs.summary(
        "ignoring",
        ids,
        ids,
        0,
        ids=["i"],
        kind=pairs.Mask(classes=["road"], ignore=255),
        writer=logdir / "a",
    )
    return logdir


def test_space_plays_after_the_full_view_was_closed(board: Board) -> None:
    board.go(tags="^val/masks$", step=0)
    board.card("s1").get_by_role("button", name="Open full view").click()
    full = board.frame.locator("pairs-full-view")
    expect(full).to_have_count(1)
    board.press("Escape")
    expect(full).to_have_count(0)
    expect(board.card("s1").get_by_role("group", name="Pictures of s1")).to_be_focused()
    board.press("Space")
    board.until(lambda: board.step != "0", "playback")
    expect(full).to_have_count(0)


def test_a_bound_of_the_metric_filters_as_it_is_typed(board: Board) -> None:
    board.go(tags="^val/masks$", step=40, runs="a")
    expect(board.card("s0")).to_have_count(1)
    scores = [Masks.iou("a", 40, sample) for sample in range(4)]
    board.frame.get_by_role("button", name="Metric and range").click()
    board.frame.get_by_label("Lowest value shown").press_sequentially("0.75")
    kept = [name for name, score in zip(Masks.ids, scores, strict=True) if score >= 0.75]
    assert 0 < len(kept) < 4
    board.until(lambda: board.samples == kept, "the samples that are left")


def test_numbers_in_tags_are_ordered_as_numbers(board: Board) -> None:
    board.go(tags="^val[0-9]")
    heads = board.frame.locator("pairs-tag-list .row .go")
    expect(heads).to_have_text(["val9", "val9/x2", "val9/x10", "val10"])


def test_a_click_on_a_tag_ends_at_its_head_and_tells_of_it(board: Board) -> None:
    scroller = board.frame.locator("pairs-app .scroll")
    scores = board.frame.locator("pairs-run-list .of")

    def top(tag: str) -> float:
        """CSS pixels of a section below the top of what is in sight."""
        section = board.frame.locator(f"pairs-tag-section[data-tag='{tag}']")
        return still_box(section)["y"] - still_box(scroller)["y"]

    # Each time anew: what lies above has its height only once it is near.
    for tag in ("val9/x2", "val9", "val9/x10"):
        board.go(tags="val9|val10")
        board.go()
        board.frame.locator("pairs-tag-list .go").get_by_text(tag, exact=True).click()
        board.until(lambda tag=tag: abs(top(tag)) < 2, f"{tag} at the top")
        expect(scores).to_contain_text(f"mean of {tag}")
    # Where the viewer scrolled, what has most in sight counts.
    board.page.mouse.move(900, 600)
    board.page.mouse.wheel(0, -20000)
    board.until(lambda: scroller.evaluate("one => one.scrollTop") == 0, "the start")
    expect(scores).not_to_contain_text("val9/x10")


def test_controls_that_do_nothing_are_not_shown(board: Board) -> None:
    board.go(tags="^val/masks$", mode="difference", overlay=PLAIN)
    expect(board.frame.locator("#difference")).to_have_count(1)
    expect(board.frame.get_by_role("slider", name="Gain")).to_have_count(0)
    expect(board.frame.get_by_role("slider", name="Opacity")).to_have_count(0)
    expect(board.frame.get_by_role("checkbox", name="Overlay on")).to_have_count(0)
    board.press("o")
    expect(board.frame.get_by_role("slider", name="Opacity")).to_have_count(0)
    board.press("1")
    expect(board.frame.get_by_role("slider", name="Opacity")).to_have_count(1)
    board.go(tags="^sizes$", mode="difference")
    expect(board.frame.get_by_role("slider", name="Gain")).to_have_count(1)


def test_a_section_without_controls_has_no_heading(board: Board) -> None:
    heading = board.frame.get_by_role("heading", name="Compare", exact=True)
    board.go(tags="^val/masks$")
    expect(heading).to_be_visible()
    board.go(tags="^sizes$")
    expect(board.frame.get_by_role("heading", level=2, name="sizes")).to_be_visible()
    expect(heading).to_be_hidden()
    board.press("4")
    expect(heading).to_be_visible()


def test_a_pair_of_two_sizes_says_both(board: Board) -> None:
    board.go(tags="^sizes$", runs="a")
    head = board.frame.locator("pairs-tag-section header .muted").first
    expect(head).to_contain_text("64 × 64, prediction 128 × 128")


def test_samples_of_several_sizes_are_not_said_to_have_one(board: Board) -> None:
    board.go(tags="^views$", runs="a")
    head = board.frame.locator("pairs-tag-section header .muted").first
    expect(head).to_contain_text("64 × 64 and other sizes")


def test_the_legend_names_what_is_ignored(board: Board) -> None:
    board.go(tags="^ignoring$", runs="a")
    expect(board.card("i").locator("pairs-legend")).to_have_text("ignored")


def test_a_class_shown_alone_is_given_up_with_the_tags_that_list_it(board: Board) -> None:
    board.go(tags="^val/masks$", only=2)
    board.until(lambda: "only=2" in board.link, "the class alone")
    board.frame.get_by_role("searchbox", name="Filter tags").fill("^ignoring$")
    board.until(lambda: "only=" not in board.link, "all classes")


# From the right and from the top of the full view; both are read at one moment.
_PLACE_OF_BUTTON = """async button => {
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  const box = button.getBoundingClientRect();
  const full = button.getRootNode().host.getBoundingClientRect();
  return [Math.round(full.right - box.left), Math.round(box.top - full.top)];
}"""


def test_the_button_that_closes_the_full_view_stays_in_its_place(board: Board) -> None:
    board.go(tags="^val/masks$", open="val%2Fmasks,s0")
    close = board.frame.get_by_role("button", name="Close the full view")
    close.wait_for()
    places = []
    for width in (1440, 1000, 760, 620):
        board.page.set_viewport_size({"width": width, "height": 900})
        board.until(lambda width=width: board.page.evaluate("innerWidth") == width, "the width")
        places.append(close.evaluate(_PLACE_OF_BUTTON))
    assert max(y for _, y in places) == min(y for _, y in places)
