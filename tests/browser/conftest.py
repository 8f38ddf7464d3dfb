# SPDX-License-Identifier: Apache-2.0
"""Fixtures: one Chromium for all tests, a page of its own for each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api

from tests import servers
from tests.browser import chromium
from tests.browser.board import Board


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    """A Chromium that all browser tests share."""
    path = chromium.find()
    if path is None:
        pytest.fail("no Chromium found: see 'Running the tests' in CONTRIBUTING.md")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: sync_api.Browser) -> Iterator[sync_api.BrowserContext]:
    """A fresh profile, 1440 x 900, with a clipboard."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def open_board(
    context: sync_api.BrowserContext, tensorboard: Callable[..., servers.Server]
) -> Iterator[Callable[..., Board]]:
    """Opens the Pairs tab on a log directory: `open_board(logdir, link="")`.

    At the end the test fails if the page wrote an error to the console or asked another host.
    """
    boards: list[Board] = []

    def start(logdir: Path, link: str = "", **options: Any) -> Board:
        options.setdefault("load_fast", True)
        server = tensorboard(logdir, **options)
        board = Board(context.new_page(), server)
        boards.append(board)
        board.open(link)
        return board

    yield start
    for board in boards:
        board.check_console()
