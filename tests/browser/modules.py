# SPDX-License-Identifier: Apache-2.0
"""Parts of the page without TensorBoard: a module of `frontend/test/`, in an empty page."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.contexts import new_context

_FRONTEND = Path(__file__).parents[2] / "frontend"
_BUNDLER = _FRONTEND / "node_modules" / ".bin" / "rolldown"

needs_bundler = pytest.mark.skipif(not _BUNDLER.exists(), reason="run npm ci in frontend/ first")


def open_module(browser: Browser, name: str, folder: Path) -> Page:
    """Opens an empty page whose global `name` is the module `frontend/test/NAME.page.ts`.

    Args:
        browser: Where to open it; the caller closes its context.
        name: The module, without its ending.
        folder: Where its bundle is written.
    """
    script = folder / f"{name}.js"
    options = ["--format", "iife", "--name", name, "--file", str(script)]
    subprocess.run(
        [_BUNDLER, f"test/{name}.page.ts", "--tsconfig", "tsconfig.json", *options],
        cwd=_FRONTEND,
        check=True,
        capture_output=True,
    )
    page = new_context(browser).new_page()
    page.add_script_tag(path=script)
    return page
