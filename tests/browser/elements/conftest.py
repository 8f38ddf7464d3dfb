# SPDX-License-Identifier: Apache-2.0
"""Elements on a page without TensorBoard: one page, which each test puts its element on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.modules import bundler_exists, open_module


@pytest.fixture(scope="session")
def elements_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """An empty page that has `elements`, the module `frontend/test/elements.page.ts`."""
    if not bundler_exists():
        pytest.skip("run npm ci in frontend/ first")
    page = open_module(browser, "elements", tmp_path_factory.mktemp("elements"))
    yield page
    page.context.close()


@pytest.fixture
def page(elements_page: Page) -> Iterator[Page]:
    """The page with its pointer in the lower right corner; the test fails if an error is thrown."""
    errors: list[Error] = []

    def note(error: Error) -> None:
        errors.append(error)

    elements_page.on("pageerror", note)
    elements_page.mouse.move(1439, 899)
    yield elements_page
    elements_page.remove_listener("pageerror", note)
    assert errors == []
