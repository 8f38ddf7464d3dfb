# SPDX-License-Identifier: Apache-2.0
"""What the page saves, read back."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.board import Board
from tests.browser.contexts import new_context


def holds(picture: np.ndarray, wanted: np.ndarray, tolerance: int) -> bool:
    """Whether a picture is somewhere in another one, magnified by a whole number."""
    picture = picture.astype(int)
    rows, columns = wanted.shape[:2]
    for scale in range(1, 61):
        height, width = rows * scale, columns * scale
        ends = picture.shape[0] - height + 1, picture.shape[1] - width + 1
        if min(ends) < 1:
            return False
        fits = np.ones(ends, bool)
        # One pixel after another at its middle: few places are left after some of them.
        for y in range(rows):
            for x in range(columns):
                top, left = y * scale + scale // 2, x * scale + scale // 2
                part = picture[top : top + ends[0], left : left + ends[1]]
                fits &= np.abs(part - wanted[y, x]).max(axis=2) <= tolerance
            if not fits.any():
                break
        if fits.any():
            return True
    return False


@contextmanager
def open_page(board: Board, browser: Browser, folder: Path) -> Iterator[Page]:
    """Exports as a page by what the dialog proposes, and opens it with no network."""
    name, data = save(board)
    path = folder / name
    path.write_bytes(data)
    with new_context(browser, offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        yield page


def save(board: Board) -> tuple[str, bytes]:
    """Exports with what the dialog proposes; returns the file's name and content."""
    dialog = board.frame.get_by_role("dialog", name="Export")
    dialog.get_by_role("button", name="Export", exact=True).click()
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def picture_of(image: Locator) -> np.ndarray:
    """The pixels of an image element, `[h, w, 3]`."""
    width, height, text = image.evaluate(
        """async image => {
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = image.naturalWidth;
          canvas.height = image.naturalHeight;
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          const {data} = context.getImageData(0, 0, canvas.width, canvas.height);
          return [canvas.width, canvas.height, btoa(String.fromCharCode(...data))];
        }"""
    )
    pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(height, width, 4)
    return pixels[..., :3]
