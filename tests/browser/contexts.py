# SPDX-License-Identifier: Apache-2.0
"""Profiles of the browser, in which every page waits as patiently as the tests do."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.browser.board import PATIENCE_SECONDS


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh profile, 1440 x 900, with a clipboard; `options` are of `Browser.new_context`."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(1000 * PATIENCE_SECONDS)
    return context
