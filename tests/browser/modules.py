# SPDX-License-Identifier: Apache-2.0
"""Parts of the page without TensorBoard: a module of `frontend/test/`, in an empty page."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.contexts import new_context

_FRONTEND = Path(__file__).parents[2] / "frontend"
_BUNDLER = _FRONTEND / "node_modules" / ".bin" / "rolldown"

# Has an origin, unlike an empty page, so that it may keep something and load pictures.
_ADDRESS = "http://pairs.test/"


def bundler_exists() -> bool:
    """Whether the packages of the frontend are installed."""
    return _BUNDLER.exists()


needs_bundler = pytest.mark.skipif(not bundler_exists(), reason="run npm ci in frontend/ first")


def open_module(browser: Browser, name: str, folder: Path) -> Page:
    """Opens an empty page whose global `name` is the module `frontend/test/NAME.page.ts`.

    Args:
        browser: Where to open it; the caller closes its context.
        name: The module, without its ending.
        folder: Where its bundle is written.
    """
    script = folder / f"{name}.js"
    source = ["--config", "test/page.config.mjs", "--input", f"test/{name}.page.ts"]
    options = ["--format", "iife", "--name", name, "--file", str(script), "--no-codeSplitting"]
    subprocess.run(
        [_BUNDLER, *source, *options],
        cwd=_FRONTEND,
        check=True,
        capture_output=True,
    )
    page = new_context(browser).new_page()
    page.route(
        f"{_ADDRESS}**",
        lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"),
    )
    page.goto(_ADDRESS)
    page.add_script_tag(path=script)
    return page
