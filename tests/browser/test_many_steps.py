# SPDX-License-Identifier: Apache-2.0
"""As many steps as TensorBoard keeps, and what is said of those it does not."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

import tb_pairs_plugin as pairs
from tests.browser.board import Board


def write_steps(logdir: Path, count: int) -> None:
    """Writes `count` records from step 0 on, each of which shows its step's number as a colour."""
    for step in range(count):
        picture = np.full((1, 2, 2, 3), (step % 256, step // 256, 7), np.uint8)
        pairs.summary("steps", picture * 0, picture, step, ids=["s"], writer=logdir / "run")


def test_300_logged_steps_can_all_be_selected(
    tmp_path: Path, open_board: Callable[..., Board], load_fast: bool
) -> None:
    write_steps(tmp_path, 300)
    board = open_board(tmp_path, load_fast=load_fast)
    board.until(lambda: board.slider.get_attribute("aria-valuemax") == "299", "300 steps")
    pane = board.pane("s", "run")
    for step in (299, 0, 137, 255, 256):
        board.step_field.fill(str(step))
        board.step_field.press("Enter")
        board.expect_step(step)
        board.expect_pixels(pane, np.full((2, 2, 3), (step % 256, step // 256, 7)))
    board.focus()
    board.press("End", *["ArrowLeft"] * 298)
    board.expect_step(1)
    board.press("ArrowLeft")
    board.expect_step(0)
    assert board.frame.get_by_text("kept", exact=False).count() == 0


def test_steps_that_were_not_kept_are_told_with_the_flag_that_keeps_them(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    write_steps(tmp_path, 30)
    board = open_board(tmp_path, flags=("--samples_per_plugin=pairs=5",))
    board.frame.get_by_role("button", name="5 of 30 kept").click()
    note = board.frame.get_by_role("dialog", name="Steps that were not kept")
    note.wait_for()
    note.get_by_role("button", name="Copy").click()
    board.frame.get_by_text("The flag is on the clipboard").first.wait_for()
    copied = board.page.evaluate("navigator.clipboard.readText()")
    assert copied == "--samples_per_plugin=pairs=0"
