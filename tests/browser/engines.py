# SPDX-License-Identifier: Apache-2.0
"""The Pairs tab in Chromium, Firefox and WebKit alike: what is on the page, and where."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from playwright.sync_api import Browser

from tests.browser import webdriver
from tests.browser.board import PATIENCE_SECONDS, link_of
from tests.browser.contexts import new_context
from tests.servers import Server

ENGINES = ("chromium", "firefox", "webkit")
_FRAME = "iframe[src*='name=pairs']"
_MINI_BROWSERS = ("/usr/lib/*/webkit2gtk-4*/MiniBrowser", "/usr/libexec/webkit2gtk-4*/MiniBrowser")

# Elements whose boxes are compared.
PLACED = (
    "pairs-rail",
    "pairs-rail .pin",
    "pairs-time-bar",
    "pairs-timeline",
    "pairs-tag-section",
    "pairs-card",
    "pairs-pane",
    "pairs-pane .stage",
    "pairs-full-view",
    "pairs-film-strip",
    "pairs-thumbnail",
)

_IS_THERE = "(page) => page.document.querySelector('pairs-app') !== null"
_FOCUS = "(page) => page.frameElement.focus()"
_FRAME_PLACE = """(page) => {
  const {x, y} = page.frameElement.getBoundingClientRect();
  return [x, y];
}"""
_FOLLOW = "(page, link) => { page.parent.location.hash = link; }"
_LOOK = """(page, selectors, width, height) => {
  const inside = (root) => [...root.querySelectorAll('*')].flatMap(
    (element) => [element, ...(element.shadowRoot ? inside(element.shadowRoot) : [])]);
  const hosts = (element) => {
    const host = element.getRootNode().host;
    return host ? [host, ...hosts(host)] : [];
  };
  // What lies under the full view is as it was before that was opened.
  const elements = inside(page.document).filter((element) =>
    ![element, ...hosts(element)].some((other) => other.closest('[inert]')));
  const matches = (element, selector) => {
    const [own, host] = selector.split(' ').reverse();
    return element.matches(own) && (!host || hosts(element).some((other) => other.matches(host)));
  };
  const box = (element) => {
    const {x, y, width, height} = element.getBoundingClientRect();
    return [x, y, width, height];
  };
  const inSight = ([, y, , height]) => height > 0 && y + height > 0 && y < page.innerHeight;
  const boxes = {};
  for (const selector of selectors)
    boxes[selector] = elements.filter((element) =>
      matches(element, selector) && element.checkVisibility({opacityProperty: true}))
      .map(box).filter(inSight);
  const centers = (canvas) => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const scale = Math.min(canvas.width / width, canvas.height / height);
    const left = (canvas.width - width * scale) / 2;
    const top = (canvas.height - height * scale) / 2;
    const out = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const column = Math.floor(left + (x + 0.5) * scale);
        const row = Math.floor(top + (y + 0.5) * scale);
        out.push([...data.subarray(4 * (row * canvas.width + column)).subarray(0, 4)]);
      }
    return out;
  };
  const panes = elements
    .filter((element) => element.matches('pairs-pane') && inSight(box(element)))
    .map((pane) => {
      const canvas = pane.shadowRoot.querySelector('.picture');
      return [pane.heading, canvas && canvas.width > 0 ? centers(canvas) : null];
    });
  const step = elements.find((element) => element.matches('input[aria-label="Step"]'));
  return {boxes, panes, step: step && step.value};
}"""


class Look(NamedTuple):
    """What is seen of the page."""

    boxes: dict[str, list[list[float]]]
    """By selector of `PLACED`: x, y, width and height of each element that is seen."""

    panes: list[list[Any]]
    """Heading of each pane in sight, and the RGBA at the centre of each pixel of its picture."""

    step: str | None
    """What the field of the step says."""


class Window(Protocol):
    """The one window of a browser; see `webdriver.Window`."""

    def open(self, url: str) -> None: ...

    def resize(self, width: int, height: int) -> None: ...

    def run(self, function: str, *arguments: Any) -> Any: ...

    def press(self, key: str) -> None: ...

    def click(self, x: float, y: float) -> None: ...


class Tab:
    """The Pairs tab of one TensorBoard in any browser."""

    def __init__(self, window: Window, server: Server) -> None:
        """Shows `server` in `window`."""
        self.window = window
        self._url = server.url
        self._views = 0

    def open(self, width: int = 1440, height: int = 900, **view: object) -> None:
        """Opens TensorBoard on the tab, as a pasted link does."""
        self.window.open("about:blank")
        self.window.resize(width, height)
        self.window.open(f"{self._url}{self._link(view)}")
        self.until(lambda: self._run(_IS_THERE), "the page")
        self._run(_FOCUS)

    def go(self, **view: object) -> None:
        """Shows another view: what is not named is as in the first view."""
        self._run(_FOLLOW, self._link(view))

    def _link(self, view: dict[str, object]) -> str:
        # A number makes the link another one, and one that is not empty: no view is remembered.
        self._views += 1
        return f"#pairs{link_of(**view)}&p.pairs.nth={self._views}"

    def look(self, height: int, width: int) -> Look:
        """Looks at the page, whose pictures are of `height` x `width` pixels."""
        return Look(**self._run(_LOOK, PLACED, width, height))

    def press(self, key: str) -> None:
        """Presses a key, named as in `KeyboardEvent.key`."""
        self._run(_FOCUS)
        self.window.press(key)

    def click(self, selector: str, along: float) -> None:
        """Clicks on the first element of `PLACED` that is seen, `along` of its width from left."""
        frame_x, frame_y = self._run(_FRAME_PLACE)
        x, y, width, height = self.look(1, 1).boxes[selector][0]
        self.window.click(frame_x + x + along * width, frame_y + y + height / 2)

    def until(self, holds: Callable[[], Any], what: str) -> Any:
        """Returns the first true value of `holds()`; fails when it takes too long."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            value = holds()
            if value:
                return value
            assert time.monotonic() < deadline, f"{what} did not come, last was {value!r}"
            time.sleep(0.05)

    def _run(self, function: str, *arguments: Any) -> Any:
        """Calls a function with the window of the tab's frame; None where that is not there yet."""
        return self.window.run(
            f"""(...given) => {{
              const page = document.querySelector("{_FRAME}")?.contentWindow;
              return page?.document ? ({function})(page, ...given) : null;
            }}""",
            *arguments,
        )


class _ChromiumWindow:
    def __init__(self, browser: Browser) -> None:
        self._page = new_context(browser).new_page()

    def open(self, url: str) -> None:
        self._page.goto(url)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def run(self, function: str, *arguments: Any) -> Any:
        return self._page.evaluate(f"(given) => ({function})(...given)", list(arguments))

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def click(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def close(self) -> None:
        self._page.context.close()


@contextlib.contextmanager
def window(engine: str, chromium: Browser, folder: Path) -> Iterator[Window]:
    """Runs a browser of `ENGINES`; skips the test where it is not installed, but not in CI."""
    if engine == "chromium":
        with contextlib.closing(_ChromiumWindow(chromium)) as opened:
            yield opened
    elif engine == "firefox":
        with webdriver.firefox(
            _need("Firefox", _first("firefox-esr", "firefox")), folder
        ) as opened:
            yield opened
    else:
        _need("Xvfb", _first("Xvfb"))
        driver = _need("WebKitGTK's driver", _first("WebKitWebDriver"))
        with webdriver.webkit(driver, _need("WebKitGTK's MiniBrowser", _mini_browser())) as opened:
            yield opened


def _first(*names: str) -> str | None:
    return next((path for path in map(shutil.which, names) if path), None)


def _mini_browser() -> str | None:
    found = [str(path) for pattern in _MINI_BROWSERS for path in Path("/").glob(pattern[1:])]
    return max(found, default=None)


def _need(what: str, path: str | None) -> str:
    if path is not None:
        return path
    message = f"no {what} here: see 'Running the tests' in CONTRIBUTING.md"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
