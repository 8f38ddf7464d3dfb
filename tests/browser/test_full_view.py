# SPDX-License-Identifier: Apache-2.0
"""One sample, large: film strip, curve, classes, confusions, histogram, keys."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect
from sklearn.metrics import confusion_matrix

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import COLORS, NAMES, STEPS, Masks, colored, photo


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("full")
    Masks.write(logdir)
    pairs.summary("photos", photo(1)[None], photo(2)[None], 40, ids=["p"], writer=logdir / "a")
    return logdir


def pane(board: Board, heading: str) -> Locator:
    return board.full_view.locator("pairs-pane").filter(
        has=board.frame.get_by_text(heading, exact=True)
    )


def open_sample(board: Board, sample: str, **view: object) -> None:
    board.go(tags="^val/masks$", open=f"val%2Fmasks,{sample}", **view)
    expect(board.full_view.get_by_role("heading", name=sample, exact=True)).to_be_visible()


def test_it_opens_by_mouse_and_by_key_and_closes_to_where_one_was(board: Board) -> None:
    board.go(tags="^val/masks$")
    board.card("s1").get_by_role("button", name="Open full view").click()
    expect(board.full_view.get_by_role("heading", name="s1", exact=True)).to_be_visible()
    board.press("Escape")
    expect(board.full_view).to_have_count(0)
    board.card("s2").get_by_role("group", name="Pictures of s2").focus()
    board.press("Enter")
    expect(board.full_view.get_by_role("heading", name="s2", exact=True)).to_be_visible()
    board.full_view.get_by_role("button", name="Close the full view").click()
    expect(board.card("s2").get_by_role("group", name="Pictures of s2")).to_be_focused()


def test_a_sample_that_the_filter_leaves_out_is_shown_all_the_same(board: Board) -> None:
    open_sample(board, "s2", step=30, samples="s1;;;")
    board.expect_pixels(pane(board, "Ground truth"), Masks.on_input(Masks.truth[2], 2), tolerance=1)
    board.press("Escape")
    expect(board.full_view).to_have_count(0)


def test_large_panes_show_the_right_pixels(board: Board) -> None:
    open_sample(board, "s2", step=30)
    board.expect_pixels(pane(board, "Input"), Masks.input[2])
    board.expect_pixels(pane(board, "Ground truth"), Masks.on_input(Masks.truth[2], 2), tolerance=1)
    for run in ("a", "b"):
        board.expect_pixels(
            pane(board, run), Masks.on_input(Masks.prediction[run][30][2], 2), tolerance=1
        )
    box = pane(board, "a").locator("canvas.picture").bounding_box()
    assert box is not None
    assert box["width"] > 350


def test_keys_go_to_the_next_sample_step_and_mode(board: Board) -> None:
    open_sample(board, "s0")
    for key, sample in (("ArrowDown", "s1"), ("j", "s2"), ("k", "s1"), ("ArrowUp", "s0")):
        board.press(key)
        expect(board.full_view.get_by_role("heading", name=sample, exact=True)).to_be_visible()
    board.press("ArrowLeft")
    board.expect_step(30)
    shown = Masks.prediction["a"][30][0]
    board.expect_pixels(pane(board, "a"), Masks.on_input(shown, 0), tolerance=1)
    board.press("o")
    board.expect_pixels(pane(board, "a"), colored(shown))
    board.press("5")
    expect(board.frame.get_by_role("radio", name="Diff")).to_have_attribute("aria-checked", "true")


def test_the_film_strip_shows_each_step_and_goes_there(board: Board) -> None:
    open_sample(board, "s2")
    film = board.full_view.locator("pairs-film-strip")
    frames = film.get_by_role("group", name="Steps of a").locator(".frame")
    expect(frames).to_have_count(len(STEPS))
    for at, step in enumerate(STEPS):
        frame = frames.nth(at)
        expect(frame).to_have_attribute("aria-label", re.compile(rf"^Step {step} 0\."))
        wanted = Masks.on_input(Masks.prediction["a"][step][2], 2)
        board.until(lambda frame=frame, wanted=wanted: shows(frame, wanted), f"frame {step}")
    frames.nth(1).click()
    board.expect_step(10)
    expect(frames.nth(1)).to_have_attribute("aria-current", "step")


def test_the_film_strip_names_the_nearest_step_of_a_run_without_the_one_shown(
    board: Board,
) -> None:
    board.go(tags="^val/masks$", open="val%2Fmasks,s2", runs="a,b", step=20)
    board.expect_step(20)
    rows = board.full_view.locator("pairs-film-strip .row")
    expect(rows.nth(0).locator("[aria-current=step]")).to_contain_text("20")
    film = rows.nth(1)
    expect(film).to_have_attribute("aria-label", "Steps of b")
    nearest = film.locator(".nearest")
    expect(nearest).to_have_count(1)
    expect(nearest.locator(".note")).to_have_text("nearest to 20")
    expect(nearest.locator(".text")).to_contain_text(f"10 {Masks.iou('b', 10, 2):.3g}")
    expect(film.locator("[aria-current=step]")).to_have_count(0)
    board.press("ArrowRight")
    expect(film.locator("[aria-current=step] .text")).to_contain_text(
        f"30 {Masks.iou('b', 30, 2):.3g}"
    )
    expect(nearest).to_have_count(0)


def shows(frame: Locator, wanted: np.ndarray) -> bool:
    """Whether the mean colour of a small picture is that of a large one."""
    height, width = wanted.shape[:2]
    # A frame may be wider than its picture.
    mean = frame.locator("canvas").evaluate(
        """(canvas, [width, height]) => {
          const scale = Math.min(canvas.width / width, canvas.height / height);
          const [w, h] = [Math.floor(width * scale), Math.floor(height * scale)];
          const [x, y] = [Math.ceil((canvas.width - w) / 2), Math.ceil((canvas.height - h) / 2)];
          const {data} = canvas.getContext('2d').getImageData(x, y, w, h);
          const sums = [0, 0, 0];
          for (let i = 0; i < data.length; i += 4)
            for (let c = 0; c < 3; c++) sums[c] += data[i + c];
          return sums.map(sum => (4 * sum) / data.length);
        }""",
        [width, height],
    )
    return bool(np.abs(np.array(mean) - wanted.reshape(-1, 3).mean(0)).max() < 4)


def test_the_metric_over_the_steps_is_drawn(board: Board) -> None:
    open_sample(board, "s2", details=1)
    curve = board.full_view.locator("pairs-sample-curve")
    expect(curve.locator("svg")).to_be_visible()
    expect(curve.locator("path")).not_to_have_count(0)


def test_the_table_of_classes_counts_pixels(board: Board) -> None:
    open_sample(board, "s2", step=30, details=1)
    truth, predicted = Masks.truth[2], Masks.prediction["a"][30][2]
    rows = board.full_view.locator("pairs-class-table tbody tr")
    expect(rows).to_have_count(4)
    said = {}
    for row in rows.all():
        name, *numbers = [cell.strip() for cell in row.locator("td").all_inner_texts()]
        said[name] = numbers
    for one, name in NAMES.items():
        wanted, got = truth == one, predicted == one
        counts = ((wanted & got).sum(), (~wanted & got).sum(), (wanted & ~got).sum())
        assert [int(number) for number in said[name][1:]] == list(counts)
        assert float(said[name][0]) == pytest.approx(counts[0] / sum(counts), abs=0.005)


def test_a_click_on_a_class_shows_it_alone(board: Board) -> None:
    open_sample(board, "s2", step=30, overlay="on,input,1", details=1)
    board.full_view.locator("pairs-class-table").get_by_role("button", name="sky").click()
    ids = Masks.prediction["a"][30][2]
    expected = np.where((ids == 3)[..., None], COLORS[3], Masks.input[2])
    board.expect_pixels(pane(board, "a"), expected)


def test_which_classes_are_taken_for_which(board: Board) -> None:
    open_sample(board, "s2", step=30, details=1)
    matrix = confusion_matrix(Masks.truth[2].ravel(), Masks.prediction["a"][30][2].ravel())
    np.fill_diagonal(matrix, 0)
    table = board.full_view.locator("pairs-class-table")
    expect(table).to_contain_text(f"of {matrix.sum()} wrong pixels")
    wanted, got = np.unravel_index(matrix.argmax(), matrix.shape)
    share = 100 * matrix.max() / matrix.sum()
    first = table.locator("li").first.inner_text().split()
    assert first == [NAMES[wanted], "taken", "for", NAMES[got], f"{share:.0f}", "%"]


def test_a_histogram_of_images(board: Board) -> None:
    board.go(tags="^photos$", open="photos,p", details=1)
    histogram = board.full_view.get_by_role("img", name="Histogram of Ground truth, a")
    expect(histogram).to_be_visible()
    expect(histogram.locator("path")).to_have_count(2)
