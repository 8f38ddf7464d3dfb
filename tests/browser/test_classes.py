# SPDX-License-Identifier: Apache-2.0
"""The class scores of the rail are of one run, over all samples of its record."""

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser import scoped_numbers
from tests.browser.board import Board, still_box
from tests.browser.logs import MASK, NAMES, mask, spoiled
from tests.reading import logs as written

SAMPLES = 60
STEPS = (0, 19_900)
TRUTH = np.stack([mask(seed, classes=3) for seed in range(SAMPLES)])
PREDICTIONS = {
    (tag, run, step): np.stack(
        [spoiled(one, share * (1 + i % 4), 7 * i, classes=3) for i, one in enumerate(TRUTH)]
    )
    for (tag, run, step), share in zip(
        [(tag, run, step) for tag in ("seg/a", "seg/b") for run in "xy" for step in STEPS],
        np.linspace(0.02, 0.2, 8),
        strict=True,
    )
}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("classes")
    for (tag, run, step), prediction in PREDICTIONS.items():
        pairs.summary(
            tag, TRUTH, prediction, step, kind=MASK, writer=logdir / run, max_outputs=None
        )
    # Sizes that differ: not counted.
    with pytest.warns(pairs.PairsWarning, match="differ in shape"):
        pairs.summary("seg/sizes", TRUTH[:1], TRUTH[:1, :6], 0, kind=MASK, writer=logdir / "x")
    listed = pairs.Mask(classes=["road", "car"])
    with pytest.warns(pairs.PairsWarning, match="does not list: 2;"):
        pairs.summary("seg/beyond", TRUTH, TRUTH, 0, kind=listed, writer=logdir / "x")
    named = pairs.Mask(classes={1: "car"})
    with pytest.warns(pairs.PairsWarning, match="does not list: 2;"):
        pairs.summary("seg/named", TRUTH, TRUTH, 0, kind=named, writer=logdir / "x")
    # Another writer's record, without counts.
    with written.Log(logdir / "x", number=9) as log:
        one = written.Pair("s", written.png(fill=1), written.png(fill=1))
        log.pairs(0, [one], tag="seg/uncounted", role=written.MASK)
    return logdir


def iou(tag: str, run: str, step: int, one: int) -> str:
    """The IoU of the data set, as the page writes it."""
    truth, prediction = one == TRUTH, one == PREDICTIONS[tag, run, step]
    return f"{float(f'{(truth & prediction).sum() / (truth | prediction).sum():.3g}'):g}"


def classes(board: Board) -> Locator:
    return board.frame.locator("pairs-class-list")


def expect_scores(board: Board, tag: str, run: str, step: int) -> None:
    spaced = f"{step:,}".replace(",", "\u202f")
    expect(classes(board).locator(".scope")).to_contain_text(
        f"IoU of all {SAMPLES} samples of step {spaced}"
    )
    values = [iou(tag, run, step, one) for one in range(3)]
    expect(classes(board).locator(".value")).to_have_text([*values, "–"])


def test_a_class_that_the_log_does_not_list_says_so(board: Board) -> None:
    board.go(tags="^seg/beyond$")
    rows = classes(board).get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="not listed")).to_have_count(1)
    expect(rows.nth(2)).to_contain_text("2not listed")


def test_a_background_that_the_log_does_not_list_is_not_said_to_be_missing(board: Board) -> None:
    board.go(tags="^seg/named$")
    rows = classes(board).get_by_role("listitem")
    expect(rows.get_by_role("button")).to_have_text(["car", "0", "2not listed"])
    board.go(tags="^seg/named$", background=2)
    expect(rows.get_by_role("button")).to_have_text(["car", "0", "2not listedsee-through"])


def test_scores_are_of_all_samples_of_one_run(board: Board) -> None:
    board.go(tags="^seg/a$", step=19_900)
    expect_scores(board, "seg/a", "x", 19_900)
    expect(classes(board).locator(".scope")).to_contain_text("seg/a")
    for height in (500, 1400):
        board.page.set_viewport_size({"width": 1440, "height": height})
        board.page.wait_for_timeout(300)
        expect_scores(board, "seg/a", "x", 19_900)
    # Only cards near what is in sight are made.
    board.frame.locator("pairs-card").last.scroll_into_view_if_needed()
    board.page.wait_for_timeout(300)
    expect_scores(board, "seg/a", "x", 19_900)


def test_scores_change_with_step_run_and_tag(board: Board) -> None:
    board.go(tags="^seg/a$", step=0)
    expect_scores(board, "seg/a", "x", 0)
    run = classes(board).get_by_role("combobox", name="Run whose IoU by class is listed")
    run.select_option("y")
    expect_scores(board, "seg/a", "y", 0)
    board.go(tags="^seg/a$", step=19_900)
    expect_scores(board, "seg/a", "y", 19_900)
    run.select_option("x")
    board.go(tags="^seg/b$", step=19_900)
    expect_scores(board, "seg/b", "x", 19_900)
    board.go(tags="^seg/b$", step=19_900, runs="y")
    expect_scores(board, "seg/b", "y", 19_900)
    expect(run).to_have_count(0)
    expect(classes(board).locator(".scope")).to_contain_text("y")


def test_a_number_says_how_it_came_about_and_a_dash_why(board: Board) -> None:
    board.go(tags="^seg/a$", step=0)
    expect_scores(board, "seg/a", "x", 0)
    values = classes(board).locator(".value")
    truth, prediction = TRUTH == 1, PREDICTIONS["seg/a", "x", 0] == 1
    hits = (truth & prediction).sum()
    expect(values.nth(1)).to_have_attribute(
        "title",
        f"TP / (TP + FP + FN), summed over the samples first: {hits} / ({hits} + "
        f"{(prediction & ~truth).sum()} + {(truth & ~prediction).sum()})",
    )
    expect(values.nth(3)).to_have_attribute(
        "title", "In no ground truth and no prediction of this record"
    )
    assert NAMES[3] == "sky"


@pytest.mark.parametrize("tag", ["seg/sizes", "seg/uncounted"])
def test_a_record_without_counts_says_so(board: Board, tag: str) -> None:
    board.go(tags=f"^{tag}$", step=0)
    expect(classes(board).locator(".scope")).to_contain_text("Not counted at step 0")
    for value in classes(board).locator(".value").all():
        expect(value).to_have_text("–")


def test_the_table_of_the_full_view_says_that_it_is_of_one_sample(board: Board) -> None:
    board.go(tags="^seg/a$", step=0, open="seg%2Fa,3", details=1)
    full = board.frame.locator("pairs-full-view")
    expect(full.get_by_role("heading", name="Classes of this sample")).to_be_visible()
    expect(full.get_by_text("wrong pixels of this sample")).to_be_visible()
    # The side panel makes room for the pictures until it is asked for.
    board.press("\\")
    expect_scores(board, "seg/a", "x", 0)


def test_confusions_are_those_of_all_samples_of_one_run(board: Board) -> None:
    board.go(tags="^seg/a$", step=0, runs="x")
    expect_scores(board, "seg/a", "x", 0)
    # Nobody sees its hundreds of cells, which each step would fill anew.
    expect(classes(board).locator("pairs-confusion-matrix")).to_have_count(0)
    classes(board).locator("details").evaluate("one => { one.open = true; }")
    prediction = PREDICTIONS["seg/a", "x", 0]
    counted = {
        (was, got): int(((was == TRUTH) & (got == prediction)).sum())
        for was in range(3)
        for got in range(3)
    }
    rows = classes(board).get_by_role("row")
    expect(rows).to_have_count(4)
    for was in range(3):
        cells = rows.nth(1 + was).get_by_role("cell")
        for got in range(3):
            text = cells.nth(got).inner_text()
            expected = counted[was, got] / (was == TRUTH).sum()
            # Where no pixel is, nothing is written.
            assert scoped_numbers.agrees(text, expected or None, "share")
    worst = max((one for one in counted if one[0] != one[1]), key=lambda one: counted[one])
    lists = classes(board).get_by_role("list", name="Most confused classes")
    names = [NAMES[one] for one in worst]
    # In words above the classes, and first of the list of them.
    for one in lists.all():
        first = one.locator("li").first
        expect(first).to_contain_text(re.compile(f"{names[0]}.*taken for.*{names[1]}", re.S))
        number = first.locator("data")
        expect(number).to_have_text(f"{counted[worst]:,}".replace(",", "\u202f"))
        # On one line, which names of usual length leave room for.
        assert still_box(number)["y"] < still_box(first.locator(".class").first)["y"] + 12
        assert still_box(first)["height"] < 32
    assert lists.count() == 2
    # Whoever follows them over the steps opens them once.
    board.go(tags="^seg/a$", step=19_900, runs="x")
    expect_scores(board, "seg/a", "x", 19_900)
    expect(rows).to_have_count(4)
    expect(classes(board).locator("details")).to_have_attribute("open", "")


def test_a_confusion_shows_the_samples_with_it_and_just_its_pixels(board: Board) -> None:
    step, was, got = 0, 2, 0
    board.go(tags="^seg/a$", step=step, runs="x,y")
    expect_scores(board, "seg/a", "x", step)
    classes(board).locator("details").evaluate("one => { one.open = true; }")
    cell = classes(board).get_by_role("row").nth(1 + was).get_by_role("cell").nth(got)
    cell.get_by_role("button").click()
    prediction = PREDICTIONS["seg/a", "x", step]
    wrong = (was == TRUTH) & (prediction == got)
    by_sample = wrong.sum(axis=(1, 2))
    # Those without it are not shown, and equals stay as they were logged.
    order = [int(i) for i in np.argsort(-by_sample, kind="stable") if by_sample[i] > 0]
    assert 0 < len(order) < SAMPLES
    board.until(lambda: board.samples == [str(i) for i in order], "the most confused first")
    header = board.frame.locator("pairs-tag-controls .confused")
    expect(header).to_contain_text(re.compile(f"{NAMES[was]} taken for {NAMES[got]}\\s+by"))
    having = f"{len(order)} of {SAMPLES} samples {'has' if len(order) == 1 else 'have'} it"
    lacking = SAMPLES - len(order)
    expect(header).to_contain_text(f"{having}, {lacking} {'has' if lacking == 1 else 'have'} not")
    first = str(order[0])
    count = board.card(first).locator(".note data")
    assert scoped_numbers.agrees(count.inner_text(), float(by_sample[order[0]]), "count")
    for shown_run in "xy":
        confused = (was == TRUTH[order[0]]) & (
            PREDICTIONS["seg/a", shown_run, step][order[0]] == got
        )
        pane = board.pane(first, shown_run)
        board.until(
            lambda pane=pane, confused=confused: np.array_equal(_red(board, pane), confused),
            f"what {shown_run} confuses",
        )
    link = board.until(lambda: "confusion=" in board.link and board.link, "a link to it")
    board.go()
    board.page.evaluate("link => { location.hash = link; }", link)
    board.until(lambda: board.samples == [str(i) for i in order], "the same by its link")
    header.get_by_role("button", name="show all").click()
    board.until(lambda: board.samples == [str(i) for i in range(SAMPLES)], "all as logged")
    expect(header).to_have_count(0)
    board.until(lambda: "confusion" not in board.link, "a link to all")


def test_samples_stay_in_their_order_after_a_confusion_at_another_step(board: Board) -> None:
    board.go(tags="^seg/a$", runs="x", sort="worst")
    expect_scores(board, "seg/a", "x", 19_900)
    logged = [str(i) for i in range(SAMPLES)]
    in_order = board.until(lambda: board.samples != logged and board.samples, "the worst first")
    classes(board).locator("details").evaluate("one => { one.open = true; }")
    cell = classes(board).get_by_role("row").nth(1).get_by_role("cell").nth(1)
    cell.get_by_role("button").click()
    header = board.frame.locator("pairs-tag-controls .notes")
    expect(header).to_contain_text("taken for")
    board.press("Home")
    board.expect_step(0)
    header.get_by_role("button", name="show all").click()
    expect(header).to_contain_text("as of step 19\u202f900")
    assert board.samples == in_order


def _red(board: Board, pane: Locator) -> NDArray[np.bool_]:
    """Where a pane shows a missed pixel."""
    shown = board.pixels(pane, *TRUTH.shape[1:])[..., :3]
    return np.asarray((shown == (0xB0, 0x00, 0x38)).all(axis=2))


def test_a_record_without_counts_has_no_confusions(board: Board) -> None:
    board.go(tags="^seg/uncounted$", step=0)
    expect(classes(board).locator(".scope")).to_contain_text("Not counted at step 0")
    expect(classes(board).get_by_text("Confusions")).to_have_count(0)
