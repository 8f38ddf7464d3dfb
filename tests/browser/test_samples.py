# SPDX-License-Identifier: Apache-2.0
"""Finding the sample that matters: sorting, filtering, following one, what changed."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import photo

IDS = ("s10", "s9", "s8", "s7")
CAPTIONS = ("night, rain", "day", "Day, fog", "dusk")
# By run and step, of each sample.
SCORES = {
    "a": {0: (0.5, 0.6, 0.7, 0.8), 100: (0.9, 0.1, 0.6, 0.5)},
    "b": {0: (0.5, 0.6, 0.7, 0.8), 100: (0.8, 0.2, 0.7, 0.9)},
}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("samples")
    truth = np.stack([photo(seed, 8, 8) for seed in range(4)])
    for run, steps in SCORES.items():
        for step, scores in steps.items():
            shown = truth.copy()
            if step == 100:
                # The ground truth of one sample is another one: shuffled data.
                shown[2] = photo(99, 8, 8)
            pairs.summary(
                "photos",
                shown,
                np.roll(truth, 1, axis=1),
                step,
                ids=IDS,
                captions=CAPTIONS,
                metrics={"score": scores, "loss": [1 - score for score in scores]},
                writer=logdir / run,
            )
    return logdir


def ranked(by: str, run: str = "a") -> list[str]:
    """Ids in the order that NumPy finds."""
    now, then = (np.array(SCORES[run][step]) for step in (100, 0))
    both = np.array([SCORES[name][100] for name in SCORES])
    keys = {
        "worst first": now,
        "best first": -now,
        "most regressed": now - then,
        "most improved": then - now,
        "runs differ most": -np.abs(both[0] - both[1]),
    }
    return [IDS[i] for i in np.argsort(keys[by], kind="stable")]


def sort(board: Board, label: str) -> None:
    board.frame.get_by_role("combobox", name="Sort").select_option(label=label)


@pytest.mark.parametrize("by", ["worst first", "best first", "most regressed", "most improved"])
def test_sorting_by_a_metric(board: Board, by: str) -> None:
    board.go(runs="a", sort="id:score")
    board.until(lambda: board.samples == ["s7", "s8", "s9", "s10"], "order of ids")
    sort(board, f"score, {by}")
    board.until(lambda: board.samples == ranked(by), by)


def test_sorting_by_the_difference_between_runs(board: Board) -> None:
    board.go(runs="a,b", sort="id:score")
    sort(board, "score, runs differ most")
    board.until(lambda: board.samples == ranked("runs differ most"), "the order")


def test_keys_sort_and_a_mark_says_since_when(board: Board) -> None:
    board.go(runs="a", sort="dataset:score", step=0)
    board.expect_step(0)
    board.press("m", "End", "d")
    board.until(lambda: board.samples == ranked("most regressed"), "most regressed")
    expect(board.frame.get_by_role("textbox", name="Compare with step")).to_have_value("0")
    board.press("w")
    board.until(lambda: board.samples == ranked("worst first"), "worst")
    board.press("Shift+W")
    board.until(lambda: board.samples == ranked("best first"), "best")


def test_sorted_samples_keep_their_places_while_the_step_moves(board: Board) -> None:
    board.go(runs="a", sort="worst:score")
    board.until(lambda: board.samples == ranked("worst first"), "worst")
    board.press("Home")
    board.expect_step(0)
    board.frame.get_by_text("as of step 100").wait_for()
    assert board.samples == ranked("worst first")
    board.press("s")
    board.until(lambda: board.samples == list(IDS), "the order at step 0")


@pytest.mark.parametrize(
    ("text", "found"), [("s1", ["s10"]), ("DAY", ["s9", "s8"]), ("fog", ["s8"])]
)
def test_filtering_by_id_and_by_caption(board: Board, text: str, found: list[str]) -> None:
    board.go(runs="a")
    board.card("s8").get_by_text("Day, fog").wait_for()
    board.frame.get_by_role("searchbox", name="Show").fill(text)
    board.until(lambda: board.samples == found, str(found))
    board.frame.get_by_text(f"{len(found)} of 4").first.wait_for()


def test_filtering_by_the_range_of_a_metric(board: Board) -> None:
    board.go(runs="a", sort="dataset:score")
    board.frame.get_by_role("button", name="Metric and range").click()
    low = board.frame.get_by_role("spinbutton", name="Lowest value shown")
    high = board.frame.get_by_role("spinbutton", name="Highest value shown")
    low.fill("0.5")
    low.press("Enter")
    board.until(lambda: board.samples == ["s10", "s8", "s7"], "at least 0.5")
    high.fill("0.6")
    high.press("Enter")
    board.until(lambda: board.samples == ["s8", "s7"], "0.5 to 0.6")


@pytest.mark.parametrize(
    ("runs", "text", "passing"),
    [
        ("a", "score<0.6", lambda score: score < 0.6),
        ("a", "Score >= 0.6", lambda score: score >= 0.6),
        ("a,b", "loss<=0.2", lambda score: 1 - score <= 0.2),
    ],
)
def test_filtering_by_a_metric_at_the_step_shown(
    board: Board, runs: str, text: str, passing: Callable[[float], bool]
) -> None:
    board.go(runs=runs)
    board.frame.get_by_role("searchbox", name="Show").fill(text)
    board.focus()
    for key, step in (("End", 100), ("Home", 0)):
        board.press(key)
        board.expect_step(step)
        scores = zip(*(SCORES[run][step] for run in runs.split(",")), strict=True)
        wanted = [
            one for one, of_runs in zip(IDS, scores, strict=True) if any(map(passing, of_runs))
        ]
        board.until(lambda wanted=wanted: board.samples == wanted, f"{text} at step {step}")


def test_what_a_filter_cannot_understand_is_said_and_left_out(board: Board) -> None:
    board.go(runs="a")
    field = board.frame.get_by_role("searchbox", name="Show")
    field.fill("scroe<0.6 day")
    board.frame.get_by_text("“scroe” is no metric or attribute here").wait_for()
    expect(field).to_have_attribute("aria-invalid", "true")
    board.until(lambda: board.samples == ["s9", "s8"], "the samples with the word")
    field.fill("score<0.6")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(field).to_have_attribute("title", re.compile("mae>=0.5: at the step shown, by any run"))


def test_a_filter_that_nothing_passes_offers_to_show_all(board: Board) -> None:
    board.go(runs="a", samples="nothing is called this;;;")
    board.frame.get_by_text("No sample passes the filter").wait_for()
    board.frame.get_by_role("button", name="Show all 4").click()
    board.until(lambda: len(board.samples) == 4, "all")


def test_a_ground_truth_that_changed_under_its_id_is_told(board: Board) -> None:
    board.go(runs="a")
    badge = board.pane("s8", "Ground truth").get_by_text("changed", exact=True)
    badge.wait_for()
    assert "ground truth of this sample changed" in (badge.get_attribute("title") or "")
    expect(board.pane("s9", "Ground truth").get_by_text("changed", exact=True)).to_have_count(0)
    board.go(runs="a", step=0)
    board.expect_step(0)
    expect(badge).to_have_count(0)


def test_following_one_sample_over_time(board: Board) -> None:
    board.go(runs="a", sort="dataset:score", samples="s9;;;")
    board.until(lambda: board.samples == ["s9"], "one sample")
    for key, step in (("Home", 0), ("End", 100)):
        board.press(key)
        board.expect_step(step)
        expect(board.pane("s9", "a")).to_contain_text(f"{SCORES['a'][step][1]:.3g}")


def test_the_difference_between_the_runs_is_in_the_header(board: Board) -> None:
    board.go(runs="a,b", sort="dataset:score")
    expect(board.card("s10").locator("header")).to_contain_text("a leads by 0.1")
    expect(board.card("s7").locator("header")).to_contain_text("b leads by 0.4")
