# SPDX-License-Identifier: Apache-2.0
"""Means of runs say of how many samples they are, where these are not the same everywhere."""

import json
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, still_box
from tests.browser.logs import photo
from tests.browser.recomputing import Log, View
from tests.browser.scoped_numbers import agrees, read

# Samples 0 to 5 have these scores in every run: what differs is only who logged which of them.
SCORES = np.array([0.95, 0.85, 0.75, 0.5, 0.25, 0.15])
LOGGED = {"full": [0, 1, 2, 3, 4, 5], "skipped": [0, 1, 2], "worst": [4, 5], "wrong": [1, 2, 3]}
# Of the same samples, and yet not all measured.
FAILING = {"fails": [0.5, None, np.nan, np.inf], "honest": [0.5, 0.25, 0.5, 0.25]}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("averaged")

    def write(tag: str, run: str, samples: list[int], scores: object, step: int) -> None:
        pictures = np.stack([photo(one) for one in samples])
        ids = [f"s{one}" for one in samples]
        pairs.summary(
            tag, pictures, pictures, step, ids=ids, metrics={"score": scores}, writer=logdir / run
        )

    for step in (0, 10):
        for run, samples in LOGGED.items():
            write("some", run, samples, SCORES[samples], step)
            write("same", run, [0, 1], SCORES[:2], step)
        for run, scores in FAILING.items():
            write("failing", run, [0, 1, 2, 3], scores, step)
    return logdir


def show(board: Board, tag: str, runs: list[str]) -> None:
    board.go(tags=f"^{tag}$", runs=",".join(runs), sort="dataset:score", layouts=f"{tag},matrix,M")


def test_means_over_other_samples_say_so(board: Board) -> None:
    show(board, "some", list(LOGGED))
    wanted = {"full": "0.575", "skipped": "0.85 of 3", "worst": "0.2 of 2", "wrong": "0.7 of 3"}
    values = board.frame.locator("pairs-run-list .value")
    expect(values).to_have_text(list(wanted.values()))
    expect(values.first).to_have_attribute(
        "title",
        "score, mean of some at step 10, of 6 samples; not all others here are of the same samples",
    )
    expect(values.nth(2)).to_have_attribute(
        "title", "score, mean of some at step 10, of 2 samples; others here are of 6"
    )
    heads = board.frame.locator("pairs-matrix-head .mean")
    expect(heads).to_have_text(list(wanted.values()))
    expect(heads.nth(2)).to_have_attribute(
        "title", "Mean score at step 10, of 2 samples; others here are of 6"
    )
    expect(board.slider.locator(".caption")).to_have_text("score in some, over different samples")
    box = still_box(board.slider)
    board.page.mouse.move(box["x"] + box["width"] - 8, box["y"] + 45)
    tip = board.slider.locator(".tip .value")
    expect(tip).to_have_text([f"{run}{text}" for run, text in wanted.items()])


def test_means_over_as_many_other_samples_say_so(board: Board) -> None:
    show(board, "some", ["skipped", "wrong"])
    heads = board.frame.locator("pairs-matrix-head .mean")
    expect(heads).to_have_text(["0.85", "0.7 of other 3"])


def test_a_mean_without_what_was_not_measured_says_so(board: Board, logdir: Path) -> None:
    show(board, "failing", list(FAILING))
    heads = board.frame.locator("pairs-matrix-head .mean")
    expect(heads).to_have_text(["0.5 of 1 of 4", "0.375"])
    expect(heads.first).to_have_attribute(
        "title",
        "Mean score at step 10, of 1 of 4 samples, as the others were not measured or are infinite"
        "; others here are of 4",
    )
    log, view = Log(logdir), View("failing", tuple(FAILING), tuple(f"s{one}" for one in range(4)))
    numbers = [
        (one.text, scope)
        for one in read(board.frame)[0]
        for scope in [json.loads(one.scope)]
        if scope["what"] == "mean" or scope.get("noun") in ("samples", "logged samples")
    ]
    assert {scope.get("noun") for _, scope in numbers} >= {None, "samples", "logged samples"}
    for text, scope in numbers:
        assert agrees(text, log.expected(scope, view), scope["what"]), (text, scope)


def test_means_over_the_same_samples_need_no_word(board: Board) -> None:
    show(board, "same", list(LOGGED))
    heads = board.frame.locator("pairs-matrix-head .mean")
    expect(heads).to_have_text(["0.9"] * 4)
    expect(heads.first).to_have_attribute("title", "Mean score at step 10, of 2 samples")
    expect(board.slider.locator(".caption")).to_have_text("score in same")
