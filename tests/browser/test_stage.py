# SPDX-License-Identifier: Apache-2.0
"""The full view is a stage: pictures as large as can be, one larger, and a strip of all steps."""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, link_of, still_box
from tests.browser.logs import HEIGHT, WIDTH, Masks, photo

RUNS = tuple(f"sweep/run-{i:02}" for i in range(20))
SIZES = [(1440, 900), (1920, 1200), (1024, 768)]
# Of run `long`; `sparse` has every third of them.
LONG = 240


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("stage")
    Masks.write(logdir)
    truth = np.full((1, 4, 8, 3), 100, np.uint8)
    both = np.repeat(truth, 2, axis=0)
    pairs.summary("gaps", both, both, 0, ids=["s", "t"], writer=logdir / "long")
    pairs.summary("gaps", truth, truth, 1, ids=["s"], writer=logdir / "long")
    with pairs.background():
        for step in range(LONG):
            # By how many levels of 255 it is wrong: 2 at even steps, 3 at odd ones.
            wrong = truth + np.uint8(3 if step % 2 else 2)
            pairs.summary("long", truth, wrong, step, ids=["s"], writer=logdir / "long")
            if step % 3 == 0:
                pairs.summary("long", truth, wrong, step, ids=["s"], writer=logdir / "sparse")
        for i, run in enumerate(RUNS):
            for step in range(0, 30, 10):
                one = photo(i + step)[None]
                pairs.summary("many", photo(99)[None], one, step, ids=["m"], writer=logdir / run)
    return logdir


def panes(board: Board) -> Locator:
    return board.full_view.locator("pairs-pane")


def open_masks(board: Board, **view: object) -> None:
    board.go(tags="^val/masks$", open="val%2Fmasks,s2", **view)
    expect(panes(board)).to_have_count(4)


def open_many(board: Board, count: int, **view: object) -> None:
    runs = ",".join(RUNS[:count]).replace("/", "%2F")
    board.go(tags="^many$", runs=runs, open="many,m", **view)
    expect(panes(board)).to_have_count(count + 1)


# Of what stands in the full view, all read at one moment.
_BOXES = """view => {
  const box = element => element?.getBoundingClientRect().toJSON() ?? null;
  const inside = view.shadowRoot;
  const panes = [...inside.querySelector('pairs-panes').shadowRoot.querySelectorAll('pairs-pane')];
  const frame = inside.querySelector('.frame');
  return {
    header: box(inside.querySelector('pairs-full-header')),
    film: box(inside.querySelector('pairs-film-strip')),
    stage: [frame.clientWidth, frame.clientHeight],
    pictures: panes.map(pane => box(pane.shadowRoot.querySelector('.picture'))),
    places: panes.map(pane => pane.getAttribute('on-stage')),
    names: panes.map(pane => pane.dataset.pane),
  };
}"""


def boxes(board: Board) -> dict[str, Any]:
    found = board.full_view.evaluate(_BOXES)
    assert isinstance(found, dict)
    return found


def scale_of(box: dict[str, float]) -> float:
    """CSS pixels per picture pixel."""
    return min(box["width"] / WIDTH, box["height"] / HEIGHT)


def best_scale(stage: tuple[float, float], count: int) -> float:
    """The largest over all rows and columns; a pixel is between two pictures."""
    width, height = stage
    scales = []
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        wide, high = (width - columns + 1) / columns, (height - rows + 1) / rows
        scales.append(min(wide / WIDTH, high / HEIGHT))
    return max(scales)


def test_the_side_panel_folds_away_and_comes_when_it_is_asked_for(board: Board) -> None:
    board.go(tags="^val/masks$", layouts="val%2Fmasks,cards,L")
    scroller = board.frame.locator("pairs-app .scroll")
    board.card("s1").wait_for()
    # The page is tall enough for it once the cards have the shape of their pictures.
    scroll = "one => { one.scrollTo(0, 700); return one.scrollTop; }"
    board.until(lambda: scroller.evaluate(scroll) == 700, "a scroll")
    board.card("s2").wait_for()
    still_box(board.card("s2"))
    before = board.card("s2").bounding_box()
    rail = board.frame.locator("pairs-rail")
    expect(rail).to_have_count(1)
    board.card("s2").get_by_role("button", name="Open full view").click()
    expect(board.full_view).to_have_count(1)
    expect(rail).to_have_count(0)
    expect(board.full_view.locator("pairs-sample-details")).to_have_count(0)
    view, page = board.full_view.bounding_box(), board.frame.locator("pairs-app").bounding_box()
    assert view is not None
    assert page is not None
    assert view["width"] == page["width"]
    board.press("\\")
    expect(rail).to_be_visible()
    board.press("Escape")
    expect(rail).to_have_count(0)
    expect(board.full_view).to_have_count(1)
    board.press("Escape")
    expect(board.full_view).to_have_count(0)
    expect(rail).to_have_count(1)
    # The cards are where they were.
    board.until(lambda: board.card("s2").bounding_box() == before, "the card in its place")
    assert scroller.evaluate("one => one.scrollTop") == 700


def test_details_are_shown_by_a_button_and_a_key_and_are_in_the_link(board: Board) -> None:
    open_masks(board)
    details = board.full_view.locator("pairs-sample-details")
    button = board.full_view.get_by_role("button", name="Details", exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(details).to_be_visible()
    board.until(lambda: "p.pairs.details=1" in board.link, "the link")
    board.press("Shift+I")
    expect(details).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_header_and_strip_take_150_pixels_and_pictures_are_as_large_as_can_be(
    board: Board, count: int, width: int, height: int
) -> None:
    board.page.set_viewport_size({"width": width, "height": height})
    for mode in ("side", "difference"):
        open_many(board, count, mode=mode)
        expect(board.full_view.locator("pairs-film-strip .row").first).to_be_visible()

        def is_largest() -> bool:
            found = boxes(board)
            best = best_scale(found["stage"], count + 1)
            return all(scale_of(box) >= 0.985 * best for box in found["pictures"])

        board.until(is_largest, "the largest pictures")
        found = boxes(board)
        assert found["header"]["height"] + found["film"]["height"] <= 150


def test_the_film_strip_says_that_more_runs_follow(board: Board) -> None:
    open_many(board, 1)
    rows = board.full_view.locator("pairs-film-strip .row")
    more = board.full_view.get_by_role("button", name="below")
    expect(rows.first).to_be_visible()
    expect(more).to_have_count(0)
    open_many(board, 20)
    last = board.full_view.get_by_role("group", name=f"Steps of {RUNS[-1]}", exact=False)
    expect(more).to_have_count(1)
    # It covers no name of a run whose pictures are seen.
    top = still_box(more)["y"]
    seen = 0
    for row in rows.all()[:3]:
        picture = still_box(row.locator("pairs-thumbnail").first)
        if picture["y"] + picture["height"] / 2 < top:
            name = still_box(row.locator(".names"))
            assert name["y"] + name["height"] <= top
            seen += 1
    assert seen > 0
    click_all = "all => all.map(button => button.click()).length"
    board.until(lambda: more.evaluate_all(click_all) == 0, "the end of the strip")
    expect(last).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("size", ["M", "L"])
def test_20_runs_are_never_smaller_than_on_the_card(board: Board, size: str) -> None:
    runs = ",".join(RUNS).replace("/", "%2F")
    layouts = f"many,cards,{size}"
    board.go(tags="^many$", runs=runs, layouts=layouts)
    pane = board.card("m").locator("pairs-pane").nth(5)

    def on_card() -> float:
        return scale_of(pane.locator("canvas.picture").bounding_box() or {"width": 0, "height": 0})

    first = board.until(on_card, "a card")
    open_many(board, 20, layouts=layouts)
    board.until(
        lambda: min(map(scale_of, boxes(board)["pictures"])) >= 0.995 * first,
        "pictures as large as on the card",
    )
    # All can be reached: where they don't fit, the stage scrolls.
    last = panes(board).last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=0.9)


def large(board: Board) -> str | None:
    """The pane that is large, where the others are thumbnails beside it; waits for the sizes."""

    def settled() -> list[str | None] | None:
        found = boxes(board)
        places, pictures = found["places"], found["pictures"]
        if set(places) == {"alike"}:
            return [None]
        at = places.index("large")
        assert places.count("thumb") == len(places) - 1
        others = [box for i, box in enumerate(pictures) if i != at]
        is_there = all(scale_of(pictures[at]) > 2 * scale_of(box) for box in others)
        return [found["names"][at]] if is_there else None

    [name] = board.until(settled, "one size for each")
    return name


def test_tab_goes_over_the_pictures_and_on_and_shift_tab_back(board: Board) -> None:
    board.go(tags="^val/masks$")
    board.card("s2").get_by_role("group", name="Pictures of s2").focus()
    board.press("Enter")
    pictures = board.full_view.get_by_role("group", name="Pictures of s2")
    expect(pictures).to_be_focused()
    expect(panes(board)).to_have_count(4)
    assert large(board) is None
    for name in ("input", "truth", "run a", "run b"):
        board.press("Tab")
        board.until(lambda name=name: large(board) == name, f"{name} large")
        expect(pictures).to_be_focused()
    board.press("Tab")
    # On to the strip, of which a row is one stop, at the frame shown.
    frame = board.full_view.locator("pairs-film-strip .row").nth(0).locator("[aria-current=step]")
    expect(frame).to_be_focused()
    board.until(lambda: large(board) is None, "all alike")
    board.press("Shift+Tab")
    expect(pictures).to_be_focused()
    board.press("Tab", "Tab")
    board.until(lambda: large(board) == "truth", "the ground truth large")
    board.press("Shift+Tab")
    board.until(lambda: large(board) == "input", "the input large")
    board.press("Shift+Tab")
    board.until(lambda: large(board) is None, "all alike")
    board.press("Shift+Tab")
    expect(board.full_view.get_by_role("button", name="Close the full view")).to_be_focused()


def test_a_large_picture_shows_its_pixels_and_escape_shows_all_again(board: Board) -> None:
    open_masks(board, step=30, large="run:b")
    board.until(lambda: large(board) == "run b", "run b large")
    for name, ids in (("run b", Masks.prediction["b"][30][2]), ("truth", Masks.truth[2])):
        pane = board.full_view.locator(f"pairs-pane[data-pane='{name}']")
        board.expect_pixels(pane, Masks.on_input(ids, 2), tolerance=1)
    board.full_view.get_by_role("group", name="Pictures of s2").focus()
    board.press(",")
    board.until(lambda: large(board) == "run a", "run a large")
    board.press(".", ".")
    board.until(lambda: large(board) == "input", "round to the input")
    expect(board.frame.locator("pairs-app [aria-live=polite]").first).to_have_text("Input, large")
    board.until(lambda: "p.pairs.large=input" in board.link, "the link")
    board.press("Escape")
    board.until(lambda: large(board) is None, "all alike")
    expect(board.full_view).to_have_count(1)
    board.press("Escape")
    expect(board.full_view).to_have_count(0)


def test_the_pointer_makes_pictures_large_too(board: Board) -> None:
    open_masks(board)
    panes(board).nth(1).get_by_role("button", name="Show Ground truth large").click()
    board.until(lambda: large(board) == "truth", "the ground truth large")
    panes(board).nth(3).locator(".stage").click()
    board.until(lambda: large(board) == "run b", "run b large")
    panes(board).nth(3).get_by_role("button", name="Show all pictures alike").click()
    board.until(lambda: large(board) is None, "all alike")
    board.full_view.locator("pairs-film-strip .who").nth(0).click()
    board.until(lambda: large(board) == "run a", "run a large")


def test_the_plain_wheel_magnifies_here(board: Board) -> None:
    open_masks(board)
    pane = panes(board).nth(2)
    board.hover(pane, 8, 6, HEIGHT, WIDTH)
    board.page.mouse.wheel(0, -200)
    board.until(lambda: re.search(r"zoom=2[,%]", board.link), "a zoom of 2")
    board.press("0")


def test_on_cards_the_wheel_scrolls_and_a_hint_says_once_how_to_magnify(
    open_page: Callable[..., Board],
) -> None:
    board = open_page(link_of(tags="^val/masks$", layouts="val%2Fmasks,cards,L"))
    pane = board.pane("s0", "a")
    board.expect_pixels(pane, Masks.on_input(Masks.prediction["a"][40][0], 0), tolerance=1)
    hint = board.frame.locator("pairs-toasts .toast").filter(has_text="Ctrl and wheel")
    scroller = board.frame.locator("pairs-app .scroll")
    for turns in (1, 2):
        board.hover(pane, 8, 6, HEIGHT, WIDTH)
        board.page.mouse.wheel(0, 20)
        board.until(
            lambda turns=turns: scroller.evaluate("one => one.scrollTop") == 20 * turns, "a scroll"
        )
        if turns == 1:
            expect(hint).to_have_count(1)
            hint.get_by_role("button", name="Dismiss").click()
        expect(hint).to_have_count(0)
    assert "zoom=" not in board.link


def open_long(board: Board, runs: str = "long,sparse", **view: object) -> None:
    board.go(tags="^long$", open="long,s", runs=runs, **view)
    rows = board.full_view.locator("pairs-film-strip .row")
    expect(rows).to_have_count(len(runs.split(",")))


def current(board: Board, row: int) -> Locator:
    return board.full_view.locator("pairs-film-strip .row").nth(row).locator(".current")


def middle(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_every_row_has_the_step_shown_in_one_column_in_the_middle(board: Board) -> None:
    open_long(board, step=120)
    strip = board.full_view.locator("pairs-film-strip")
    for step, nearest in ((120, 120), (121, 120), (100, 99)):
        board.step_field.fill(str(step))
        board.step_field.press("Enter")
        board.expect_step(step)
        expect(current(board, 0)).to_have_attribute("aria-current", "step")
        expect(current(board, 0).locator(".text")).to_contain_text(str(step))
        expect(current(board, 1).locator(".text")).to_contain_text(str(nearest))
        if step != nearest:
            expect(current(board, 1)).to_have_class(re.compile("nearest"))
            expect(current(board, 1).locator(".note")).to_have_text(f"nearest to {step}")
            outline = current(board, 1).locator("pairs-thumbnail")
            assert outline.evaluate("one => getComputedStyle(one).outlineStyle") == "dashed"
        places = board.until(lambda: [middle(current(board, row)) for row in (0, 1)])
        assert places[0] == pytest.approx(places[1], abs=1)
        box = strip.bounding_box()
        assert box is not None
        # Names stand at its left.
        assert places[0] == pytest.approx(box["x"] + (box["width"] + 142) / 2, abs=20)
    # Steps of one row are beside each other, whatever the other has.
    assert board.full_view.locator("pairs-film-strip .frame").count() < 2 * 40


def test_a_frame_says_which_step_of_a_it_is_compared_with(board: Board) -> None:
    open_long(board, step=100, a="run:sparse", mode="difference")
    strip = board.full_view.locator("pairs-film-strip")
    # It has each third step.
    frame = strip.locator("[aria-label^='Steps of long'] [data-step='100']")
    expect(frame.locator(".of-a")).to_have_text("A at step 99")
    expect(frame).to_have_attribute("aria-label", re.compile("A at step 99"))
    expect(frame).to_have_attribute("title", re.compile("sparse has no step 100: .* nearest, 99"))
    expect(strip.locator("[aria-label^='Steps of long'] [data-step='99'] .of-a")).to_have_count(0)
    expect(strip.locator("[aria-label^='Steps of sparse'] .of-a")).to_have_count(0)


def test_the_focus_stays_on_the_step_shown(board: Board) -> None:
    open_long(board, step=120)
    expect(current(board, 0)).to_be_visible()
    current(board, 0).focus()
    board.press("ArrowRight", "ArrowRight")
    board.expect_step(122)
    expect(current(board, 0)).to_be_focused()
    expect(current(board, 0).locator(".text")).to_contain_text("122")
    # One stop for each row.
    assert board.full_view.locator("pairs-film-strip [tabindex='0']").count() == 2


def test_a_wheel_moves_along_the_steps_and_on_the_names_over_the_runs(board: Board) -> None:
    open_long(board, step=120)
    strip = board.full_view.locator("pairs-film-strip .strip")
    expect(current(board, 0)).to_be_visible()
    box = strip.bounding_box()
    assert box is not None
    before = strip.evaluate("one => one.scrollLeft")
    board.page.mouse.move(box["x"] + 400, box["y"] + 20)
    board.page.mouse.wheel(0, 300)
    board.until(lambda: strip.evaluate("one => one.scrollLeft") == before + 300, "a scroll")
    open_many(board, 20)
    expect(board.full_view.locator("pairs-film-strip .row").first).to_be_visible()
    board.page.mouse.move(box["x"] + 30, box["y"] + 20)
    board.page.mouse.wheel(0, 5000)
    last = board.full_view.get_by_role("group", name=f"Steps of {RUNS[-1]}")
    expect(last).to_be_in_viewport()
    expect(last.locator(".frame")).to_have_count(3)


def test_only_frames_in_sight_are_drawn_and_fetched(open_page: Callable[..., Board]) -> None:
    board = open_page(link_of(tags="^many$"))
    open_long(board, step=120)
    pictures = board.full_view.locator("pairs-film-strip pairs-thumbnail canvas:not([hidden])")
    drawn = board.full_view.locator("pairs-film-strip .frame").count()
    board.until(lambda: pictures.count() == drawn, "all frames in sight")
    board.until_idle()
    asked = {int(at.split(":")[0]) for query in board.queries("frames") for at in query["at"]}
    assert 120 in asked
    assert len(asked) < LONG / 2


def mean_color(canvas: Locator) -> list[float]:
    """Of the middle of a canvas."""
    found = canvas.evaluate(
        """canvas => {
          const [x, y] = [Math.floor(canvas.width / 2), Math.floor(canvas.height / 2)];
          return [...canvas.getContext('2d').getImageData(x, y, 1, 1).data];
        }"""
    )
    assert isinstance(found, list)
    return found


def test_one_gain_for_panes_and_all_frames(board: Board) -> None:
    frames = board.full_view.get_by_role("group", name="Steps of long").locator(".frame")
    even, odd = (
        frames.filter(has_text=re.compile(rf"^\s*{step}\b")).locator("canvas")
        for step in (120, 121)
    )
    pane = board.full_view.locator("pairs-pane[data-pane='run long'] canvas.picture")
    # What the larger error looks like with the gain that the smaller one asks for.
    open_long(board, "long", step=121, mode="difference", gain=64)
    larger = board.until(lambda: color_of_both(odd, pane), "the larger error")
    board.go(tags="^long$", open="long,s", runs="long", mode="difference", step=120)
    expect(board.full_view.locator("pairs-legend")).to_contain_text("×64 (automatic)")
    board.until(lambda: color_of_both(even, pane) not in (None, larger), "the smaller error")
    # With a gain of its own the frame of the larger error would look like the smaller one.
    assert mean_color(odd) == larger


def color_of_both(one: Locator, other: Locator) -> list[float] | None:
    """The colour that both canvases show; None while they differ, or nothing is painted."""
    color = mean_color(one)
    return color if color[3] == 255 and color == mean_color(other) else None


def test_a_frame_of_a_run_that_stays_at_its_step_moves_that_step(board: Board) -> None:
    open_masks(board, step=30, a="run:a@10", b="run:b")
    of_a = ", A, IoU against ground truth"
    rows = board.full_view.locator("pairs-film-strip .row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_have_attribute("aria-label", f"Steps of a stays at step 10{of_a}")
    rows.nth(0).locator(".frame").filter(has_text=re.compile(r"^\s*0\b")).click()
    board.until(lambda: "a=run:a@0" in board.link.replace("%3A", ":").replace("%40", "@"))
    board.expect_step(30)
    expect(rows.nth(0)).to_have_attribute("aria-label", f"Steps of a stays at step 0{of_a}")
    pane = board.full_view.locator("pairs-pane[data-pane='run a@0']")
    board.expect_pixels(pane, Masks.on_input(Masks.prediction["a"][0][2], 2), tolerance=1)
    rows.nth(1).locator(".frame").filter(has_text=re.compile(r"^\s*40\b")).click()
    board.expect_step(40)


def test_the_film_strip_names_a_run_that_its_frames_are_compared_with(board: Board) -> None:
    open_masks(board, step=30, mode="difference", a="run:b")
    row = board.full_view.get_by_role(
        "group", name="Steps of a, against b, IoU against ground truth"
    )
    expect(row.locator(".against")).to_have_text(["against b", "IoU against ground truth"])
    expect(row.locator(".against").first).to_be_visible()
    # What a frame shows is what the pane shows at its step.
    pane = board.full_view.locator("pairs-pane[data-pane='run a'] canvas.picture")
    frame = row.locator(".frame").filter(has_text=re.compile(r"^\s*10\b")).locator("canvas")
    expect(frame).to_be_visible()
    of_frame = board.until(lambda: colors_of(frame), "the frame")
    board.step_field.fill("10")
    board.step_field.press("Enter")
    board.until(lambda: colors_of(pane) == of_frame, "the same in the pane")


def colors_of(canvas: Locator) -> list[int]:
    """The colours of a canvas, each once; none until something is painted."""
    found = canvas.evaluate(
        """canvas => {
          const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return [...new Set(new Uint32Array(data.buffer))].filter(one => one !== 0).sort();
        }"""
    )
    assert isinstance(found, list)
    return found


def test_a_step_without_the_sample_is_no_black_frame(board: Board) -> None:
    board.go(tags="^gaps$", runs="long", open="gaps,t", step=0)
    frames = board.full_view.locator("pairs-film-strip .frame")
    expect(frames).to_have_count(2)
    gone = frames.nth(1)
    expect(gone.locator(".gone")).to_have_text("nothing here")
    expect(gone).to_have_attribute("title", re.compile("has no sample .*t.* at step 1"))
    expect(gone).to_have_accessible_name("Step 1 nothing here")
    expect(frames.nth(0).locator(".gone")).to_have_count(0)
