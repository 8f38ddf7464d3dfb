# SPDX-License-Identifier: Apache-2.0
"""What the page loads and asks for until it shows its first pictures, and right after."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, link_of
from tests.browser.logs import photo

RUNS = [f"run-{number:02}" for number in range(22)]
# So many are on until someone chooses.
SHOWN = RUNS[:20]
IDS = ("a", "b", "c")


def shade(run: int, step: int) -> np.ndarray:
    """The prediction of all samples of a run at a step."""
    return np.full((8, 8, 3), 8 * run + step, np.uint8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("first")
    truth = np.stack([photo(seed, 8, 8) for seed in range(len(IDS))])
    for number, run in enumerate(RUNS):
        # Each run ends at a step of its own.
        for step in (0, 10, 20 + number):
            pairs.summary(
                "photos",
                truth,
                np.stack([shade(number, step)] * len(IDS)),
                step,
                ids=IDS,
                metrics={"score": [number / 10] * len(IDS)},
                writer=logdir / run,
            )
    return logdir


@pytest.fixture
def board(module_board: Board) -> Iterator[Board]:
    """The module's page as it was opened."""
    yield module_board
    module_board.check_console()


def cell(board: Board, sample: str, run: int) -> Locator:
    """The cell of the matrix that so many runs stand in."""
    row = board.frame.locator(f"pairs-matrix [data-sample={sample}]")
    return row.locator(f"pairs-pane[data-pane='run {RUNS[run]}']")


def test_the_page_is_one_file_besides_its_entry_and_its_workers(board: Board) -> None:
    board.expect_pixels(cell(board, "a", 0), shade(0, 20))
    names = {urlsplit(url).path.rpartition("/")[2] for url in board.requests}
    scripts = {re.sub(r"-[0-9a-f]{8}\.js$", ".js", name) for name in names if name.endswith(".js")}
    assert scripts == {"index.js", "page.js", "worker.js"}


def test_each_run_is_first_seen_at_its_last_step(board: Board) -> None:
    for number in (0, 1, 2):
        board.expect_pixels(cell(board, "a", number), shade(number, 20 + number))
    first = board.queries("frames")[0]
    assert first["at"] == [f"{20 + number}:{run}" for number, run in enumerate(SHOWN)]
    assert first["sample"] == ["a", "b"]


def test_a_link_is_followed_from_the_first_picture_on(
    open_page: Callable[..., Board],
) -> None:
    board = open_page(link_of(step=10, runs="run-01,run-05"))
    for number in (1, 5):
        board.expect_pixels(board.pane("b", f"run-{number:02}"), shade(number, 10))
    assert board.queries("frames")[0]["at"] == ["10:run-01", "10:run-05"]
    assert board.queries("series")[0]["run"] == ["run-01", "run-05"]


def test_runs_that_are_off_come_after_the_first_pictures(board: Board) -> None:
    row = board.frame.locator("pairs-run-list .row", has_text="run-21")
    expect(row.locator(".value")).to_have_text(re.compile(r"\d"))
    order = [urlsplit(url) for url in board.requests]
    series = [url for url in order if url.path.endswith("/pairs/series")]
    frames = [url for url in order if url.path.endswith("/pairs/frames")]
    assert [parse_qs(url.query).get("run") for url in series] == [SHOWN, None]
    assert order.index(frames[0]) < order.index(series[1])
