# SPDX-License-Identifier: Apache-2.0
"""Pages in Chromium to measure: started without a GPU, with `probe.js` in every frame.

They need playwright, and a Chromium in `PAIRS_CHROMIUM` or on the path.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import time
from collections.abc import Iterator
from typing import Any

_PROBE = pathlib.Path(__file__).with_name("probe.js")
# Of the pictures of a tag Images shows twelve, unless its settings say otherwise.
_ALL_ON_ONE_PAGE = """
localStorage.setItem("_tb_global_settings", JSON.stringify({paginationSize: 1000}));
"""
_LARGE_WINDOW = {"width": 1920, "height": 1200}
_WINDOW = {"width": 1440, "height": 900}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # Without a GPU the page is drawn by the CPU; Debian's Chromium would have it emulate one.
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def ask(frame: Any, expression: str) -> Any:
    """Returns what an expression of `probe.js` gives.

    Raises:
        RuntimeError: if that is null.
    """
    answer = frame.evaluate(f"probe.{expression}")
    if answer is None:
        raise RuntimeError(f"the page gave no answer to {expression}")
    return answer


def find_frame(page: Any, tab: str) -> Any:
    """Returns the frame of a plugin, as soon as there is one; Images has none of its own."""
    if tab == "images":
        return page.main_frame
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for frame in page.frames:
            if f"name={tab}" in frame.url or f"plugin/{tab}/" in frame.url:
                return frame
            if frame is not page.main_frame and _is_of(frame, tab):
                return frame
        page.wait_for_timeout(5)
    raise RuntimeError(f"TensorBoard shows no frame of {tab!r}")


def _is_of(frame: Any, tab: str) -> bool:
    with contextlib.suppress(Exception):
        return bool(frame.evaluate("document.baseURI").endswith(f"plugin/{tab}/"))
    return False


@contextlib.contextmanager
def slowed(page: Any, rate: float) -> Iterator[float]:
    """Lets the threads of pages run at a fraction of their speed, as a slower machine would.

    Workers, the browser's other processes and the server keep theirs.

    Yields:
        how many times as long a fixed piece of work takes.
    """
    session = page.context.new_cdp_session(page)
    usual = ask(page.main_frame, "work()")
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    try:
        yield ask(page.main_frame, "work()") / usual
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.detach()


@contextlib.contextmanager
def open_page(chromium: Any) -> Iterator[Any]:
    """Yields an empty page with nothing cached."""
    context = chromium.new_context(viewport=_WINDOW)
    try:
        context.add_init_script(path=_PROBE)
        yield context.new_page()
    finally:
        context.close()


@contextlib.contextmanager
def open_large_page(chromium: Any) -> Iterator[Any]:
    """The same in a window of 1920 x 1200, where Images shows all pictures of a tag."""
    context = chromium.new_context(viewport=_LARGE_WINDOW)
    try:
        context.add_init_script(path=_PROBE)
        context.add_init_script(_ALL_ON_ONE_PAGE)
        yield context.new_page()
    finally:
        context.close()


def find_chromium() -> str | None:
    """Returns the path of the browser to start."""
    found = map(shutil.which, ("chromium-headless-shell", "chromium"))
    return os.environ.get("PAIRS_CHROMIUM") or next(filter(None, found), None)


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """Yields a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()
