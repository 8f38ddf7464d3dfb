# SPDX-License-Identifier: Apache-2.0
"""The layouts of a tag's samples: what is shown where, by which keys, and what is fetched."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser import scoped_numbers
from tests.browser.board import Board, still_box
from tests.browser.logs import MASK, blend, colored, mask, photo, spoiled
from tests.browser.test_access import serious, set_theme

TAG = "val/masks"
RUNS = [f"sweep/lr={i}" for i in range(8)]
IDS = [f"s{i:02}" for i in range(24)]
TRUTH = np.stack([mask(i) for i in range(len(IDS))])
# Run 3 is the best and run 5 the worst on every sample.
WRONG = (0.3, 0.4, 0.35, 0.1, 0.3, 0.6, 0.4, 0.2)
ALL = ",".join(RUNS)


def predicted(run: int, sample: int) -> np.ndarray:
    """What a run predicts, `[HEIGHT, WIDTH]`."""
    place = sample % len(IDS)
    return spoiled(TRUTH[place], WRONG[run], 100 * run + place)


def on_input(ids: np.ndarray, sample: int) -> np.ndarray:
    """What a pane shows in the first view."""
    return blend(photo(500 + sample % len(IDS)), colored(ids), 0.6)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("layouts")
    inputs = np.stack([photo(500 + i) for i in range(len(IDS))])
    for place, run in enumerate(RUNS):
        prediction = np.stack([predicted(place, i) for i in range(len(IDS))])
        # The last run was ended before the others' last step.
        step = 50 if place == 7 else 10_000
        pairs.summary(
            TAG, TRUTH, prediction, step, image=inputs, ids=IDS, kind=MASK, writer=logdir / run
        )
    return logdir


@pytest.fixture(autouse=True)
def at_the_top(board: Board) -> None:
    """A matrix that stays is where the test before scrolled it."""
    board.frame.locator("pairs-matrix .box").evaluate_all("all => all.map(b => b.scrollTo(0, 0))")


def cell(board: Board, sample: str, key: str) -> Locator:
    """A cell of the matrix: `input`, `truth` or a run's."""
    name = f"run {key}" if key in RUNS else key
    return board.frame.locator(
        f"pairs-matrix [data-sample={sample}] pairs-pane[data-pane='{name}']"
    )


def box(board: Board) -> Locator:
    return board.frame.locator("pairs-matrix .box")


def test_the_matrix_is_chosen_from_five_runs_on_and_shows_each_prediction(board: Board) -> None:
    board.go(runs=",".join(RUNS[:4]))
    board.frame.locator("pairs-card").first.wait_for()
    board.go(runs=ALL)
    for run in (0, 2):
        board.expect_pixels(
            cell(board, "s01", RUNS[run]), on_input(predicted(run, 1), 1), tolerance=1
        )
    board.expect_pixels(cell(board, "s00", "truth"), on_input(TRUTH[0], 0), tolerance=1)
    board.expect_pixels(cell(board, "s00", "input"), photo(500))
    expect(board.frame.locator("pairs-card")).to_have_count(0)


def test_modes_work_in_cells(board: Board) -> None:
    board.go(runs=ALL, overlay="on,input,0")
    board.expect_pixels(cell(board, "s00", RUNS[1]), photo(500))
    board.focus()
    board.press("4")
    expect(cell(board, "s00", RUNS[1]).locator(".side")).to_be_visible()


def test_names_are_short_and_a_nearest_step_is_told(board: Board) -> None:
    board.go(runs=ALL)
    name = board.frame.locator("pairs-matrix-head pairs-name").first
    expect(name).to_have_text("lr=0")
    expect(name).to_have_attribute("title", RUNS[0])
    offset = board.frame.locator("pairs-matrix-head .offset")
    expect(offset).to_have_count(1)
    expect(offset).to_have_text("\u22129.9k")
    assert "9950" in (offset.get_attribute("title") or "").replace("\u202f", "")


def test_the_best_and_the_worst_run_of_a_sample_stand_out(board: Board) -> None:
    board.go(runs=ALL, layouts=f"{TAG},matrix,S".replace("/", "%2F"))
    tones = {}
    for place in (0, 3, 5):
        chip = cell(board, "s00", RUNS[place]).locator(".chip")
        chip.wait_for()
        tones[place] = chip.get_attribute("data-tone")
    assert tones == {0: "plain", 3: "good", 5: "bad"}
    title = cell(board, "s00", RUNS[3]).locator(".chip").get_attribute("title") or ""
    assert "place 1 of 8 runs on this sample by IoU, at steps that differ" in title


def test_a_cell_says_how_far_b_is_from_a_that_was_chosen(board: Board) -> None:
    layouts = f"{TAG},matrix,M".replace("/", "%2F")
    board.go(runs=ALL, layouts=layouts, a=f"run:{quote(RUNS[0], safe='')}")
    chip = cell(board, "s00", RUNS[3]).locator(".chip")
    board.until(lambda: chip.all_inner_texts()[0:1] != [] and "differs" in chip.inner_text(), "how")
    share = float((predicted(0, 0) != predicted(3, 0)).mean())
    assert scoped_numbers.agrees(chip.locator("data").inner_text(), share, "share")
    expect(chip).to_have_count(1)


def test_input_truth_and_headers_stay_while_the_rest_scrolls(board: Board) -> None:
    board.go(runs=ALL)
    cell(board, "s00", "truth").wait_for()
    x = (cell(board, "s00", "truth").bounding_box() or {})["x"]
    box(board).evaluate("box => box.scrollTo(900, 400)")
    cell(board, "s04", RUNS[6]).wait_for()
    truth = cell(board, "s04", "truth").bounding_box() or {}
    assert truth["x"] == pytest.approx(x, abs=1)
    head = board.frame.locator("pairs-matrix-head").bounding_box() or {}
    frame = box(board).bounding_box() or {}
    assert head["y"] == pytest.approx(frame["y"] + 1, abs=1)
    expect(cell(board, "s04", RUNS[0])).to_have_count(0)


def pane_on_top(board: Board, x: float, y: float) -> str:
    """Which pane a place of the plugin's page shows, the one that lies on others."""
    found = board.frame.locator("pairs-app").evaluate(
        """(_, [x, y]) => {
          let found = document.elementFromPoint(x, y);
          while (found.localName !== 'pairs-pane')
            found = found.shadowRoot.elementFromPoint(x, y);
          return found.dataset.pane;
        }""",
        [x, y],
    )
    return str(found)


def middle(chip: Locator) -> tuple[float, float]:
    """In the plugin's page."""
    box = """chip => (({x, y, width, height}) => [x + width / 2, y + height / 2])(
      chip.getBoundingClientRect())"""
    x, y = chip.evaluate(box)
    return x, y


def test_no_number_of_a_run_lies_on_the_ground_truth(board: Board) -> None:
    """What is on a cell's picture scrolls under the columns that stay, as the cell does."""
    board.go(runs=ALL, layouts=f"{TAG},matrix,M".replace("/", "%2F"))
    cell(board, "s00", RUNS[3]).locator(".chip").wait_for()
    chip = cell(board, "s01", RUNS[1]).locator(".chip")
    assert pane_on_top(board, *middle(chip)) == f"run {RUNS[1]}"
    truth = cell(board, "s01", "truth")
    width = still_box(truth)["width"]
    box(board).evaluate("(box, by) => box.scrollBy(by, 0)", 2 * width)
    still_box(truth)
    x, y = middle(chip)
    left = truth.evaluate("pane => pane.getBoundingClientRect().left")
    assert left < x < left + width
    assert pane_on_top(board, x, y) == "truth"


def test_only_samples_and_runs_in_sight_are_fetched(open_page: Callable[..., Board]) -> None:
    board = open_page(f"&p.pairs.runs={ALL}&p.pairs.layouts=val%252Fmasks%2Cmatrix%2CL")
    board.expect_pixels(cell(board, "s01", RUNS[0]), on_input(predicted(0, 1), 1), tolerance=1)
    assert board.frame.locator("pairs-panes").count() < len(IDS) / 2
    # Before the page is laid out it can't know which runs are in sight.
    board.forget()
    box(board).evaluate("box => box.scrollTo(0, box.scrollHeight)")
    board.expect_pixels(cell(board, IDS[-1], RUNS[0]), on_input(predicted(0, -1), -1), tolerance=1)
    samples, runs = board.fetched()
    assert {RUNS[0]} <= runs < set(RUNS)
    assert {IDS[-1]} <= samples
    assert len(samples) < len(IDS) / 2


def test_headers_are_moved_by_keys_and_by_dragging_and_the_link_knows(board: Board) -> None:
    board.go(runs=ALL)
    board.until(lambda: board.heads == RUNS, "the runs in their order")
    first = board.frame.get_by_role("button", name=RUNS[0], exact=True)
    first.focus()
    first.press("Alt+ArrowRight")
    moved = [RUNS[1], RUNS[0], *RUNS[2:]]
    board.until(lambda: board.heads == moved, "the first run second")
    expect(first).to_be_focused()
    source = still_box(board.frame.locator("pairs-matrix-head .run").nth(2))
    target = still_box(board.frame.locator("pairs-matrix-head .run").nth(0))
    board.page.mouse.move(source["x"] + 20, source["y"] + 12)
    board.page.mouse.down()
    board.page.mouse.move(target["x"] + 60, target["y"] + 12, steps=4)
    board.page.mouse.up()
    dragged = [RUNS[2], *moved[:2], *RUNS[3:]]
    board.until(lambda: board.heads == dragged, "the dragged run first")
    board.until(lambda: "runOrder" in board.link, "the order in the link")
    board.go(runs=ALL, runOrder=",".join(reversed(RUNS)))
    board.until(lambda: board.heads == RUNS[::-1], "the order of the link")


def test_a_star_makes_the_reference_which_stands_first(board: Board) -> None:
    board.go(runs=ALL)
    star = board.frame.get_by_role("button", name=f"Stands first: {RUNS[2]}", exact=True)
    star.focus()
    star.press("Enter")
    board.until(lambda: board.heads[0] == RUNS[2], "the reference first")
    expect(star).to_have_attribute("aria-pressed", "true")
    board.until(lambda: "reference" in board.link, "the reference in the link")


def test_keys_go_from_sample_to_sample_and_open_one(board: Board) -> None:
    board.go(runs=ALL)
    board.frame.get_by_role("group", name="Pictures of s00").focus()
    board.press(*["ArrowDown"] * 9)
    last = board.frame.get_by_role("group", name="Pictures of s09")
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    board.press("Enter")
    board.frame.locator("pairs-full-view").wait_for()
    board.press("Escape")
    expect(last).to_be_focused()


def test_keys_change_the_size_and_the_link_restores_layout_and_size(board: Board) -> None:
    board.go(runs=ALL)
    cell(board, "s00", "truth").wait_for()

    def width() -> float:
        return (cell(board, "s00", "truth").bounding_box() or {"width": 0})["width"]

    before = width()
    board.press("Control++")
    board.until(lambda: width() > before, "larger cells")
    board.press("Control+-", "Control+-")
    board.until(lambda: 0 < width() < before, "smaller cells")
    board.frame.get_by_role("button", name="Cards", exact=True).click()
    board.frame.locator("pairs-card").first.wait_for()
    board.until(lambda: "cards" in board.link, "the layout in the link")
    link = board.link
    board.go(runs=ALL)
    cell(board, "s00", "truth").wait_for()
    board.page.evaluate("link => { location.hash = link; }", link)
    board.frame.locator("pairs-card").first.wait_for()
    pressed = board.frame.get_by_role("group", name="Size of pictures").locator(
        "[aria-pressed=true]"
    )
    expect(pressed).to_have_text("S")


@pytest.mark.parametrize("layout", ["cards", "matrix"])
def test_a_small_window_shows_a_pair_at_once(board: Board, layout: str) -> None:
    board.page.set_viewport_size({"width": 800, "height": 600})
    board.go(runs=ALL, layouts=f"val%2Fmasks,{layout},M")
    for key in ("truth", f"run {RUNS[0]}"):
        pane = board.frame.locator(f"[data-sample=s00] pairs-pane[data-pane='{key}'] .stage")
        pane.wait_for()
        board.until(
            lambda pane=pane: (
                (pane.bounding_box() or {"y": 999, "height": 0})["y"]
                + (pane.bounding_box() or {"height": 999})["height"]
                <= 600
            ),
            f"{key} on the first screen",
        )
    board.frame.get_by_role("button", name="View", exact=True).click()
    expect(board.frame.get_by_role("combobox", name="Sort")).to_be_visible()
    board.press("Escape")
    expect(board.frame.get_by_role("combobox", name="Sort")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(board: Board, theme: str) -> None:
    set_theme(board, theme)
    board.go(runs=ALL, layouts="val%2Fmasks,matrix,M", reference=RUNS[1])
    board.frame.locator("[data-sample=s00]").first.wait_for()
    board.until_idle()
    assert serious(board) == []
    set_theme(board, "light")
