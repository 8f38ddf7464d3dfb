# SPDX-License-Identifier: Apache-2.0
"""Hyperparameters of runs: in headers and tooltips, and as groups and order of the columns."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import MASK, colored, log_hparams, mask, spoiled
from tests.browser.test_access import serious, set_theme

TAG = "val/masks"
HPARAMS: dict[str, dict[str, Any]] = {
    "sweep/0": {"lr": 0.1, "optimizer": "sgd", "batch": 32, "augment": True},
    "sweep/1": {"lr": 0.00125, "optimizer": "adam", "batch": 32, "augment": True},
    "sweep/2": {"lr": 0.01, "optimizer": "sgd", "batch": 32, "augment": True},
    "sweep/3": {"lr": 0.1, "optimizer": "adam", "batch": 32, "augment": False},
    "sweep/4": {"lr": 0.03, "optimizer": "<b>&amp;", "batch": 32, "augment": True},
}
PLAIN = "sweep/5"
RUNS = (*HPARAMS, PLAIN)
ALL = ",".join(RUNS)
TRUTH = np.stack([mask(i) for i in range(3)])


def predicted(run: str) -> np.ndarray:
    """What a run predicts, `[3, HEIGHT, WIDTH]`."""
    number = RUNS.index(run)
    return np.stack([spoiled(one, 0.1 * (number + 1), i) for i, one in enumerate(TRUTH)])


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("hparams")
    for run in RUNS:
        pairs.summary(TAG, TRUTH, predicted(run), 0, kind=MASK, writer=logdir / run)
        if run in HPARAMS:
            log_hparams(logdir / run, HPARAMS[run])
    return logdir


def head(board: Board, run: str) -> Locator:
    name = board.frame.locator(f".name[aria-label='{run}']")
    return board.frame.locator("pairs-matrix-head .head.run").filter(has=name)


def choose(board: Board, label: str) -> Locator:
    """The choice `Group` or `Sort` of the runs."""
    return board.frame.locator("pairs-run-sort").get_by_label(label, exact=True)


def until_heads(board: Board, *numbers: int) -> None:
    wanted = [f"sweep/{number}" for number in numbers]
    board.until(lambda: board.heads == wanted, f"columns {wanted}")


def test_headers_say_what_tells_runs_apart_and_tooltips_say_all(board: Board) -> None:
    board.go(runs=ALL)
    line = head(board, "sweep/1").locator(".hparams")
    expect(line).to_have_text("augment true · lr 0.00125 · optimizer adam")
    expect(head(board, PLAIN).locator(".hparams")).to_have_count(0)
    title = head(board, "sweep/1").locator("pairs-name").get_attribute("title")
    assert title == (
        "sweep/1\n\nHyperparameters\naugment: true\nlr: 0.00125\noptimizer: adam\nbatch: 32"
    )
    # A name of the log is text, whatever stands in it.
    expect(head(board, "sweep/4").locator(".hparams")).to_contain_text("optimizer <b>&amp;")
    expect(head(board, "sweep/4").locator(".hparams b b")).to_have_count(0)
    # Of two runs only what tells those two apart.
    board.go(runs="sweep/0,sweep/2")
    rail = board.frame.locator("pairs-run-list .row").filter(has_text="sweep/2")
    expect(rail.locator(".hparams")).to_have_text("lr 0.01")


def test_columns_are_grouped_and_sorted_and_a_link_says_so(board: Board) -> None:
    board.go(runs=ALL)
    until_heads(board, 0, 1, 2, 3, 4, 5)
    choose(board, "Sort").select_option(label="lr")
    until_heads(board, 1, 2, 4, 0, 3, 5)
    board.frame.get_by_role("button", name="From low to high").click()
    until_heads(board, 0, 3, 4, 2, 1, 5)
    choose(board, "Group").select_option(label="optimizer")
    until_heads(board, 4, 3, 1, 0, 2, 5)
    groups = board.frame.locator("pairs-matrix-head .group")
    expect(groups).to_have_text(
        ["optimizer <b>&amp;", "optimizer adam", "optimizer sgd", "optimizer not logged"]
    )
    spans = groups.evaluate_all("all => all.map(one => one.style.gridColumn)")
    first = int(spans[0].split("/")[0])
    sizes = [int(end) - int(start) for start, end in (span.split("/") for span in spans)]
    assert (first, sizes) == (2, [1, 2, 2, 1])
    # What is under the headers moved along.
    for run in ("sweep/4", "sweep/3", PLAIN):
        cell = board.frame.locator(
            f"pairs-matrix [data-sample='0'] pairs-pane[data-pane='run {run}']"
        )
        box, under = cell.bounding_box(), head(board, run).bounding_box()
        assert box is not None
        assert under is not None
        assert abs(box["x"] - under["x"]) < 2
        board.expect_pixels(cell, colored(predicted(run)[0]))
    board.until(lambda: "groupRuns=optimizer" in board.link, "the group in the link")
    link = urlsplit(board.link).fragment.removeprefix("pairs")
    board.go()
    until_heads(board, 0, 1, 2, 3, 4, 5)
    board.page.evaluate("link => { location.hash = '#pairs' + link; }", link)
    until_heads(board, 4, 3, 1, 0, 2, 5)


def test_the_reference_stays_first_with_its_group_and_an_order_by_hand_ends_the_sorting(
    board: Board,
) -> None:
    board.go(runs=ALL, groupRuns="optimizer", sortRuns="lr", reference="sweep/3")
    until_heads(board, 3, 1, 4, 2, 0, 5)
    head(board, "sweep/4").locator(".name").press("Alt+ArrowLeft")
    until_heads(board, 3, 4, 1, 2, 0, 5)
    expect(board.frame.locator("pairs-matrix-head .group")).to_have_count(0)
    expect(choose(board, "Group")).to_have_value("")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_groups_can_be_used_by_all(board: Board, theme: str) -> None:
    board.go(runs=ALL, groupRuns="optimizer", sortRuns="lr")
    until_heads(board, 4, 1, 3, 2, 0, 5)
    set_theme(board, theme)
    assert not serious(board)


def test_without_hyperparameters_there_is_nothing_of_them(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    for run in ("a", "b"):
        pairs.summary(TAG, TRUTH, TRUTH, 0, kind=MASK, writer=tmp_path / run)
    board = open_board(tmp_path)
    board.card("0").wait_for()
    board.until(lambda: any("/hparams" in url for url in board.requests), "the request")
    expect(board.frame.locator("pairs-run-sort select, .hparams")).to_have_count(0)
