# SPDX-License-Identifier: Apache-2.0
"""The Pairs tab in Chromium, in a user's terms."""

import base64
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import ConsoleMessage, FrameLocator, Locator, Page, Request

from tests.servers import Server

_READ_CANVAS = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let text = '';
  for (let i = 0; i < pixels.data.length; i += 32768)
    text += String.fromCharCode(...pixels.data.subarray(i, i + 32768));
  return [canvas.width, canvas.height, btoa(text)];
}"""


class Board:
    """The Pairs tab of one TensorBoard."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.requests: list[str] = []
        self._complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("request", self._see)

    def open(self, link: str = "") -> None:
        """Opens TensorBoard on the Pairs tab; `link` is what follows `#pairs`."""
        self.page.goto(f"{self.server.url}#pairs{link}")
        self.frame.locator("pairs-app").wait_for()

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
        return (
            self.card(sample)
            .locator("pairs-pane")
            .filter(has=self.frame.get_by_text(heading, exact=True))
        )

    def pixels(self, pane: Locator, height: int, width: int) -> NDArray[np.uint8]:
        """Returns `[height, width, 4]`: what the pane shows at the centre of each pixel."""
        shown_width, shown_height, text = pane.locator("canvas.picture").evaluate(_READ_CANVAS)
        shown = np.frombuffer(base64.b64decode(text), np.uint8)
        shown = shown.reshape(shown_height, shown_width, 4)
        scale = min(shown_width / width, shown_height / height)
        left, top = (shown_width - width * scale) / 2, (shown_height - height * scale) / 2
        columns = (left + (np.arange(width) + 0.5) * scale).astype(int)
        rows = (top + (np.arange(height) + 0.5) * scale).astype(int)
        return shown[np.ix_(rows, columns)]

    def check_console(self) -> None:
        """Fails if the page complained or asked another host."""
        assert self._complaints == []

    def _hear(self, message: ConsoleMessage) -> None:
        # TensorBoard's own page complains of its own; ours is the frame's.
        place: Any = message.location or {}
        if message.type in ("error", "warning") and "/plugin/pairs/" in place.get("url", ""):
            self._complaints.append(f"{message.type}: {message.text}")

    def _see(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            own = urlsplit(self.server.url)
            if parts.netloc != own.netloc and self._is_ours(request):
                self._complaints.append(f"asked {request.url}")

    @staticmethod
    def _is_ours(request: Request) -> bool:
        # TensorBoard's own page loads fonts from elsewhere.
        return "plugin_entry" in request.frame.url or "name=pairs" in request.frame.url
