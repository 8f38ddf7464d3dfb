# SPDX-License-Identifier: Apache-2.0
"""The Pairs tab in Chromium, in a user's terms."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import numpy as np
from numpy.typing import ArrayLike, NDArray
from playwright.sync_api import (
    CDPSession,
    ConsoleMessage,
    Error,
    FloatRect,
    FrameLocator,
    Locator,
    Page,
    Request,
)

from tests.servers import Server

# Of a canvas, or of a thumbnail: what it shows may be a part of a canvas that others share.
_READ_CANVAS = """shown => {
  const inScreenPixels = (...lengths) => lengths.map((one) => Math.round(one * devicePixelRatio));
  const {shared, box} = shown;
  const canvas = shared?.canvas ?? shown.shadowRoot?.querySelector('canvas') ?? shown;
  const [x, y] = shared ? inScreenPixels(shared.x, shared.y) : [0, 0];
  const [width, height] = shared
    ? inScreenPixels(box.width, box.height)
    : [canvas.width, canvas.height];
  const pixels = canvas.getContext('2d').getImageData(x, y, width, height);
  let text = '';
  for (let i = 0; i < pixels.data.length; i += 32768)
    text += String.fromCharCode(...pixels.data.subarray(i, i + 32768));
  return [width, height, btoa(text)];
}"""

_WAIT_TILL_STILL = """element => new Promise((resolve, reject) => {
  const begin = performance.now();
  let last = '', frames = 0;
  const look = () => {
    const {x, y, width, height} = element.getBoundingClientRect();
    const box = [x, y, width, height].join();
    frames = box === last && width > 0 ? frames + 1 : 0;
    last = box;
    if (frames === 2) resolve();
    else if (performance.now() - begin > 60000) reject(new Error(`moves still: ${box}`));
    else requestAnimationFrame(look);
  };
  look();
})"""

_TWO_FRAMES = """() => new Promise(resolve =>
  requestAnimationFrame(() => requestAnimationFrame(() => resolve())))"""

# Beyond the scale of colours every other stripe has this colour.
STRIPE = (0, 229, 255)

# For `overlay=`: masks by themselves, also where there is an input.
PLAIN = "off,input,0.6"

# What a test waits for at most: a machine that does other things too is slow.
PATIENCE_SECONDS = 60.0


def link_of(**view: object) -> str:
    """What follows `#pairs` in the address of a view: `link_of(step=10, mode="swipe")`."""
    return "".join(f"&p.pairs.{key}={quote(str(value), safe='')}" for key, value in view.items())


def still_box(element: Locator) -> FloatRect:
    """Where an element is on the page, once it has stood still for two frames."""
    element.evaluate(_WAIT_TILL_STILL)
    box = element.bounding_box()
    assert box is not None
    return box


class Board:
    """The Pairs tab of one TensorBoard."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.requests: list[str] = []
        # Part of each view that `go` shows, unless it says otherwise.
        self.every_view: dict[str, object] = {}
        self._console_errors: list[str] = []
        self._views = 0
        self._on_the_way: set[Request] = set()
        self._sessions: list[CDPSession] = []
        for event, heed in self._heeded.items():
            page.on(event, heed)

    def open(self, link: str = "") -> None:
        """Opens TensorBoard on the Pairs tab; `link` is what follows `#pairs`."""
        self.page.goto(f"{self.server.url}#pairs{link}")
        self.frame.locator("pairs-app").wait_for()

    def reset(self) -> None:
        """Brings the page into its first view, whatever the test before left."""
        self._console_errors.clear()
        self._end_sessions()
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.mouse.move(0, 0)
        dialogs = self.frame.locator("dialog")
        if dialogs.count() > 0:
            self.page.keyboard.press("Escape")
            # The page hears of it a frame later, and until then takes no keys.
            self.until(lambda: dialogs.count() == 0, "no dialog")
        self.go()

    def go(self, **view: object) -> None:
        """Shows a view as a pasted link does: what is not named is as in the first view."""
        self._views += 1
        link = f"#pairs{link_of(**(self.every_view | view))}&p.pairs.nth={self._views}"
        self.page.evaluate("link => { location.hash = link; }", link)
        self.focus()

    def focus(self) -> None:
        """Gives the keyboard to the page, and to nothing in it."""
        self.frame.owner.focus()
        self.frame.locator("pairs-app").evaluate(
            """app => {
              let element = document.activeElement;
              while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
              element?.blur();
            }"""
        )

    def press(self, *keys: str) -> None:
        """Presses keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, holds: Callable[[], Any], what: str = "what was waited for") -> Any:
        """Returns the first true value of `holds()`; fails when it takes too long."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            value = holds()
            if value:
                return value
            assert time.monotonic() < deadline, f"{what} did not come, last was {value!r}"
            self.page.wait_for_timeout(30)

    @property
    def frame(self) -> FrameLocator:
        """The plugin's own page, inside of TensorBoard's."""
        return self.page.frame_locator("iframe[src*='name=pairs']")

    def card(self, sample: str) -> Locator:
        """The card of a sample."""
        return self.frame.locator("pairs-card").filter(
            has=self.frame.get_by_text(sample, exact=True)
        )

    def pane(self, sample: str, heading: str) -> Locator:
        """A pane of a card, by its heading: `Input`, `Ground truth` or a run's name."""
        # The name of a run may be cut in two parts; its title is whole.
        named = self.frame.locator(f"pairs-name[title={json.dumps(heading, ensure_ascii=False)}]")
        return (
            self.card(sample)
            .locator("pairs-pane")
            .filter(has=self.frame.get_by_text(heading, exact=True).or_(named))
        )

    def canvas(self, pane: Locator) -> NDArray[np.uint8]:
        """Returns `[h, w, 4]`: all that a pane, tile or cell shows, in pixels of the screen."""
        thumbnail = pane.locator(".stage > pairs-thumbnail, :scope > pairs-thumbnail")
        canvas = pane.locator("canvas.picture").or_(thumbnail)
        width, height, text = canvas.evaluate(_READ_CANVAS)
        return np.frombuffer(base64.b64decode(text), np.uint8).reshape(height, width, 4)

    def pixels(self, pane: Locator, height: int, width: int) -> NDArray[np.uint8]:
        """Returns `[height, width, 4]`: what the pane shows at the centre of each pixel."""
        shown = self.canvas(pane)
        shown_height, shown_width, _ = shown.shape
        scale = min(shown_width / width, shown_height / height)
        left, top = (shown_width - width * scale) / 2, (shown_height - height * scale) / 2
        columns = (left + (np.arange(width) + 0.5) * scale).astype(int)
        rows = (top + (np.arange(height) + 0.5) * scale).astype(int)
        return shown[np.ix_(rows, columns)]

    def expect_pixels(
        self,
        pane: Locator,
        expected: ArrayLike,
        tolerance: int = 0,
        beyond: NDArray[np.bool_] | None = None,
    ) -> None:
        """Waits until the pane shows `expected`, `[height, width]`, `[..., 3]` or `[..., 4]`.

        Where `beyond` is true, the pixel must have stripes: a part of them is seen at the centres.
        """
        wanted = np.asarray(expected).astype(int)
        if wanted.ndim == 2:
            wanted = np.repeat(wanted[..., None], 3, axis=2)
        height, width, channels = wanted.shape
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            shown = self.pixels(pane, height, width)[..., :channels].astype(int)
            is_striped = (shown[..., :3] == STRIPE).all(2)
            if beyond is not None and self._has_all_stripes(is_striped, beyond):
                shown[is_striped] = wanted[is_striped]
            if np.abs(shown - wanted).max() <= tolerance or time.monotonic() > deadline:
                break
            self.page.wait_for_timeout(30)
        np.testing.assert_allclose(shown, wanted, rtol=0, atol=tolerance)

    @staticmethod
    def _has_all_stripes(is_striped: NDArray[np.bool_], beyond: NDArray[np.bool_]) -> bool:
        # Half of the surface is: of many centres about half are.
        share = is_striped.sum() / max(beyond.sum(), 1)
        return not (is_striped & ~beyond).any() and (not beyond.any() or 0.2 < share < 0.8)

    def place(
        self, pane: Locator, x: float, y: float, height: int, width: int
    ) -> tuple[float, float]:
        """Where on the page the centre of a pixel is seen, in a pane that shows all of them."""
        box = still_box(pane.locator("canvas.picture"))
        scale = min(box["width"] / width, box["height"] / height)
        left = box["x"] + (box["width"] - width * scale) / 2
        top = box["y"] + (box["height"] - height * scale) / 2
        return left + (x + 0.5) * scale, top + (y + 0.5) * scale

    def hover(self, pane: Locator, x: float, y: float, height: int, width: int) -> None:
        """Points at a pixel of a picture that is wholly seen."""
        pane.scroll_into_view_if_needed()
        self.page.mouse.move(*self.place(pane, x, y, height, width))

    def tip(self, pane: Locator) -> str:
        """What the cross-hair says in a pane."""
        return pane.locator(".tip").inner_text()

    @property
    def step_field(self) -> Locator:
        """The step, as a field."""
        return self.frame.get_by_role("textbox", name="Step", exact=True)

    @property
    def slider(self) -> Locator:
        """The slider over the steps."""
        return self.frame.get_by_role("slider", name="Step", exact=True)

    @property
    def step(self) -> str:
        """The step shown, as written, less what sets thousands apart."""
        return self.step_field.input_value().replace("\u202f", "")

    def expect_step(self, step: int) -> None:
        """Waits until a step is shown."""
        wanted = str(step).replace("-", "\u2212")
        self.until(lambda: self.step == wanted, f"step {step}")

    @property
    def samples(self) -> list[str]:
        """The ids of the samples, from the top."""
        rows = self.frame.locator("pairs-card-list [role=listitem]")
        return [
            str(row) for row in rows.evaluate_all("rows => rows.map(row => row.dataset.sample)")
        ]

    @property
    def full_view(self) -> Locator:
        """One sample large, over the page."""
        return self.frame.locator("pairs-full-view")

    @property
    def heads(self) -> list[str]:
        """The runs of the matrix's columns, from the left."""
        names = self.frame.locator("pairs-matrix-head .name")
        return [str(name) for name in names.evaluate_all("all => all.map(one => one.ariaLabel)")]

    @property
    def link(self) -> str:
        """The part of the address that says what is shown."""
        return str(self.page.evaluate("location.hash"))

    def queries(self, route: str) -> list[dict[str, list[str]]]:
        """The parameters of the requests of a route so far."""
        asked = [urlsplit(url) for url in self.requests]
        return [parse_qs(url.query) for url in asked if url.path.endswith(f"/pairs/{route}")]

    def fetched(self) -> tuple[set[str], set[str]]:
        """The samples and the runs whose pictures were asked for so far, or since `forget`."""
        queries = self.queries("frames")
        runs = {at.split(":", 1)[1] for query in queries for at in query["at"]}
        return {sample for query in queries for sample in query["sample"]}, runs

    def forget(self) -> None:
        """Forgets what was asked for so far, once nothing is on its way."""
        self.until_idle()
        self.requests.clear()

    def until_idle(self) -> None:
        """Waits until no request is on its way, and what came with the last has asked for none.

        Playwright's `networkidle` holds for ever once it held, so it says nothing of a page that
        was open before.
        """

        def is_idle() -> bool:
            asked = len(self.requests)
            if self._on_the_way:
                return False
            self.frame.locator("pairs-app").evaluate(_TWO_FRAMES)
            return not self._on_the_way and len(self.requests) == asked

        self.until(is_idle, "a page without requests")

    def new_session(self) -> CDPSession:
        """A session of the browser's protocol; what it sets ends with the test."""
        self._sessions.append(self.page.context.new_cdp_session(self.page))
        return self._sessions[-1]

    def _end_sessions(self) -> None:
        while self._sessions:
            self._sessions.pop().detach()

    def check_console(self) -> None:
        """Fails if the page complained or asked another host."""
        assert self._console_errors == []

    def close(self) -> None:
        """Leaves the page to whoever looks at it next."""
        self._end_sessions()
        self.page.unroute_all()
        for event, heed in self._heeded.items():
            self.page.remove_listener(event, heed)

    @property
    def _heeded(self) -> dict[Any, Callable[[Any], None]]:
        return {
            "console": self._hear,
            "pageerror": self._hear_error,
            "request": self._see,
            "requestfinished": self._see_end,
            "requestfailed": self._see_end,
        }

    def _hear_error(self, error: Error) -> None:
        self._console_errors.append(str(error))

    def _hear(self, message: ConsoleMessage) -> None:
        # TensorBoard's own page complains of its own; ours is the frame's.
        if message.type in ("error", "warning") and "/plugin/pairs/" in message.location["url"]:
            self._console_errors.append(f"{message.type}: {message.text}")

    def _see(self, request: Request) -> None:
        self.requests.append(request.url)
        if "/plugin/pairs/" in request.url:
            self._on_the_way.add(request)
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            own = urlsplit(self.server.url)
            if parts.netloc != own.netloc and self._is_ours(request):
                self._console_errors.append(f"asked {request.url}")

    def _see_end(self, request: Request) -> None:
        self._on_the_way.discard(request)

    @staticmethod
    def _is_ours(request: Request) -> bool:
        # TensorBoard's own page loads fonts from elsewhere.
        return "plugin_entry" in request.frame.url or "name=pairs" in request.frame.url
