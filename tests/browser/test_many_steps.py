# SPDX-License-Identifier: Apache-2.0
"""As many steps as TensorBoard keeps, and what is said of those it does not."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, link_of


def write_steps(logdir: Path, count: int) -> None:
    """Writes `count` records from step 0 on, each of which shows its step's number as a colour."""
    for step in range(count):
        picture = np.full((1, 2, 2, 3), (step % 256, step // 256, 7), np.uint8)
        pairs.summary("steps", picture * 0, picture, step, ids=["s"], writer=logdir / "run")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("many")
    write_steps(logdir, 300)
    return logdir


def test_300_logged_steps_can_all_be_selected(board: Board) -> None:
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
    said = "Copied --samples_per_plugin=pairs=0: start TensorBoard with it"
    board.frame.get_by_text(said).first.wait_for()
    copied = board.page.evaluate("navigator.clipboard.readText()")
    assert copied == "--samples_per_plugin=pairs=0"


def test_the_film_strip_holds_every_step_and_always_the_one_shown(board: Board) -> None:
    board.go(open="steps,s")
    frames = board.frame.locator("pairs-film-strip .frame")
    current = board.frame.locator("pairs-film-strip button[aria-current=step]")
    for step in (299, 0, 137, 138):
        board.step_field.fill(str(step))
        board.step_field.press("Enter")
        board.expect_step(step)
        expect(current).to_have_count(1)
        expect(current.locator(".text span").first).to_have_text(str(step))
        expect(current).to_be_in_viewport(ratio=0.9)
    # Only what is near is drawn, and what was not seen yet is a scroll away.
    assert frames.count() < 60
    board.frame.locator("pairs-film-strip .strip").evaluate("strip => { strip.scrollLeft = 0; }")
    first = board.frame.get_by_role("button", name="Step 0 ")
    expect(first).to_be_in_viewport()
    board.expect_step(138)
    first.click()
    board.expect_step(0)
    expect(current).to_have_count(1)


# Of the texts in an element, and of what that is in, read at one moment.
_PLACES = """element => {
  const place = (one) => one.getBoundingClientRect().toJSON();
  const around = element.parentElement ?? element.getRootNode().host;
  return [[...element.querySelectorAll('span')].map(place), place(around)];
}"""


def test_steps_of_twelve_digits_do_not_overprint(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    for step in (100_000_000_000, 123_456_789_012, 999_999_999_999):
        picture = np.full((1, 8, 2, 3), 5, np.uint8)
        metrics = {"score": [-1.23e-7]}
        pairs.summary("wide", picture, picture, step, ids=["s"], metrics=metrics,
                      writer=tmp_path / "run")  # fmt: skip
    link = link_of(open="wide,s", details=1, sort="dataset:score")
    board = open_board(tmp_path, link)
    texts = board.frame.locator("pairs-film-strip .text")
    expect(texts.locator("span")).to_have_count(3 * 2)
    for text in texts.all():
        (step, score), frame = text.evaluate(_PLACES)
        assert step["right"] <= score["left"]
        assert score["right"] <= frame["right"]
    ends = board.frame.locator("pairs-sample-curve .ends")
    expect(ends.locator("span")).not_to_have_count(0)
    for one, other in itertools.pairwise(ends.evaluate(_PLACES)[0]):
        assert one["right"] <= other["left"] or one["top"] != other["top"]
    assert board.step_field.evaluate("field => field.scrollWidth <= field.clientWidth")
