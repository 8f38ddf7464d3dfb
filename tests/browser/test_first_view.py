# SPDX-License-Identifier: Apache-2.0
"""Many runs and tags: what is seen first, and what the numbers are said to be of."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, still_box
from tests.browser.logs import photo

# So many are on until someone chooses.
RUNS_A = [f"project_a/run{number:02}" for number in range(1, 21)]
RUNS_B = [f"project_b/run{number}" for number in (1, 2)]


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("first_view")

    def write(tag: str, run: str, steps: list[int], score: float) -> None:
        for step in steps:
            pairs.summary(
                tag,
                photo(1)[None],
                photo(2)[None],
                step,
                ids=["s"],
                metrics={"score": [score]},
                writer=logdir / run,
            )

    for number, run in enumerate(RUNS_A):
        write("tag_of_a", run, [0, 10] if number == 1 else [0, 10, 20, 30], 0.1 * (number + 1))
        if number <= 2:
            write("thin", run, list(range(12)), 0.25)
    # By name the tags of the runs that are off come first.
    for run in RUNS_B:
        write("a_tag_of_b", run, [1], 0.5)
        write("another_of_b", run, [1], 0.5)
    return logdir


def test_the_first_section_shows_pictures_and_says_which_runs_are_on(board: Board) -> None:
    sections = board.frame.locator("pairs-tag-section")
    expect(sections).to_have_count(2)
    expect(sections.first.locator("h2")).to_have_text("tag_of_a")
    expect(sections.first.locator("pairs-pane canvas").first).to_be_in_viewport()
    expect(board.frame.locator("pairs-run-list h2")).to_contain_text("20 of 22 shown")
    absent = board.frame.locator("details.absent")
    expect(absent.locator("summary")).to_contain_text("2 tags without a run that is on")
    expect(absent.locator("li")).to_have_text(["a_tag_of_b", "another_of_b"])
    absent.get_by_role("button", name="Show all runs").click()
    expect(sections).to_have_count(4)
    expect(absent).to_have_count(0)


def test_a_run_that_ended_says_so_beside_the_pointer(board: Board) -> None:
    board.go(tags="^tag_of_a$", runs=",".join(RUNS_A[:2]).replace("/", "%2F"), sort="dataset:score")
    box = still_box(board.slider)
    tip = board.slider.locator(".tip")
    board.page.mouse.move(box["x"] + box["width"] - 8, box["y"] + 45)
    expect(tip).to_contain_text("Step 30")
    expect(tip).to_contain_text("in tag_of_a")
    expect(tip.locator(".value")).to_have_text([f"{RUNS_A[0]}0.1", f"{RUNS_A[1]}ended at 10"])


def test_the_numbers_of_the_runs_say_of_which_tag_and_step_they_are(board: Board) -> None:
    runs = ",".join(RUNS_A[:2]).replace("/", "%2F")
    board.go(tags="^tag_of_a$", runs=runs, sort="dataset:score")
    rail = board.frame.locator("pairs-run-list")
    expect(rail.locator(".of")).to_have_text("score, mean of tag_of_a")
    values = rail.locator(".value")
    expect(values.nth(0)).to_have_text("0.1")
    expect(values.nth(0)).to_have_attribute(
        "title", "score, mean of tag_of_a at step 30, of 1 sample"
    )
    expect(values.nth(1)).to_have_text("0.2 at 10")
