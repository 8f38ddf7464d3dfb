# SPDX-License-Identifier: Apache-2.0
"""Fixtures: one Chromium for all tests, a page of its own for each."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api

from tests import servers
from tests.browser import chromium
from tests.browser.board import PATIENCE_SECONDS, Board
from tests.browser.contexts import new_context
from tests.browser.lasting_page import LastingPage

sync_api.expect.set_options(timeout=1000 * PATIENCE_SECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tries a test of a browser again where `PAIRS_RERUNS` says how often; pytest lists each.

    What is run here consists of programs that are not ours, and any of them may fail for once: in
    continuous integration that must not hide what the other tests say.
    """
    reruns = int(os.environ.get("PAIRS_RERUNS", "0"))
    if reruns:
        folder = Path(__file__).parent
        for item in items:
            if folder in item.path.parents:
                item.add_marker(pytest.mark.flaky(reruns=reruns))


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
    """A fresh profile for one test."""
    context = new_context(browser)
    yield context
    context.close()


@pytest.fixture(scope="module")
def server(logdir: Path) -> Iterator[servers.Server]:
    """A TensorBoard for all tests of a module, on the module's own fixture `logdir`."""
    with servers.tensorboard(logdir, load_fast=True) as server:
        yield server


@pytest.fixture(scope="session")
def page_of_modules(browser: sync_api.Browser) -> Iterator[LastingPage]:
    """The page that the tests of one module after another share."""
    page = LastingPage(browser)
    yield page
    page.close()


@pytest.fixture(scope="session")
def page_of_tests(browser: sync_api.Browser) -> Iterator[LastingPage]:
    """The page that one test after another has for itself."""
    page = LastingPage(browser)
    yield page
    page.close()


@pytest.fixture(scope="module")
def module_board(page_of_modules: LastingPage, server: servers.Server) -> Iterator[Board]:
    """The one page of a module; tests ask for `board`."""
    with page_of_modules.fresh() as page:
        yield page.open(server)


@pytest.fixture
def own_page(page_of_tests: LastingPage) -> Iterator[LastingPage]:
    """A page and a profile of the test's own."""
    with page_of_tests.fresh() as page:
        yield page


@pytest.fixture
def board(module_board: Board) -> Iterator[Board]:
    """The module's page in its first view.

    Loading TensorBoard's page takes seconds, so the tests of a module share one. The test fails if
    the page wrote an error to the console or asked another host.
    """
    module_board.reset()
    yield module_board
    module_board.check_console()


@pytest.fixture
def open_page(own_page: LastingPage, server: servers.Server) -> Iterator[Callable[..., Board]]:
    """Opens the module's TensorBoard in a page and a profile of the test's own."""
    boards: list[Board] = []

    def start(link: str = "") -> Board:
        boards.append(own_page.open(server, link))
        return boards[-1]

    yield start
    for board in boards:
        board.check_console()


@pytest.fixture
def open_board(
    tensorboard: Callable[..., servers.Server], own_page: LastingPage
) -> Iterator[Callable[..., Board]]:
    """Opens the Pairs tab on a log directory: `open_board(logdir, link="")`.

    At the end the test fails if the page wrote an error to the console or asked another host.
    """
    boards: list[Board] = []

    def start(logdir: Path, link: str = "", **options: Any) -> Board:
        options.setdefault("load_fast", True)
        boards.append(own_page.open(tensorboard(logdir, **options), link))
        return boards[-1]

    yield start
    for board in boards:
        board.check_console()
