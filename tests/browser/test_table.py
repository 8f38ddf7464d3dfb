# SPDX-License-Identifier: Apache-2.0
"""Samples as a table: numbers by run, sorted by its headers, driven by keys; and flags."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser import scoped_numbers
from tests.browser.board import Board
from tests.browser.logs import HEIGHT, MASK, STEPS, WIDTH, Masks, mask

TABLE = "val%2Fmasks,table,"
LAST = STEPS[-1]
MANY = [f"m{i:02}" for i in range(40)]


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("table")
    Masks.write(logdir)
    many = [mask(seed) for seed in range(len(MANY))]
    # By run: a sample that is not in the record, one that is there without a score, one with it.
    for run, ids, scores in (("a", ["x", "y"], [None, 0.5]), ("b", ["y", "z"], [0.25, None])):
        few = many[: len(ids)]
        options = {"ids": ids, "metrics": {"mae": scores}, "writer": logdir / run}
        pairs.summary("gaps", few, few, LAST, kind=pairs.Image(), **options)
    pairs.summary("many", many, many, LAST, ids=MANY, kind=MASK, writer=logdir / "a")
    truth = np.kron(np.eye(8, dtype=np.uint8) * 200, np.ones((4, 4), np.uint8))[None]
    wrong = truth.copy()
    wrong[:, :16] = 90
    pairs.summary("structure", truth, wrong, LAST, ids=["s"], writer=logdir / "a")
    return logdir


@pytest.fixture(autouse=True)
def unflagged(module_board: Board) -> None:
    """Takes away the flags of the test before: no link does."""
    module_board.frame.locator("pairs-app").evaluate(
        """app => app.snapshot.view.flags.forEach(
             ({tag, sample}) => app.forward({type: 'flag', tag, sample, flagged: false}))"""
    )


def rows(board: Board) -> list[str]:
    """The ids of the samples, from the top."""
    found = board.frame.locator("pairs-sample-table .row")
    return [str(one) for one in found.evaluate_all("rows => rows.map(row => row.dataset.sample)")]


def row(board: Board, sample: str) -> Locator:
    """The row of a sample."""
    return board.frame.locator(f"pairs-sample-table .row[data-sample={sample}] pairs-table-row")


def cells(board: Board, sample: str) -> Locator:
    return row(board, sample).get_by_role("gridcell")


def header(board: Board, name: str) -> Locator:
    return board.frame.get_by_role("columnheader").filter(
        has=board.frame.get_by_role("button", name=re.compile(rf"^{name}\b"))
    )


def open_table(board: Board, **view: object) -> None:
    board.go(**{"tags": "masks", "layouts": TABLE, **view})
    board.until(lambda: len(rows(board)) > 0, "the table")


def expect_order(board: Board, order: list[str]) -> None:
    board.until(lambda: rows(board) == order, f"the order {order}")


def sorted_by(key: Callable[[int], float]) -> list[str]:
    return [Masks.ids[i] for i in sorted(range(4), key=key)]


def change(run: str, i: int, since: int = 0) -> float:
    return Masks.iou(run, LAST, i) - Masks.iou(run, since, i)


def test_a_row_shows_pictures_and_what_each_run_scores(board: Board) -> None:
    open_table(board)
    for place, shown in ((2, Masks.truth[2]), (3, Masks.prediction["a"][LAST][2])):
        board.expect_pixels(cells(board, "s2").nth(place), Masks.on_input(shown, 2), tolerance=1)
    expect(cells(board, "s2").nth(1)).to_contain_text("dusk")
    scores = {run: Masks.iou(run, LAST, 2) for run in "ab"}
    for place, run in ((4, "a"), (5, "b")):
        text = cells(board, "s2").nth(place).inner_text()
        assert scoped_numbers.agrees(text, scores[run], "value")
    winner = max(scores, key=lambda run: scores[run])
    lead = cells(board, "s2").nth(6)
    expect(lead).to_contain_text(re.compile(rf"{winner}\s*leads by"))
    said = lead.locator("data").inner_text()
    assert scoped_numbers.agrees(said, abs(scores["a"] - scores["b"]), "lead")
    worst = min(change(run, 2) for run in "ab")
    board.until(lambda: cells(board, "s2").nth(7).locator("data").count() == 1, "the change")
    assert scoped_numbers.agrees(
        cells(board, "s2").nth(7).locator("data").inner_text(), worst, "change"
    )


def test_a_sample_that_a_run_did_not_log_is_told_from_one_not_measured(board: Board) -> None:
    open_table(board, tags="^gaps$", layouts="gaps,table,")
    for sample, of_a, of_b in (("x", "–", "not logged"), ("z", "not logged", "–")):
        for place, run, text in ((4, "a", of_a), (5, "b", of_b)):
            cell = cells(board, sample).nth(place)
            expect(cell).to_have_text(text)
            absence = re.compile(rf"{run}.* has no sample .*{sample}.* at step {LAST}")
            expect(cell).to_have_attribute(
                "title", absence if text == "not logged" else "MAE was not measured"
            )
    board.go(tags="^gaps$")
    said = f"Sample x, a step {LAST}, MAE not measured, b step {LAST}, not logged"
    expect(board.card("x").get_by_role("article", name=said, exact=True)).to_be_visible()


def test_headers_sort_and_shift_adds_a_second_key(board: Board) -> None:
    open_table(board)
    of_b = sorted_by(lambda i: Masks.iou("b", LAST, i))
    header(board, "b").get_by_role("button").click()
    expect_order(board, of_b)
    expect(header(board, "b")).to_have_attribute("aria-sort", "ascending")
    header(board, "b").get_by_role("button").click()
    expect_order(board, sorted_by(lambda i: -Masks.iou("b", LAST, i)))
    header(board, "since").get_by_role("button").click()
    expect_order(board, sorted_by(lambda i: min(change(run, i) for run in "ab")))
    board.go(tags="masks", layouts=TABLE, flags="val%2Fmasks,s1,s3")
    header(board, "Flag").get_by_role("button").click()
    header(board, "b").get_by_role("button").click(modifiers=["Shift"])
    flagged = [one for one in of_b if one in ("s1", "s3")]
    expect_order(board, flagged + [one for one in of_b if one not in flagged])
    expect(header(board, "b")).to_have_attribute("aria-sort", "ascending")
    board.until(lambda: "thenBy=worst%2Cb" in board.link, "the second key in the link")


def changed(run: str, i: int, step: int, before: int) -> NDArray[np.bool_]:
    """The pixels of a prediction whose class changed."""
    now, was = (Masks.prediction[run][one][i] for one in (step, before))
    return np.asarray(now != was)


def test_samples_sort_by_instability_and_show_what_changed(board: Board) -> None:
    open_table(board)
    last = {i: [changed(run, i, LAST, STEPS[-2]).mean() for run in "ab"] for i in range(4)}
    header(board, "Instability").get_by_role("button").click()
    expect_order(board, sorted_by(lambda i: -max(last[i])))
    for i in range(4):
        shown = cells(board, f"s{i}").nth(8).locator("data").inner_text()
        assert scoped_numbers.agrees(shown, max(last[i]), "value")
    board.go(tags="masks", layouts=f"{TABLE},a", step=20, sort="unstable")
    expect_order(board, sorted_by(lambda i: -max(
        changed("a", i, 20, 10).mean(), changed("b", i, 10, 0).mean()
    )))  # fmt: skip
    board.frame.get_by_role("button", name="show changes").click()
    controls = board.frame.locator("pairs-tag-controls")
    # Run `b` has no step 20: its nearest is 10, and before that 0.
    for run, (step, before) in {"a": (20, 10), "b": (10, 0)}.items():
        controls.get_by_role("combobox", name="Run").select_option(run)
        for i in range(4):
            expected = changed(run, i, step, before)
            board.until(
                lambda i=i, expected=expected: np.array_equal(red(board, f"s{i}"), expected),
                f"what {run} changed in s{i}",
            )
    board.frame.get_by_role("button", name="show changes").click()
    board.until(lambda: "before" not in board.link, "the ground truth as A")


def red(board: Board, sample: str) -> NDArray[np.bool_]:
    """Where the compared picture of a row is red."""
    shown = board.pixels(cells(board, sample).nth(3), HEIGHT, WIDTH)
    return np.asarray((shown[..., :3] == (200, 16, 46)).all(2))


def test_changes_are_counted_from_the_step_typed(board: Board) -> None:
    open_table(board, sort="regressed")
    field = board.frame.get_by_role("textbox", name="Compare with step")
    field.fill("30")
    field.press("Enter")
    # Both runs have a step 30.
    expect_order(board, sorted_by(lambda i: min(change(run, i, 30) for run in "ab")))
    expect(header(board, "since")).to_contain_text("30")
    field.fill("soon")
    field.press("Enter")
    expect(field).to_have_value("30")
    field.fill("")
    field.press("Enter")
    expect(header(board, "since")).to_contain_text(re.compile(r"since\s+0"))


def test_arrows_move_between_rows_and_enter_opens_one(board: Board) -> None:
    open_table(board)
    row(board, "s0").focus()
    board.press("ArrowDown", "ArrowDown")
    expect(row(board, "s2")).to_be_focused()
    board.press("ArrowUp")
    expect(row(board, "s1")).to_be_focused()
    board.press("x")
    board.until(lambda: "flags=val%252Fmasks%2Cs1" in board.link, "the flag of the row")
    board.press("x", "Enter")
    expect(board.frame.get_by_role("heading", name="s1")).to_be_visible()
    board.press("Escape")
    expect(row(board, "s1")).to_be_focused()


def test_flags_follow_the_pointer_and_filter(board: Board) -> None:
    open_table(board)
    board.focus()
    for sample in ("s1", "s2"):
        cells(board, sample).nth(2).hover()
        board.press("x")
        flag = row(board, sample).get_by_role("button", name=f"Flag {sample}")
        expect(flag).to_have_attribute("aria-pressed", "true")
    board.frame.get_by_role("button", name="2 flagged").click()
    expect_order(board, ["s1", "s2"])
    board.frame.get_by_role("button", name="Cards").first.click()
    card = board.card("s2")
    expect(card.get_by_title("Flagged")).to_be_visible()
    card.hover()
    board.press("x")
    expect(board.card("s2")).to_have_count(0)
    # Nothing that is pointed at, nothing that is flagged.
    board.page.mouse.move(1, 1)
    board.slider.hover()
    board.press("x")
    only = re.compile(r"flags=val%252Fmasks%2Cs1(&|$)")
    board.until(lambda: only.search(board.link), "the flag of s1 alone")


def test_a_matrix_shows_flags_and_what_changed(board: Board) -> None:
    board.go(tags="masks", layouts="val%2Fmasks,matrix,", sort="regressed", flags="val%2Fmasks,s3")
    titles = board.frame.locator("pairs-matrix-title")
    expect(titles.filter(has=board.frame.get_by_title("Flagged"))).to_contain_text("s3")
    expect(titles.filter(has_text="s2").locator(".note", has_text="leads by")).to_have_count(1)
    note = titles.filter(has_text="s2").locator(".note data").first
    worst = min(change(run, 2) for run in "ab")
    board.until(lambda: scoped_numbers.agrees(note.inner_text(), worst, "change"), "the change")


def test_flags_are_kept_by_the_browser(open_page: Callable[..., Board]) -> None:
    board = open_page()
    open_table(board, flags="val%2Fmasks,s3")
    kept = board.frame.locator("pairs-app")
    board.until(
        lambda: kept.evaluate("() => JSON.stringify({...localStorage}).includes('flags')"),
        "the flag in the browser",
    )
    board.page.goto("about:blank")
    board.open()
    for sample, pressed in (("s3", "true"), ("s2", "false")):
        flag = row(board, sample).get_by_role("button", name=f"Flag {sample}")
        expect(flag).to_have_attribute("aria-pressed", pressed)


def test_only_rows_near_the_view_are_made(board: Board) -> None:
    board.go(tags="many", layouts="many,table,L")
    board.until(lambda: len(rows(board)) == len(MANY), "all rows")
    made = board.frame.locator("pairs-table-row")
    board.until(lambda: 0 < made.count() < len(MANY) / 2, "the first rows")
    board.frame.locator(".scroll").evaluate("one => one.scrollTo(0, one.scrollHeight)")
    expect(row(board, MANY[-1])).to_be_visible()
    expect(board.frame.get_by_role("columnheader", name="Truth")).to_be_in_viewport()
    expect(row(board, MANY[1])).to_have_count(0)
    # Tab comes to it.
    expect(row(board, MANY[0])).to_have_attribute("tabindex", "0")


def test_a_structural_difference_is_drawn_in_its_row(board: Board) -> None:
    open_table(
        board,
        tags="^structure$",
        layouts="structure,table,",
        mode="difference",
        difference="ssim",
    )
    pictures = row(board, "s").get_by_role("img")
    expect(pictures.nth(0)).to_have_accessible_name("Ground truth of s")
    expect(pictures.nth(1)).to_have_accessible_name("a: prediction of s")
    canvas = pictures.nth(1).locator("canvas")

    def brightness() -> tuple[int, int]:
        """Of the half that is wrong, and of the one that is right."""
        return tuple(
            canvas.evaluate(
                """canvas => {
                     const {width, height} = canvas;
                     const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
                     const sum = (from, to) => data.slice(4 * width * from, 4 * width * to)
                       .reduce((total, value, i) => total + (i % 4 < 3 ? value : 0), 0);
                     const middle = Math.floor(height / 2);
                     const margin = Math.ceil(height / 4);
                     return [sum(0, middle - margin), sum(middle + margin, 2 * middle)];
                   }"""
            )
        )

    # Like the ground truth it is below: there is no difference to draw.
    board.until(lambda: brightness()[0] != brightness()[1], "the difference")
