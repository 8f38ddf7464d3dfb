# SPDX-License-Identifier: Apache-2.0
"""The numbers on the page: one format everywhere, and what each is said to be of."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import photo

MINUS = "\u2212"
# By sample: what was logged, and how it is written.
WRITTEN = {
    "tiny": (3e-31, f"3e{MINUS}31"),
    "small": (0.0041, "0.0041"),
    "near": (0.995, "0.995"),
    "imperfect": (0.999999, "0.999999"),
    "negative": (-0.5, f"{MINUS}0.5"),
    "zero": (-0.0, "0"),
    "large": (1234.5, "1235"),
    "huge": (3.27e299, "3.27e299"),
    "infinite": (float("inf"), "∞"),
}
RUNS = {"unet": (0.25, 8000), "segformer-b5": (0.5, 8000), "late": (0.75, 7000)}
LONG = "experiment/2026-11/segformer-b5/augmented/learning_rate_0.001/seed_"


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("numbers")
    one = photo(1)[None]
    for name, (value, _) in WRITTEN.items():
        for step in (1, 2):
            metrics = {"score": np.array([value]), "mine": np.array([np.nan])}
            pairs.summary(
                f"each/{name}",
                one,
                one,
                step,
                ids=[name],
                metrics=metrics,
                writer=logdir / "solo",
            )
    for run, (value, step) in RUNS.items():
        pairs.summary(
            "lead", one, one, step, ids=["l"], metrics={"score": [value]}, writer=logdir / run
        )
    for run, ids in {"unet": ["g", "h"], "late": ["g"]}.items():
        pictures = np.repeat(one, len(ids), axis=0)
        scores = {"score": [0.5] * len(ids)}
        pairs.summary(
            "gaps", pictures, pictures, 8000, ids=ids, metrics=scores, writer=logdir / run
        )
    for value, step in ((0.81, 8000), (0.5, 9000)):
        pairs.summary(
            "change", one, one, step, ids=["c"], metrics={"score": [value]}, writer=logdir / "solo"
        )
    with pytest.warns(pairs.PairsWarning, match="pairs measures no mae or psnr of 'sizes'"):
        pairs.summary(
            "sizes", photo(1, 64, 64)[None], photo(2, 128, 96)[None], 1, ids=["p"],
            writer=logdir / "solo",
        )  # fmt: skip
    for seed in "12":
        pairs.summary("names", one, one, 1, ids=["n"], writer=logdir / (LONG + seed))
    return logdir


@pytest.mark.parametrize("name", WRITTEN)
def test_a_number_reads_the_same_wherever_it_stands(board: Board, name: str) -> None:
    _, text = WRITTEN[name]
    board.go(tags=f"^each/{name}$", runs="solo", sort="dataset:score")
    expect(board.pane(name, "solo").locator(".chip")).to_have_text(text)
    run = board.frame.locator("pairs-run-list .row").filter(has_text="solo")
    expect(run.locator(".value")).to_have_text(text)
    board.card(name).get_by_role("button", name="Open full view").click()
    full = board.frame.locator("pairs-full-view")
    board.press("Shift+I")
    row = full.get_by_role("row").filter(has_text="score")
    expect(row.locator("td")).to_have_text(text)
    frames = full.locator("pairs-film-strip .frame")
    expect(frames.first).to_contain_text(f"1 {text}")


def test_what_was_not_measured_says_why(board: Board) -> None:
    board.go(tags="^each/near$", runs="solo", sort="dataset:mine")
    chip = board.pane("near", "solo").locator(".chip")
    expect(chip).to_have_text("not measured")
    expect(chip).to_have_attribute(
        "title", "mine was not measured: the value that was logged is NaN"
    )
    board.go(tags="^sizes$", runs="solo")
    chip = board.pane("p", "solo").locator(".chip")
    expect(chip).to_have_text("not measured")
    why = "MAE was not measured: the ground truth is 64 × 64, the prediction 96 × 128"
    expect(chip).to_have_attribute("title", why)


def test_a_record_without_the_sample_is_not_said_to_have_measured_nothing(board: Board) -> None:
    board.go(tags="^gaps$", runs="unet,late", sort="dataset:score", open="gaps,h", details=1)
    full = board.frame.locator("pairs-full-view")
    lacking = full.locator("pairs-pane").filter(has_text="late")
    expect(lacking).to_contain_text("late has no sample h at step 8000")
    expect(lacking.locator(".chip")).to_have_count(0)
    cells = full.get_by_role("row").filter(has_text="score").locator("td")
    expect(cells).to_have_text(["0.5", "not logged"])
    expect(cells.nth(1)).to_have_attribute("title", "late has no sample h at step 8000")


def test_metrics_of_the_full_view_say_which_step_they_are_of(board: Board) -> None:
    board.go(
        tags="^lead$", runs="unet,late", sort="dataset:score", step=8000, open="lead,l", details=1
    )
    full = board.frame.locator("pairs-full-view")
    cells = full.get_by_role("row").filter(has_text="score").locator("td")
    expect(cells).to_have_text(["0.25", "0.75 at 7000"])


def test_a_lead_names_its_winner(board: Board) -> None:
    board.go(tags="^lead$", runs="unet,segformer-b5", sort="dataset:score")
    note = board.card("l").locator(".chip.note")
    expect(note).to_have_text("score segformer-b5 leads by 0.25")
    expect(note).to_have_attribute(
        "title", "score: segformer-b5 0.5 at step 8000, unet 0.25 at step 8000"
    )


def test_a_lead_over_a_run_at_another_step_says_so(board: Board) -> None:
    board.go(tags="^lead$", runs="unet,segformer-b5,late", sort="dataset:score")
    note = board.card("l").locator(".chip.note")
    expect(note).to_contain_text("leads by 0.25, steps differ")
    expect(note).to_have_attribute(
        "title",
        "score: late 0.75 at step 7000, segformer-b5 0.5 at step 8000, unet 0.25 at step 8000",
    )


def test_one_run_has_no_lead_but_a_change_since_a_named_step(board: Board) -> None:
    board.go(tags="^lead$", runs="unet", sort="dataset:score")
    expect(board.card("l")).to_have_count(1)
    expect(board.card("l").locator(".chip.note")).to_have_count(0)
    board.go(tags="^change$", runs="solo", sort="dataset:score")
    expect(board.card("c").locator(".chip.note")).to_have_text(f"score {MINUS}0.31 since 8000")


_SHOWS_ITS_END = """name => {
  const end = name.shadowRoot.querySelector('.tail').getBoundingClientRect();
  return end.width >= 40 && end.right <= name.getBoundingClientRect().right + 0.5;
}"""


def test_names_that_differ_at_their_end_can_be_told_apart(board: Board) -> None:
    board.go(tags="^names$", runs=f"{LONG}1,{LONG}2".replace("/", "%2F"))
    for place in ("pairs-run-list .row", "pairs-pane .caption"):
        for seed in "12":
            name = board.frame.locator(f"{place} pairs-name[title='{LONG}{seed}']")
            name.wait_for()
            tail = name.locator(".tail")
            expect(tail).to_have_text(re.compile(f"seed_{seed}$"))
            board.until(lambda name=name: name.evaluate(_SHOWS_ITS_END), "the end of a name")
