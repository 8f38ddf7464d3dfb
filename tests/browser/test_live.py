# SPDX-License-Identifier: Apache-2.0
"""While a training goes on: new steps come by themselves and move nothing that is looked at."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import photo


def write(logdir: Path, step: int, run: str = "run", samples: int = 1) -> None:
    """Writes one record, whose prediction tells the step."""
    ids = [f"s{i}" for i in range(samples)]
    truth = [photo(1)] * samples
    pairs.summary("photos", truth, [photo(step)] * samples, step, ids=ids, writer=logdir / run)


@pytest.fixture
def board(tmp_path: Path, open_board: Callable[..., Board]) -> Board:
    for step in (100, 200, 300):
        write(tmp_path, step)
    board = open_board(tmp_path)
    board.expect_step(300)
    board.expect_pixels(board.pane("s0", "run"), photo(300))
    return board


def reload(board: Board) -> None:
    """Waits until TensorBoard has the new data, and reloads with TensorBoard's own button."""
    board.server.wait_for_reload()
    board.page.get_by_role("button", name=re.compile("Last Updated")).click()


def test_at_the_newest_step_it_follows(tmp_path: Path, board: Board) -> None:
    write(tmp_path, 400)
    reload(board)
    board.expect_step(400)
    board.expect_pixels(board.pane("s0", "run"), photo(400))


def test_at_another_step_it_stays(tmp_path: Path, board: Board) -> None:
    board.focus()
    board.press("ArrowLeft")
    board.expect_step(200)
    write(tmp_path, 400)
    reload(board)
    board.until(lambda: board.slider.get_attribute("aria-valuemax") == "3", "the new step")
    assert board.step == "200"
    board.expect_pixels(board.pane("s0", "run"), photo(200))
    board.focus()
    board.press("End")
    board.expect_step(400)


def test_a_new_run_and_a_new_sample_appear(tmp_path: Path, board: Board) -> None:
    write(tmp_path, 300, run="second")
    write(tmp_path, 400, samples=2)
    reload(board)
    board.expect_pixels(board.pane("s1", "run"), photo(400))
    board.expect_pixels(board.pane("s0", "second"), photo(300))


def test_samples_that_are_sorted_stay_where_they_are(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    def scored(step: int, *scores: float) -> None:
        pairs.summary(
            "photos",
            [photo(1)] * 3,
            [photo(step)] * 3,
            step,
            ids=["s0", "s1", "s2"],
            metrics={"score": scores},
            writer=tmp_path / "run",
        )

    scored(1, 0.1, 0.2, 0.3)
    board = open_board(tmp_path, "&p.pairs.sort=worst:score")
    board.until(lambda: board.samples == ["s0", "s1", "s2"], "worst first")
    scored(2, 0.9, 0.2, 0.1)
    reload(board)
    board.expect_step(2)
    board.frame.get_by_text("as of step 1").wait_for()
    assert board.samples == ["s0", "s1", "s2"]
    board.frame.get_by_role("button", name="sort here").click()
    board.until(lambda: board.samples == ["s2", "s1", "s0"], "the new order")
