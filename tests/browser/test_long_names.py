# SPDX-License-Identifier: Apache-2.0
"""Sixty runs with long names: no request is longer than proxies take."""

from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import photo

# nginx takes 8 KiB of request line unless told otherwise.
MOST_CHARACTERS = 8000
# Each is written as some 300 characters in an address.
RUNS = [f"学習率{'を変えた実験' * 5}-{number:02}" for number in range(60)]


def shade(run: int) -> np.ndarray:
    """The prediction of a run."""
    return np.full((8, 8, 3), 4 * run, np.uint8)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("long")
    for number, run in enumerate(RUNS):
        pairs.summary(
            "v", photo(1, 8, 8)[None], shade(number)[None], 1, ids=["s"], writer=logdir / run
        )
    return logdir


def test_all_runs_are_shown_and_no_request_is_too_long(board: Board) -> None:
    # Of so many, a matrix makes the panes in sight only.
    board.go(layouts="v,cards,")
    board.press("a")
    board.until(lambda: board.frame.locator("pairs-pane").count() > 60, "a pane for each run")
    for number in (0, 30, 59):
        board.expect_pixels(board.pane("s", RUNS[number]), shade(number))
    lines = [urlsplit(url) for url in board.requests]
    assert max(len(f"GET {url.path}?{url.query} HTTP/1.1") for url in lines) < MOST_CHARACTERS
    assert any(url.path.endswith("/frames") for url in lines)
