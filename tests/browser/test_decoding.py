# SPDX-License-Identifier: Apache-2.0
"""Pictures reach the pixels of the page as they were logged."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.browser.board import Board


def gradient(height: int, width: int, channels: int) -> np.ndarray:
    """Every value from 0 to 255, in another order in each channel."""
    values = np.arange(height * width * channels).reshape(height, width, channels)
    return ((values * 7) % 256).astype(np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_is_shown_exactly_as_logged(
    tmp_path: Path, open_board: Callable[..., Board], channels: int
) -> None:
    picture = gradient(16, 20, channels)
    pairs.summary("photo", picture[None], 255 - picture[None], step=1, ids=["s"], writer=tmp_path)
    board = open_board(tmp_path)
    pane = board.pane("s", "Ground truth")
    # What is not painted yet is transparent.
    board.until(lambda: board.pixels(pane, 16, 20)[..., 3].all(), "a painted pane")
    shown = board.pixels(pane, 16, 20)
    np.testing.assert_array_equal(shown[..., :3], np.broadcast_to(picture, (16, 20, 3)))
    workers = [worker.url for worker in board.page.workers]
    assert any(url.endswith("/worker.js") for url in workers), "decoded on the main thread"
