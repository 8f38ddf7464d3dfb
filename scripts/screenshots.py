# SPDX-License-Identifier: Apache-2.0
"""Takes the pictures of the README and of docs/tour.md from the running product.

    make demo ARGS=--no-serve && .venv/bin/python -m scripts.screenshots

It opens TensorBoard on the demo's logs in Chromium, once for each picture, and writes docs/images/.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright import sync_api

from tests import servers
from tests.browser import chromium
from tests.browser.board import Board

ROOT = Path(__file__).parents[1]
LOGS = ROOT / "demo" / "logs"
IMAGES = ROOT / "docs" / "images"

MASKS = "digits/classes"
PHOTOS = "photos/denoised"
PROBABILITY = "digits/probability"
SAMPLE = "china-1"
# As a link has it: the tag and the sample, each escaped, joined by a comma.
OPENED = f"{quote(MASKS, safe='')},{SAMPLE}"
OVERLAY = "on,input,0.7"

WIDE = (1440, 900)
SMALL = (800, 600)

_SETTLE_MS = 1500  # fonts, decoding, the first paint of all panes in sight


@dataclass(frozen=True)
class Shot:
    """One picture: where to go, and what to do there.

    Attributes:
      name: Of the file.
      view: Parameters of the link.
      keys: Pressed one after another, once the page stands.
      hover: Where in the ground truth's pane of `SAMPLE` the pointer rests, as shares of it.
      dark: Whether in TensorBoard's dark mode.
      size: Of the window.
    """

    name: str
    view: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    hover: tuple[float, float] | None = None
    dark: bool = False
    size: tuple[int, int] = WIDE


_MASKS = {"tags": MASKS, "overlay": OVERLAY, "hidden": "0"}
_PHOTOS = {"tags": PHOTOS}
_ONE = {**_MASKS, "samples": f"{SAMPLE};;;"}

SHOTS = (
    Shot("dashboard-light", _MASKS),
    Shot("dashboard-dark", _MASKS, dark=True),
    Shot("small", _MASKS, size=SMALL),
    Shot("outlines", {**_MASKS, "mode": "blend", "overlay": f"{OVERLAY},outlines"}),
    Shot("swipe", {**_PHOTOS, "mode": "swipe", "swipe": "0.4"}),
    Shot("difference-classes", {**_MASKS, "mode": "difference"}),
    Shot("difference-image", {**_PHOTOS, "mode": "difference", "difference": "ssim"}),
    Shot(
        "difference-runs",
        {**_MASKS, "mode": "difference", "difference": "closer", "a": "run:unet-wide"},
    ),
    Shot(
        "close",
        {**_ONE, "zoom": "24,0.14,0.17", "layouts": f"{quote(MASKS, safe='')},cards,L"},
        hover=(0.5, 0.5),
    ),
    Shot("heatmap", {"tags": PROBABILITY, "layouts": f"{quote(PROBABILITY, safe='')},matrix,M"}),
    Shot("sheet", {**_MASKS, "layouts": f"{quote(MASKS, safe='')},sheet,M"}),
    Shot("table", {**_MASKS, "layouts": f"{quote(MASKS, safe='')},table,"}),
    Shot("worst", {**_MASKS, "sort": "worst:iou"}),
    Shot("full-view", {**_MASKS, "open": OPENED}),
    Shot("keys", _MASKS, keys=("?",)),
    Shot("palette", _MASKS, keys=("p",)),
)


def take(shot: Shot, browser: sync_api.Browser, server: servers.Server, folder: Path) -> None:
    """Takes one picture and writes it to `folder`.

    Raises:
      AssertionError: If the page complains on its console.
    """
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height})
    board = Board(context.new_page(), server)
    link = "".join(f"&p.pairs.{key}={quote(value, safe=',;:')}" for key, value in shot.view.items())
    board.open(link)
    if shot.dark:
        board.page.evaluate("document.body.classList.add('dark-mode')")
    board.frame.locator("pairs-pane, pairs-thumbnail").first.wait_for()
    board.page.wait_for_timeout(_SETTLE_MS)
    for key in shot.keys:
        board.page.keyboard.press(key)
    if shot.hover is not None:
        box = board.pane(SAMPLE, "Ground truth").locator("canvas.picture").bounding_box()
        assert box is not None
        board.page.mouse.move(
            box["x"] + shot.hover[0] * box["width"], box["y"] + shot.hover[1] * box["height"]
        )
    board.page.wait_for_timeout(_SETTLE_MS)
    picture = Image.open(io.BytesIO(board.page.screenshot())).convert("RGB")
    picture.save(folder / f"{shot.name}.webp", quality=90, method=6)
    board.check_console()
    context.close()


def main() -> None:
    """Takes all pictures, or those named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="which (default: all)")
    parser.add_argument("--logdir", type=Path, default=LOGS, help="default: %(default)s")
    parser.add_argument("--out", type=Path, default=IMAGES, help="default: %(default)s")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (
        servers.tensorboard(arguments.logdir, load_fast=True) as server,
        sync_api.sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        for shot in SHOTS:
            if not arguments.names or shot.name in arguments.names:
                take(shot, browser, server, arguments.out)
                print(shot.name)
        browser.close()


if __name__ == "__main__":
    main()
